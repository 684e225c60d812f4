// A page that signs somebody in: it puts their tokens where Amplify's client looks for them.
import { CLIENT } from '../assembly/outputs.js';
import { tokensOf } from '../users/tokens.js';

/** @typedef {import('../users/directory.js').User} User */
/** @typedef {import('../users/directory.js').Users} Users */

/**
 * Where somebody is signed in: an origin of their own, so that several can be.
 * @param {string} front The address of the frontend.
 * @param {string} name What they sign in with.
 * @param {string} secret
 */
export function signInAddress(front, name, secret) {
  const plain = name
    .split('@')[0]
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-');
  const own = plain.replace(/^-+|-+$/g, '') || 'somebody';
  const query = new URLSearchParams({ as: name, secret });
  return `${front.replace('//localhost', `//${own}.localhost`)}/.ace-flow/sign-in?${query}`;
}

/**
 * @param {Users} users
 * @param {User | undefined} user Without one, whoever is signed in is signed out.
 * @returns {string} HTML
 */
export function signingPage(users, user) {
  const store = `CognitoIdentityServiceProvider.${CLIENT}.`;
  const kept = JSON.stringify(user ? storageOf(users, user, store) : {});
  // Within a script, only `</` and `<!` could end it or change how it is read.
  const safe = kept.replaceAll('<', '\\u003c');
  return `<!doctype html>
<meta charset="utf-8" />
<title>Signing in</title>
<script>
  const kept = ${safe};
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('CognitoIdentityServiceProvider.')) localStorage.removeItem(key);
  }
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('com.amplify.Cognito.')) localStorage.removeItem(key);
  }
  for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value);
  location.replace('/');
</script>
`;
}

/**
 * @param {Users} users
 * @param {User} user
 * @param {string} store
 */
function storageOf(users, user, store) {
  const { IdToken, AccessToken } = tokensOf(user);
  const own = `${store}${user.sub}.`;
  return {
    [`${store}LastAuthUser`]: user.sub,
    [`${own}idToken`]: IdToken,
    [`${own}accessToken`]: AccessToken,
    [`${own}refreshToken`]: users.signIn(user),
    [`${own}clockDrift`]: '0',
    [`${own}signInDetails`]: JSON.stringify({
      loginId: user.attributes.email,
      authFlowType: 'USER_SRP_AUTH',
    }),
  };
}
