// What functions, and those who call them, find on this machine in the place of AWS.
import { ACCOUNT, REGION } from '../assembly/stack.js';
import { STAND_IN } from '../payments/provider.js';
import { DynamoError } from '../dynamodb/values.js';
import { received } from '../http.js';
import { dynamodb } from './dynamodb.js';
import { assumedRole, ROLE_SESSION } from './environment.js';
import { permits } from './permissions.js';
import { eventOf } from '../sources/schedules.js';
import { ServiceError } from '../sources/protocol.js';
import { urlEvent, urlReply } from './urls.js';

/** @typedef {import('../graphql/engine.js').Engine} Engine */
/** @typedef {import('./lambdas.js').Lambdas} Lambdas */
/** @typedef {import('./lambdas.js').Answer} Answer */
/** @typedef {import('../sources/sources.js').Sources} Sources */
/** @typedef {import('../sources/protocol.js').Reply} Reply */
/** @typedef {import('../server.js').Incoming} Incoming */
/** @typedef {import('../server.js').Outgoing} Outgoing */
/** @typedef {{path: string, parts: string[], body: Buffer}} Asked */
/** @typedef {(asked: Asked, request: Incoming, response: Outgoing) => unknown} Endpoint */

const MEGABYTES = 6;

/**
 * Serves the addresses of functions at `/functions/<name>`, and what they use of others at `/aws` and
 * `/payments`.
 * @param {Engine} engine
 * @param {Lambdas} lambdas
 * @param {Sources} sources
 * @param {import('../payments/provider.js').Payments} payments
 * @returns {import('../server.js').Other}
 */
export function endpoints(engine, lambdas, sources, payments) {
  const { model, database } = engine;

  /** @param {string} name */
  const named = (name) => Object.values(model.lambdas).find((lambda) => lambda.name === name);

  /** @type {Record<string, Endpoint>} */
  const served = {
    functions: async ({ path, parts, body }, request, response) => {
      const lambda = named(parts[0]);
      if (!lambda || !model.lambdaUrls.includes(lambda.arn)) return send(response, 404, null);
      const event = urlEvent(request, path.slice('/functions/'.length + parts[0].length), body);
      const answer = await lambdas.invoke(lambda.arn, event);
      if (answer.error) return send(response, 502, { Message: 'Internal Server Error' });
      const { status, headers, body: text } = urlReply(answer.result);
      response.writeHead(status, headers).end(text);
    },
    // As Lambda's own address for invocations; without an event, a function's schedule makes one.
    'aws/lambda': async ({ parts: [, , name], body }, _, response) => {
      const lambda = named(decodeURIComponent(name).split(':').at(-1) ?? '');
      if (!lambda) return send(response, 404, { Message: 'Function not found' });
      const schedule = model.schedules.find(({ target }) => target === lambda.arn);
      const made = schedule ? eventOf(schedule, new Date()) : {};
      const event = body.length ? JSON.parse(body.toString()) : made;
      const answer = await lambdas.invoke(lambda.arn, event);
      if (answer.error) response.setHeader('x-amz-function-error', 'Unhandled');
      send(response, 200, answer.error ?? answer.result);
    },
    'aws/dynamodb': ({ body }, request, response) => {
      const guard = guardOf(engine, request);
      const asked = JSON.parse(body.toString());
      reply(response, dynamodb(database, operationOf(request), asked, guard));
    },
    'aws/kinesis': ({ body }, request, response) =>
      reply(response, sources.kinesis(operationOf(request), body, guardOfSources(model, request))),
    'aws/sqs': ({ body }, request, response) =>
      reply(response, sources.sqs(operationOf(request), body, guardOfSources(model, request))),
    // Where a function finds what Amplify's client needs to know of the models.
    'aws/s3': ({ parts: [bucket, key] }, request, response) => {
      const role = roleOf(request);
      const isKnown = key === 'modelIntrospectionSchema.json';
      const arn = `arn:aws:s3:::${bucket}/${key}`;
      if (isKnown && role !== null && permits(model, role, 's3:GetObject', arn)) {
        return send(response, 200, model.introspection);
      }
      response.setHeader('content-type', 'application/xml');
      response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    },
    [STAND_IN]: (asked, request, response) => payments.answer(lambdas, asked, request, response),
    'aws/other': (_, __, response) =>
      send(response, 400, { __type: 'UnknownOperationException', message: 'not built here' }),
  };

  return async (request, response) => {
    const path = request.url ?? '/';
    const place = Object.keys(served).find(
      (prefix) => path.startsWith(`/${prefix}/`) || path === `/${prefix}`,
    );
    if (place === undefined) return false;
    const body = await received(request, MEGABYTES);
    const parts = path.slice(place.length + 2).split(/[/?]/);
    await served[place]({ path, parts, body }, request, response);
    return true;
  };
}

/**
 * The role that makes a request, if a function does.
 * @param {Incoming} request
 */
function roleOf({ headers }) {
  const session = String(headers['x-amz-security-token'] ?? '');
  return session.startsWith(ROLE_SESSION) ? session.slice(ROLE_SESSION.length) : null;
}

/**
 * What DynamoDB refuses: whoever is no function, and what a function's role does not allow.
 * @param {Engine} engine
 * @param {Incoming} request
 * @returns {import('./dynamodb.js').Guard}
 */
function guardOf({ model }, request) {
  const role = roleOf(request);
  return (action, table, index) => {
    const arn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table.split('/').at(-1)}`;
    const resource = index ? `${arn}/index/${index}` : arn;
    if (role !== null && permits(model, role, `dynamodb:${action}`, resource)) return;
    const who = role === null ? 'anonymous' : assumedRole(role);
    throw new DynamoError(
      'AccessDeniedException',
      `User: ${who} is not authorized to perform: dynamodb:${action} on resource: ${resource}`,
    );
  };
}

/**
 * What queues and streams refuse: what the role of a function or of an application's user does not
 * allow. Whoever asks without such a role is the developer, who has the address.
 * @param {Engine['model']} model
 * @param {Incoming} request
 * @returns {import('../sources/protocol.js').Guard}
 */
function guardOfSources(model, request) {
  const session = String(request.headers['x-amz-security-token'] ?? '');
  const { authenticated = '', unauthenticated = '' } = model.identityPool ?? {};
  /** @type {string | null} */
  let role = roleOf(request);
  if (session.startsWith('authenticated')) role = authenticated.split('/')[1] ?? '';
  if (session.startsWith('guest')) role = unauthenticated.split('/')[1] ?? '';
  return (action, resource) => {
    if (role === null || permits(model, role, action, resource)) return;
    throw new ServiceError(
      'AccessDeniedException',
      `User: ${assumedRole(role)} is not authorized to perform: ${action} on resource: ${resource}`,
    );
  };
}

/**
 * What is asked of a service, by the header that says so.
 * @param {Incoming} request
 */
function operationOf({ headers }) {
  return String(headers['x-amz-target']).split('.')[1] ?? '';
}

/**
 * @param {Outgoing} response
 * @param {Reply} answer
 */
function reply(response, { status, content }) {
  response.setHeader('content-type', 'application/x-amz-json-1.0');
  response.writeHead(status).end(JSON.stringify(content));
}

/**
 * @param {Outgoing} response
 * @param {number} status
 * @param {unknown} content
 */
function send(response, status, content) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
