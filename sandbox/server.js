// The API on a port of this machine: HTTP for queries and mutations, WebSockets for subscriptions.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { Malformed, received } from './http.js';
import { identify, NotSignedIn } from './identity.js';
import { Connection, headersOf } from './realtime/socket.js';
import { memoryObjects } from './storage/memory.js';
import { StorageService } from './storage/service.js';

/** @typedef {import('./graphql/engine.js').Engine} Engine */
/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {{url: string, close: () => Promise<void>}} Server */
/**
 * What else is served: answers a request, or says that it is not for it.
 * @typedef {(request: Incoming, response: Outgoing) => Promise<boolean>} Other
 */

const HOST = '127.0.0.1';
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const MEGABYTE = 1024 * 1024;

/**
 * Serves the API to this machine only.
 * @param {Engine} engine
 * @param {number} port 0 for any that is free
 * @param {Other[]} [others]
 * @returns {Promise<Server>}
 */
export async function serve(engine, port, others = []) {
  const files = new StorageService(engine.model.storage, memoryObjects());
  const server = createServer(
    (request, response) => void answer({ engine, files, others }, request, response),
  );
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MEGABYTE,
    handleProtocols: (protocols) => (protocols.has('graphql-ws') ? 'graphql-ws' : false),
  });
  /** @type {Set<Connection>} */
  const connections = new Set();
  engine.listen((published) => {
    for (const connection of connections) connection.publish(published);
  });
  server.on('upgrade', (request, socket, head) => {
    const isOurs = isLocal(request) && request.url?.split('?')[0] === '/graphql/realtime';
    if (!isOurs) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
      const connection = new Connection(engine, opened, headersOf(offered));
      connections.add(connection);
      opened.on('close', () => connections.delete(connection));
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://${HOST}:${address.port}/graphql`,
    close: async () => {
      for (const { socket } of connections) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * If a request is from this machine's own pages, and means this machine: a page from elsewhere
 * could else reach the API through the browser.
 * @param {Incoming} request
 */
function isLocal({ headers }) {
  if (!LOOPBACK.test(headers.host ?? '')) return false;
  return !headers.origin || LOOPBACK.test(headers.origin.replace(/^https?:\/\//, ''));
}

/**
 * @param {{engine: Engine, files: StorageService, others: Other[]}} services
 * @param {Incoming} request
 * @param {Outgoing} response
 */
async function answer({ engine, files, others }, request, response) {
  if (!isLocal(request)) return send(response, 403, failure('Forbidden', 'not from this machine'));
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('vary', 'origin');
  if (files.has(request)) return files.answer(request, response);
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-headers', '*, authorization');
    response.setHeader('access-control-max-age', '600');
    return void response.writeHead(204).end();
  }
  try {
    for (const other of others) if (await other(request, response)) return;
    if (request.method !== 'POST' || request.url !== '/graphql') {
      return send(response, 404, failure('NotFoundException', 'nothing is served there'));
    }
    const headers = /** @type {Record<string, string>} */ (request.headers);
    const identity = identify(engine.model, headers);
    const asked = await body(request);
    send(response, 200, await engine.execute(asked, { identity, headers }));
  } catch (error) {
    if (error instanceof NotSignedIn) {
      send(response, 401, failure('UnauthorizedException', error.message));
    } else if (error instanceof Malformed) {
      send(response, 400, failure('MalformedHttpRequestException', error.message));
    } else {
      const message = error instanceof Error ? error.message : String(error);
      send(response, 500, failure('InternalFailure', message));
    }
  }
}

/**
 * @param {string} errorType
 * @param {string} message
 */
function failure(errorType, message) {
  return { errors: [{ errorType, message }] };
}

/**
 * @param {Incoming} request
 * @returns {Promise<import('./graphql/engine.js').Request>}
 */
async function body(request) {
  const text = (await received(request, 1)).toString();
  try {
    const asked = JSON.parse(text);
    if (typeof asked?.query === 'string') return asked;
  } catch {
    // Said below.
  }
  throw new Malformed('Unable to parse GraphQL query.');
}

/**
 * @param {Outgoing} response
 * @param {number} status
 * @param {unknown} content
 */
function send(response, status, content) {
  const text = JSON.stringify(content);
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(text);
}
