// The frontend's development server, with what its pages need to use this machine for AWS.
//
// Each name before `.localhost` is an origin of its own for the browser, so that several users are
// signed in at once: `http://alice.localhost:3000`, `http://bob.localhost:3000`.
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { closed, isLocal, listening } from '../server.js';
import { signingPage } from './signing.js';

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {import('../backend.js').Backend} Backend */
/** @typedef {{url: string, close: () => Promise<void>}} Front */

const OWN = '/.ace-flow/';
const SCRIPT = readFileSync(new URL('../browser/local.js', import.meta.url), 'utf8');

/**
 * @param {Backend} backend
 * @param {{target: string, port: number, secret: string}} settings The address of the development
 *   server, and what somebody must know to be signed in without a password.
 * @returns {Promise<Front>}
 */
export async function serveFront(backend, { target, port, secret }) {
  const behind = new URL(target);
  const host = behind.hostname.replace(/^\[|\]$/g, '');
  const server = createServer((request, response) => {
    if (!isLocal(request)) return void response.writeHead(403).end();
    if (request.url?.startsWith(OWN)) return answerOwn(request, response);
    const headers = { ...request.headers, host: behind.host, 'accept-encoding': 'identity' };
    const options = { host, port: behind.port, path: request.url, method: request.method, headers };
    const asked = ask(options, (reply) => {
      const isPage = String(reply.headers['content-type']).startsWith('text/html');
      if (isPage) return void withScript(reply, response);
      response.writeHead(reply.statusCode ?? 502, withoutSharing(reply.headers));
      reply.pipe(response);
    });
    asked.on('error', () => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
      response.end('The development server of the frontend does not answer.\n');
    });
    request.pipe(asked);
  });

  /**
   * @param {Incoming} request
   * @param {Outgoing} response
   */
  function answerOwn(request, response) {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('cache-control', 'no-store');
    if (pathname === `${OWN}local.js`) {
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(SCRIPT);
    }
    const mayEnter = searchParams.get('secret') === secret;
    if (pathname !== `${OWN}sign-in` || !mayEnter) return void response.writeHead(404).end();
    const user = backend.users.find(searchParams.get('as') ?? '');
    response.setHeader('referrer-policy', 'no-referrer');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(signingPage(backend.users, user));
  }

  /**
   * @param {Incoming} reply
   * @param {Outgoing} response
   */
  async function withScript(reply, response) {
    const chunks = [];
    for await (const chunk of reply) chunks.push(chunk);
    const page = Buffer.concat(chunks).toString();
    const script = `<script src="${OWN}local.js" data-files="${backend.origin}/s3/"></script>`;
    const changed = page.replace(/<head[^>]*>|^/i, (start) => start + script);
    const headers = withoutSharing(reply.headers);
    headers['content-length'] = String(Buffer.byteLength(changed));
    delete headers['transfer-encoding'];
    response.writeHead(reply.statusCode ?? 200, headers).end(changed);
  }

  server.on('upgrade', (request, socket, head) => {
    if (!isLocal(request)) return void socket.destroy();
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    const { rawHeaders } = request;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const isHost = rawHeaders[at].toLowerCase() === 'host';
      lines.push(`${rawHeaders[at]}: ${isHost ? behind.host : rawHeaders[at + 1]}`);
    }
    const other = connect(Number(behind.port), host, () => {
      other.write(`${lines.join('\r\n')}\r\n\r\n`);
      other.write(head);
      socket.pipe(other).pipe(socket);
    });
    for (const end of [other, socket]) {
      end.on('error', () => {
        other.destroy();
        socket.destroy();
      });
    }
  });

  const url = `http://localhost:${await listening(server, port)}`;
  return { url, close: () => closed(server) };
}

/**
 * A development server lets other pages of this machine read everything, the address of the API
 * with it.
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function withoutSharing(headers) {
  const kept = { ...headers };
  delete kept['access-control-allow-origin'];
  return kept;
}
