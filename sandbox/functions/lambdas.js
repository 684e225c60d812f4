// Runs Lambda functions: each in processes of its own, of which one handles one event at a time.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { contextOf, environmentOf, pageOf } from './environment.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/lambdas.js').LambdaModel} LambdaModel */
/** @typedef {import('node:child_process').ChildProcess} Child */
/** @typedef {{errorType: string, errorMessage: string, trace?: string[]}} Failure */
/** @typedef {{result: any, error?: undefined} | {error: Failure}} Answer */
/** @typedef {(name: string, line: string) => void} Log */

const RUNTIME = fileURLToPath(new URL('runtime.js', import.meta.url));
const START_SECONDS = 60;
/** Of a machine that is not served. */
export const NOWHERE = { origin: '', front: '', development: '' };

/** A function failed, or could not be run. */
export class LambdaError extends Error {
  /** @param {Failure} failure */
  constructor({ errorMessage }) {
    super(errorMessage);
    // Lambda says so of every error in a function, whatever its own type.
    this.type = 'Lambda:Unhandled';
  }
}

export class Lambdas {
  /** @type {Map<string, Child[]>} Those that wait for an event, by ARN and by page. */
  #idle = new Map();
  /** @type {Set<Child>} */
  #all = new Set();

  /**
   * @param {ApiModel} model
   * @param {Log} log Takes each line that a function prints.
   * @param {import('./environment.js').Here} here
   */
  constructor(
    model,
    log = (name, line) => void process.stderr.write(`[${name}] ${line}\n`),
    here = { ...NOWHERE },
  ) {
    this.model = model;
    this.log = log;
    this.here = here;
  }

  /**
   * Calls a function, and waits for what it says.
   * @param {string} arn
   * @param {unknown} event
   * @returns {Promise<Answer>}
   */
  async invoke(arn, event) {
    const lambda = this.model.lambdas[arn];
    if (!lambda) throw new Error(`the function ${arn} is not built here`);
    const page = pageOf(lambda, this.here, event);
    const key = `${arn} ${page}`;
    const waiting = this.#idle.get(key) ?? [];
    this.#idle.set(key, waiting);
    const idle = waiting.pop();
    const child = idle ?? this.#start(lambda, page, waiting);
    const started = idle ? null : await this.#next(child, START_SECONDS, 'Init');
    if (started?.error) {
      child.kill('SIGKILL');
      return started;
    }
    const id = randomUUID();
    const deadline = Date.now() + lambda.timeout * 1000;
    child.send({ id, event, context: contextOf(lambda), deadline });
    const answer = await this.#next(child, lambda.timeout, id);
    if (child.connected && !child.killed) waiting.push(child);
    return answer;
  }

  /** Ends all processes. */
  close() {
    for (const child of this.#all) child.kill('SIGKILL');
  }

  /**
   * @param {LambdaModel} lambda
   * @param {string} page
   * @param {Child[]} waiting Where it waits when it has nothing to do.
   */
  #start(lambda, page, waiting) {
    const [file, name] = lambda.handler.split('.');
    const bundle = ['.mjs', '.js', '.cjs']
      .map((ending) => path.join(lambda.folder, file + ending))
      .find((candidate) => existsSync(candidate));
    if (!bundle) throw new Error(`${lambda.folder} holds no ${file}`);
    const child = fork(RUNTIME, [bundle, name], {
      cwd: lambda.folder,
      env: environmentOf(this.model, lambda, this.here, page),
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => this.log(lambda.name, line));
    }
    this.#all.add(child);
    child.once('exit', () => {
      this.#all.delete(child);
      if (waiting.includes(child)) waiting.splice(waiting.indexOf(child), 1);
    });
    return child;
  }

  /**
   * What a process says next; it is ended when that takes too long.
   * @param {Child} child
   * @param {number} seconds
   * @param {string} id
   * @returns {Promise<Answer>}
   */
  #next(child, seconds, id) {
    return new Promise((resolve) => {
      /** @param {Answer} answer */
      const end = (answer) => {
        clearTimeout(timer);
        child.off('message', told).off('exit', exited).off('error', failed);
        resolve(answer);
      };
      /** @param {string} errorType @param {string} message */
      const fail = (errorType, message) =>
        end({ error: { errorType, errorMessage: `RequestId: ${id} Error: ${message}` } });
      const told = (/** @type {any} */ message) => end(message);
      const exited = (/** @type {number | null} */ code) =>
        fail('Runtime.ExitError', `Runtime exited with error: exit status ${code}`);
      const failed = (/** @type {Error} */ error) => fail('Runtime.ExitError', error.message);
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`);
      }, seconds * 1000);
      child.on('message', told).on('exit', exited).on('error', failed);
    });
  }
}
