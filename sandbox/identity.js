// Who makes a request: by API key, by an unsigned token of a user pool, or by IAM's signature.
import { ACCOUNT, REGION } from './assembly/stack.js';
import { assumedRole, ROLE_SESSION } from './functions/environment.js';
import { API_KEY, IDENTITY_POOL, USER_POOL } from './assembly/outputs.js';

/** @typedef {import('./assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('./assembly/model.js').AuthMode} AuthMode */
/** @typedef {Record<string, string | string[] | undefined>} Headers With small names. */

/**
 * @typedef {object} Identity
 * @property {AuthMode} mode
 * @property {string} authType What `$util.authType()` says.
 * @property {string[]} groups
 * @property {string | null} role Of a function or the identity pool; its policies then count.
 * @property {Record<string, any> | null} context What `$ctx.identity` is.
 */

/** @type {AuthMode} */
const IAM = 'AWS_IAM';

const NO_POOL = {
  cognitoIdentityAuthProvider: null,
  cognitoIdentityAuthType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
};

/** A request that AppSync answers with 401. */
export class NotSignedIn extends Error {}

/**
 * @param {ApiModel} model
 * @param {Headers} headers
 * @returns {Identity}
 * @throws {NotSignedIn}
 */
export function identify(model, headers) {
  const identity = read(model, headers);
  if (!model.auth.includes(identity.mode)) throw refused();
  return identity;
}

/** @param {string} message */
function refused(message = 'You are not authorized to make this call.') {
  return new NotSignedIn(message);
}

/**
 * @param {ApiModel} model
 * @param {Headers} headers
 * @returns {Identity}
 */
function read(model, headers) {
  const authorization = String(headers.authorization ?? '');
  if (authorization.startsWith('AWS4-')) return signed(model, headers);
  if (authorization !== '') return fromToken(authorization.replace(/^Bearer /, ''));
  if (headers['x-api-key'] === undefined) throw refused('Valid authorization header not provided.');
  if (headers['x-api-key'] !== API_KEY) throw refused();
  return {
    mode: 'API_KEY',
    authType: 'API Key Authorization',
    groups: [],
    role: null,
    context: null,
  };
}

/**
 * @param {string} token
 * @returns {Identity}
 */
function fromToken(token) {
  const claims = decode(token);
  if (typeof claims.sub !== 'string') throw refused('Token is invalid.');
  if (typeof claims.exp === 'number' && claims.exp * 1000 < Date.now()) {
    throw refused('Token has expired.');
  }
  const groups = claims['cognito:groups'] ?? [];
  const username = claims.username ?? claims['cognito:username'];
  return {
    mode: 'AMAZON_COGNITO_USER_POOLS',
    authType: 'User Pool Authorization',
    groups,
    role: null,
    context: {
      claims,
      defaultAuthStrategy: 'ALLOW',
      groups: groups.length ? groups : null,
      issuer: claims.iss ?? `https://cognito-idp.${REGION}.amazonaws.com/${USER_POOL}`,
      sourceIp: ['127.0.0.1'],
      sub: claims.sub,
      username,
    },
  };
}

/**
 * What a token says; nobody checks who signed it.
 * @param {string} token
 * @returns {Record<string, any>}
 */
function decode(token) {
  const [, payload, ...rest] = token.split('.');
  try {
    if (rest.length !== 1) throw refused('Token is invalid.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    throw refused('Token is invalid.');
  }
}

/**
 * Somebody with credentials of AWS, whose session token begins with who they are here: `guest` or
 * `authenticated` for those of the identity pool, `role` for an administrator, and `role:` with
 * the role's name for a function.
 * @param {ApiModel} model
 * @param {Headers} headers
 * @returns {Identity}
 */
function signed(model, headers) {
  const session = String(headers['x-amz-security-token'] ?? '');
  const role = session.startsWith(ROLE_SESSION) ? session.slice(ROLE_SESSION.length) : null;
  const identity = { mode: IAM, authType: 'IAM Authorization', groups: [], role };
  const common = { accountId: ACCOUNT, sourceIp: ['127.0.0.1'] };
  if (session.startsWith('role')) {
    const userArn = assumedRole(role ?? 'local');
    return {
      ...identity,
      context: { ...common, ...NO_POOL, userArn, username: 'AROALOCAL:local' },
    };
  }
  const isUser = session.startsWith('authenticated');
  if ((!isUser && !session.startsWith('guest')) || !model.identityPool) throw refused();
  const { pool, authenticated, unauthenticated } = model.identityPool;
  const userArn = isUser ? authenticated : unauthenticated;
  return {
    ...identity,
    role: userArn.split('/')[1],
    context: {
      ...common,
      cognitoIdentityAuthProvider: isUser ? `"cognito-idp.${REGION}.amazonaws.com"` : null,
      cognitoIdentityAuthType: isUser ? 'authenticated' : 'unauthenticated',
      cognitoIdentityId: IDENTITY_POOL,
      cognitoIdentityPoolId: pool,
      userArn,
      username: 'AROALOCAL:CognitoIdentityCredentials',
    },
  };
}
