// The API on a port of this machine: HTTP for queries and mutations, WebSockets for subscriptions.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { Malformed, received } from './http.js';
import { alsoHttp2 } from './http2.js';
import { NotSignedIn } from './identity.js';
import { Connection, headersOf } from './realtime/socket.js';
import { answerIdentities, isForIdentities } from './users/identities.js';

/** @typedef {import('./backend.js').Backend} Backend */
/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {{origin: string, url: string, close: () => Promise<void>}} Server */
/**
 * What else is served: answers a request, or says that it is not for it.
 * @typedef {(request: Incoming, response: Outgoing) => Promise<boolean>} Other
 */

/**
 * Who may ask, of all that is on this machine.
 * @typedef {object} Guard
 * @property {string} secret What every address begins with, so that only who was told it can ask.
 * @property {((origin: string) => boolean) | null} origins Whose pages may, if not all may.
 * @property {Other | null} page What shows people the backend.
 */

/** @type {Guard} */
const OPEN = { secret: '', origins: null, page: null };
const HOST = '127.0.0.1';
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const MEGABYTE = 1024 * 1024;

/**
 * Serves a backend to this machine only.
 * @param {Backend} backend
 * @param {number} port 0 for any that is free
 * @param {Guard} [guard]
 * @returns {Promise<Server>}
 */
export async function serve(backend, port, { secret, origins, page } = OPEN) {
  const top = secret && `/${secret}`;
  /** @param {Incoming} request */
  const mayAsk = (request) => {
    const { origin } = request.headers;
    return isLocal(request) && (!origins || !origin || origins(origin));
  };
  /** @param {Incoming} request @param {Outgoing} response */
  const answered = (request, response) => {
    if (!mayAsk(request)) send(response, 403, failure('Forbidden', 'not from this machine'));
    else if (top && request.method === 'GET' && request.url === top) {
      response.writeHead(308, { location: `${top}/` }).end();
    } else if (reached(request, top)) void answer(backend, page, request, response);
    else send(response, 404, failure('NotFoundException', 'nothing is served there'));
  };
  const server = createServer(answered);
  const endHttp2 = alsoHttp2(server, answered);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MEGABYTE,
    handleProtocols: (protocols) => (protocols.has('graphql-ws') ? 'graphql-ws' : false),
  });
  /** @type {Set<Connection>} */
  const connections = new Set();
  const listen = () =>
    backend.engine.listen((published) => {
      for (const connection of connections) connection.publish(published);
    });
  listen();
  backend.onLoaded(() => {
    listen();
    // Clients connect again by themselves, and then to what is served now.
    for (const { socket } of connections) socket.close(1012);
  });
  server.on('upgrade', (request, socket, head) => {
    const isOurs =
      mayAsk(request) &&
      reached(request, top) &&
      request.url?.split('?')[0] === '/graphql/realtime';
    if (!isOurs) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
      const connection = new Connection(backend.engine, opened, headersOf(offered));
      connections.add(connection);
      opened.on('close', () => connections.delete(connection));
    });
  });
  const origin = `http://${HOST}:${await listening(server, port)}${top}`;
  return {
    origin,
    url: `${origin}/graphql`,
    close: async () => {
      for (const { socket } of connections) socket.terminate();
      endHttp2();
      await closed(server);
    },
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>} the port that it has
 */
export async function listening(server, port) {
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(undefined));
  });
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

/** @param {import('node:http').Server} server */
export async function closed(server) {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/**
 * If a request is for what is served below that path, which is then taken from its address.
 * @param {Incoming} request
 * @param {string} top
 */
function reached(request, top) {
  const { url = '/' } = request;
  if (url !== top && !url.startsWith(`${top}/`)) return false;
  request.url = url.slice(top.length) || '/';
  return true;
}

/**
 * If a request is from this machine's own pages, and means this machine: a page from elsewhere
 * could else reach the API through the browser.
 * @param {Incoming} request
 */
export function isLocal({ headers }) {
  if (!LOOPBACK.test(headers.host ?? '')) return false;
  return !headers.origin || LOOPBACK.test(headers.origin.replace(/^https?:\/\//, ''));
}

/**
 * @param {Backend} backend
 * @param {Other | null} page
 * @param {Incoming} request
 * @param {Outgoing} response
 */
async function answer(backend, page, request, response) {
  if (await page?.(request, response)) return;
  const { engine, files, pool } = backend;
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('vary', 'origin');
  if (files.has(request)) return files.answer(request, response);
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-headers', '*, authorization');
    response.setHeader('access-control-max-age', '600');
    return void response.writeHead(204).end();
  }
  try {
    if (pool.has(request)) return await pool.answer(request, response);
    if (isForIdentities(request)) return await answerIdentities(request, response);
    if (await backend.functions(request, response)) return;
    if (request.method !== 'POST' || request.url !== '/graphql') {
      return send(response, 404, failure('NotFoundException', 'nothing is served there'));
    }
    const headers = /** @type {Record<string, string>} */ (request.headers);
    const identity = engine.identify(headers);
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
