// The backend that is served: an assembly with what runs it, which another may take the place of.
import { readAssembly } from './assembly/model.js';
import { outputs } from './assembly/outputs.js';
import { endpoints } from './functions/endpoints.js';
import { unset } from './functions/environment.js';
import { Lambdas, NOWHERE } from './functions/lambdas.js';
import { Engine } from './graphql/engine.js';
import { Payments, payers } from './payments/provider.js';
import { Sources, Waiting } from './sources/sources.js';
import { StorageService } from './storage/service.js';
import { Users } from './users/directory.js';
import { UserPool } from './users/service.js';

/** @typedef {import('./assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('./dynamodb/memory.js').Store} Store */
/** @typedef {import('./assembly/model.js').TableModel} TableModel */
/** @typedef {import('./functions/lambdas.js').Log} Log */

/**
 * Where everything is kept that outlives an assembly.
 * @typedef {object} Kept
 * @property {(table: TableModel) => Store} tables
 * @property {import('./storage/memory.js').ObjectStore} objects
 * @property {import('./users/directory.js').Kept} users
 * @property {import('./users/directory.js').Kept} payments
 */

/**
 * What of a backend an assembly makes.
 * @typedef {object} Running
 * @property {ApiModel} model
 * @property {Engine} engine
 * @property {Lambdas} lambdas
 * @property {StorageService} files
 * @property {Sources} sources
 * @property {import('./server.js').Other} functions
 */

export class Backend {
  /** @type {Running} */
  #running;
  /** @type {(() => void)[]} */
  #listeners = [];

  /**
   * @param {string} folder The assembly.
   * @param {Kept} kept
   * @param {Log} log
   * @param {boolean} isScheduled If schedules call their functions.
   * @throws {Error} if the assembly cannot be served
   */
  constructor(folder, kept, log, isScheduled = true) {
    this.kept = kept;
    this.log = log;
    this.isScheduled = isScheduled;
    this.here = { ...NOWHERE };
    this.payments = new Payments(kept.payments);
    this.users = new Users('local', kept.users);
    this.waiting = new Waiting(log);
    this.#running = this.#start(folder);
    const policy = outputs(this.model, '').auth?.password_policy ?? NO_POLICY;
    this.pool = new UserPool(this.users, policy, (line) => log('sign-in', line));
  }

  get origin() {
    return this.here.origin;
  }

  /**
   * What people must know who use it: which values are missing, and where functions are.
   * @returns {string[]}
   */
  get notes() {
    const { lambdas, lambdaUrls } = this.model;
    const missing = unset(this.model);
    const paying = [...new Set(payers(lambdas).flatMap(({ secrets }) => secrets))];
    const others = [...missing].filter(([name]) => !paying.includes(name));
    const addresses = lambdaUrls.flatMap((arn) => lambdas[arn]?.name ?? []);
    return [
      ...addresses.map((name) => `the function ${name}: ${this.origin}/functions/${name}`),
      ...others.map(
        ([name, users]) =>
          `not set: ${name}, which ${users.join(', ')} need; end this, then: ${name}=... ace sandbox`,
      ),
      ...(paying.length
        ? [
            `not set: ${paying.join(', ')}; a page of this sandbox stands in for the payment provider`,
          ]
        : []),
    ];
  }

  get model() {
    return this.#running.model;
  }

  get engine() {
    return this.#running.engine;
  }

  get files() {
    return this.#running.files;
  }

  get functions() {
    return this.#running.functions;
  }

  get lambdas() {
    return this.#running.lambdas;
  }

  /**
   * Serves another assembly from now on, or goes on as before if that cannot be served.
   * @param {string} folder
   * @throws {Error} if it cannot
   */
  load(folder) {
    const before = this.#running;
    this.#running = this.#start(folder);
    before.sources.close();
    this.#running.sources.start(this.isScheduled);
    before.lambdas.close();
    for (const listener of this.#listeners) listener();
  }

  /**
   * Says where this machine answers for AWS; functions are driven from then on.
   * @param {string} origin
   */
  locate(origin) {
    this.here.origin = origin;
    this.#running.sources.start(this.isScheduled);
  }

  /**
   * Calls the listener each time after another assembly is served.
   * @param {() => void} listener
   */
  onLoaded(listener) {
    this.#listeners.push(listener);
  }

  close() {
    this.#running.sources.close();
    this.lambdas.close();
  }

  /**
   * @param {string} folder
   * @returns {Running}
   */
  #start(folder) {
    const model = readAssembly(folder);
    const lambdas = new Lambdas(model, this.log, this.here);
    const engine = new Engine(model, lambdas, this.kept.tables);
    const files = new StorageService(model.storage, this.kept.objects);
    const sources = new Sources(model, engine.database, lambdas, this.waiting);
    const functions = endpoints(engine, lambdas, sources, this.payments);
    return { model, lambdas, engine, files, sources, functions };
  }
}

const NO_POLICY = {
  min_length: 8,
  require_lowercase: false,
  require_numbers: false,
  require_symbols: false,
  require_uppercase: false,
};
