// An identity pool over HTTP: the credentials of AWS that users and guests sign requests with.
import { randomUUID } from 'node:crypto';
import { received } from '../http.js';
import { REGION } from '../assembly/stack.js';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */

const PREFIX = 'AWSCognitoIdentityService.';
const LIFETIME_SECONDS = 3600;

/**
 * If a request is for an identity pool.
 * @param {Incoming} request
 */
export function isForIdentities({ headers }) {
  return String(headers['x-amz-target'] ?? '').startsWith(PREFIX);
}

/**
 * @param {Incoming} request
 * @param {Outgoing} response
 */
export async function answerIdentities(request, response) {
  const { Logins = {}, IdentityId: known } = JSON.parse(
    (await received(request, 1)).toString() || '{}',
  );
  const [token] = Object.values(Logins);
  const claims = token === undefined ? null : claimsOf(String(token));
  const guest = known ?? `${REGION}:${randomUUID()}`;
  const IdentityId = claims ? `${REGION}:${claims.sub}` : guest;
  const groups = claims?.['cognito:groups'] ?? [];
  const Credentials = {
    AccessKeyId: 'local',
    SecretKey: 'local',
    SessionToken: claims ? `authenticated/${IdentityId}/${groups.join()}` : `guest/${IdentityId}`,
    Expiration: Math.floor(Date.now() / 1000) + LIFETIME_SECONDS,
  };
  response.setHeader('content-type', 'application/x-amz-json-1.1');
  const isId = String(request.headers['x-amz-target']).endsWith('.GetId');
  response.writeHead(200).end(JSON.stringify(isId ? { IdentityId } : { IdentityId, Credentials }));
}

/** @param {string} token */
function claimsOf(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return null;
  }
}
