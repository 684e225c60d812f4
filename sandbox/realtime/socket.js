// AppSync's realtime protocol on one WebSocket.
import { NotSignedIn } from '../identity.js';
import { matches, passes } from './filter.js';

/** @typedef {import('ws').WebSocket} WebSocket */
/** @typedef {import('../graphql/engine.js').Engine} Engine */
/** @typedef {import('../graphql/engine.js').Published} Published */
/** @typedef {import('../graphql/engine.js').Subscription} Subscription */

const KEEP_ALIVE = 60_000;
const TIMEOUT = 300_000;

/**
 * The headers that a client sends as a sub-protocol, since browsers can send no others.
 * @param {Iterable<string>} protocols
 * @returns {Record<string, string>}
 */
export function headersOf(protocols) {
  for (const protocol of protocols) {
    if (!protocol.startsWith('header-')) continue;
    try {
      return lowered(JSON.parse(Buffer.from(protocol.slice(7), 'base64url').toString()));
    } catch {
      return {};
    }
  }
  return {};
}

/** @param {Record<string, string>} headers */
function lowered(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

export class Connection {
  /** @type {Map<string, Subscription>} */
  #subscriptions = new Map();

  /**
   * @param {Engine} engine
   * @param {WebSocket} socket
   * @param {Record<string, string>} headers Those of the connection.
   */
  constructor(engine, socket, headers) {
    this.engine = engine;
    this.socket = socket;
    this.headers = headers;
    this.timer = setInterval(() => this.#send({ type: 'ka' }), KEEP_ALIVE);
    socket.on('message', (data) => void this.#receive(String(data)));
    socket.on('close', () => clearInterval(this.timer));
  }

  /**
   * Tells of a mutation if there is a subscription to it whose filter it passes.
   * @param {Published} published
   */
  publish({ mutation, payload }) {
    for (const [id, { mutations, filter, args, respond }] of this.#subscriptions) {
      if (!mutations.includes(mutation)) continue;
      // A filter that templates set takes the place of the one by arguments.
      const passed = filter ? passes(filter, payload) : matches(args, payload);
      if (passed) this.#send({ id, type: 'data', payload: respond(payload) });
    }
  }

  /** @param {Record<string, any>} message */
  #send(message) {
    this.socket.send(JSON.stringify(message));
  }

  /** @param {string} text */
  async #receive(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      message = {};
    }
    const { type, id, payload } = message;
    if (type === 'connection_init') this.#begin();
    else if (type === 'start') await this.#start(id, payload);
    else if (type === 'stop') {
      this.#subscriptions.delete(id);
      this.#send({ id, type: 'complete' });
    } else {
      const error = { errorType: 'UnsupportedOperation', message: `unknown type ${type}` };
      this.#send({ type: 'error', id, payload: { errors: [error] } });
    }
  }

  #begin() {
    try {
      this.engine.identify(this.headers);
      this.#send({ type: 'connection_ack', payload: { connectionTimeoutMs: TIMEOUT } });
      this.#send({ type: 'ka' });
    } catch (error) {
      if (!(error instanceof NotSignedIn)) throw error;
      const { message } = error;
      const errors = [{ errorType: 'UnauthorizedException', errorCode: 401, message }];
      this.#send({ type: 'connection_error', payload: { errors } });
      this.socket.close(1000);
    }
  }

  /**
   * @param {string} id
   * @param {any} payload
   */
  async #start(id, payload) {
    /** @param {Record<string, any>[]} errors */
    const refuse = (errors) => this.#send({ id, type: 'error', payload: { errors } });
    try {
      const request = JSON.parse(payload.data);
      const headers = lowered(payload.extensions?.authorization ?? {});
      const identity = this.engine.identify(headers);
      const subscription = await this.engine.subscribe(request, { identity, headers });
      if ('respond' in subscription) {
        this.#subscriptions.set(id, subscription);
        this.#send({ id, type: 'start_ack' });
      } else {
        refuse(
          (subscription.errors ?? []).map(({ errorType, message }) => ({ errorType, message })),
        );
      }
    } catch (error) {
      const isRefused = error instanceof NotSignedIn;
      const errorType = isRefused ? 'UnauthorizedException' : 'BadRequestException';
      refuse([{ errorType, errorCode: isRefused ? 401 : 400, message: String(error) }]);
    }
  }
}
