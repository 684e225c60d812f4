// What a user pool gives to who signed in: tokens that nobody signed, which only this machine takes.
import { randomUUID } from 'node:crypto';
import { CLIENT, USER_POOL } from '../assembly/outputs.js';
import { REGION } from '../assembly/stack.js';

/** @typedef {import('./directory.js').User} User */

export const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${USER_POOL}`;
export const LIFETIME_SECONDS = 3600;
// Not text, in tokens.
const FLAGS = ['email_verified', 'phone_number_verified'];

/**
 * @param {User} user
 * @returns {{IdToken: string, AccessToken: string, ExpiresIn: number, TokenType: string}}
 */
export function tokensOf(user) {
  const now = Math.floor(Date.now() / 1000);
  const common = {
    sub: user.sub,
    iss: ISSUER,
    origin_jti: randomUUID(),
    auth_time: now,
    iat: now,
    exp: now + LIFETIME_SECONDS,
    ...(user.groups.length ? { 'cognito:groups': user.groups } : {}),
  };
  const attributes = Object.entries(user.attributes).map(([name, value]) => [
    name,
    FLAGS.includes(name) ? value === 'true' : value,
  ]);
  return {
    IdToken: token({
      ...Object.fromEntries(attributes),
      ...common,
      'cognito:username': user.sub,
      aud: CLIENT,
      token_use: 'id',
      jti: randomUUID(),
    }),
    AccessToken: token({
      ...common,
      username: user.sub,
      client_id: CLIENT,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      jti: randomUUID(),
    }),
    ExpiresIn: LIFETIME_SECONDS,
    TokenType: 'Bearer',
  };
}

/** @param {Record<string, unknown>} claims */
function token(claims) {
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.-`;
}
