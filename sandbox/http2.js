// HTTP/2 on the port of an HTTP/1 server: AWS's client of Kinesis speaks nothing else.
import { createServer } from 'node:http2';

/** @typedef {import('node:http').Server} Server */
/** @typedef {import('node:net').Socket} Socket */

// What a connection begins with on which HTTP/2 is spoken: `PRI * HTTP/2.0`.
const PREFACE = 'P'.charCodeAt(0);
const SECOND = 'R'.charCodeAt(0);

/**
 * Answers HTTP/2 as well as what a server answers already.
 * @param {Server} server
 * @param {(request: any, response: any) => void} answer
 * @returns {() => void} ends what is open
 */
export function alsoHttp2(server, answer) {
  const second = createServer((request, response) => {
    request.headers.host = request.authority;
    answer(request, response);
  });
  const [first] = server.listeners('connection');
  server.removeAllListeners('connection');
  /** @type {Set<Socket>} Those of which it is not known yet, or that speak HTTP/2. */
  const open = new Set();
  server.on('connection', (/** @type {Socket} */ socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const decide = () => {
      const start = socket.read();
      if (start === null) return;
      socket.off('readable', decide);
      socket.unshift(start);
      if (start[0] === PREFACE && start[1] === SECOND) {
        second.emit('connection', socket);
      } else {
        open.delete(socket);
        first.call(server, socket);
      }
    };
    socket.on('readable', decide);
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}
