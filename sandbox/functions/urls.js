// Functions that answer HTTP requests: the event they get, and the response they give.
import { randomUUID } from 'node:crypto';
import { REGION } from '../assembly/stack.js';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {{status: number, headers: Record<string, string | string[]>, body: Buffer}} Reply */

const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|graphql)\b)/;

/**
 * The event of a function's address, as Lambda makes it.
 * @param {Pick<Incoming, 'method' | 'headers'>} request
 * @param {string} rest The path after the function's.
 * @param {Buffer} body
 */
export function urlEvent(request, rest, body) {
  const [rawPath, rawQueryString = ''] = rest.split('?');
  const given = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const headers = Object.fromEntries(given);
  const isText = TEXT.test(headers['content-type'] ?? '');
  const query = Object.fromEntries(new URLSearchParams(rawQueryString));
  const now = new Date();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: rawPath || '/',
    rawQueryString,
    headers,
    ...(rawQueryString ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: `local.lambda-url.${REGION}.on.aws`,
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPath || '/',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/**
 * What a function's result is as a response: itself as JSON, when it has no status.
 * @param {any} result
 * @returns {Reply}
 */
export function urlReply(result) {
  const json = { 'content-type': 'application/json' };
  if (typeof result?.statusCode !== 'number') {
    const text = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: json, body: Buffer.from(text) };
  }
  const { statusCode: status, headers = {}, body = '', isBase64Encoded, cookies } = result;
  return {
    status,
    headers: { ...json, ...headers, ...(cookies ? { 'set-cookie': cookies } : {}) },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
