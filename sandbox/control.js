// What whoever started the program may ask of it: lines of JSON on stdin, each answered on stdout.
//
// { "load": FOLDER }                        serves another assembly
// { "admit": { name, groups, password } }   lets somebody sign in
// { "front": { folder, port } }             runs a project's development server, and serves it
// { "seed": { MODEL: [RECORD, ...] } }      creates records
//
// The answer is an object with what there is to say, or with `error`.
import { createInterface } from 'node:readline';
import { develop } from './front/development.js';
import { serveFront } from './front/proxy.js';
import { seed } from './seed.js';

/** @typedef {import('./backend.js').Backend} Backend */
/** @typedef {import('./front/proxy.js').Front} Front */
/** @typedef {Record<string, any>} Json */

const PAGES = /^https?:\/\/(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/;

export class Control {
  /** @type {Front | null} */
  #front = null;
  /** @type {import('./front/development.js').Development | null} */
  #development = null;
  /** @type {string[]} The ports of pages that may use the backend. */
  #ports = [];
  /** What everybody signs in with who is let in here; the last that was said. */
  password = 'Sandbox-1';

  /**
   * @param {Backend} backend
   * @param {string} secret
   */
  constructor(backend, secret) {
    this.backend = backend;
    this.secret = secret;
  }

  /** Where the frontend is served, if it is. */
  get front() {
    return this.#front?.url ?? null;
  }

  /**
   * If a page is from here: of the frontend, of its development server, or of the backend itself.
   * @param {string} origin
   */
  isOurs(origin) {
    const port = PAGES.exec(origin)?.[1];
    const own = new URL(this.backend.origin).port;
    return port !== undefined && [own, ...this.#ports].includes(port);
  }

  /**
   * @param {NodeJS.ReadableStream} input
   * @returns {Promise<void>} when nobody can ask any more
   */
  async listen(input) {
    for await (const line of createInterface({ input })) {
      process.stdout.write(`${JSON.stringify(await this.#answered(line))}\n`);
    }
  }

  async close() {
    await Promise.all([this.#development?.close(), this.#front?.close()]);
  }

  /** @param {string} line */
  async #answered(line) {
    try {
      const asked = JSON.parse(line);
      const [name] = Object.keys(asked);
      const command = this.#commands[name];
      if (!command) throw new Error(`unknown command ${name}`);
      return await command(asked[name]);
    } catch (error) {
      return { error: said(error) };
    }
  }

  /** @type {Record<string, (asked: any) => Json | Promise<Json>>} */
  #commands = {
    load: (folder) => {
      this.backend.load(folder);
      return { notes: this.backend.notes };
    },
    admit: ({ name, groups, password }) => {
      this.password = password;
      const { sub, attributes } = this.backend.pool.admit(name, groups, password);
      return { sub, email: attributes.email };
    },
    front: async ({ folder, port }) => {
      this.#development = await develop(folder, this.backend.log);
      const target = this.#development.url;
      this.#front = await serveFront(this.backend, { target, port, secret: this.secret });
      const { url } = this.#front;
      Object.assign(this.backend.here, { front: url, development: target });
      this.#ports = [target, url].map((address) => new URL(address).port);
      return { url, secret: this.secret };
    },
    seed: async (records) => ({ created: await seed(this.backend, records) }),
  };
}

/** @param {unknown} error */
function said(error) {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = /** @type {NodeJS.ErrnoException & {port?: number}} */ (error);
  return code === 'EADDRINUSE' ? `port ${port} is taken` : error.message;
}
