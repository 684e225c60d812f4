// Everything that drives the functions of an assembly, from when it is served to its end.
import { setMaxListeners } from 'node:events';
import { kinesis } from './kinesis.js';
import { readQueue } from './messages.js';
import { called } from './outcome.js';
import { Queues } from './queues.js';
import { runSchedule } from './schedules.js';
import { sqs } from './sqs.js';
import { Backlog, readStream } from './streams.js';
import { changeEntry, SHARD, tableOf } from './tables.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/sources.js').Mapping} Mapping */
/** @typedef {import('../dynamodb/database.js').Database} Database */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {import('../functions/lambdas.js').Log} Log */
/** @typedef {import('./protocol.js').Guard} Guard */
/** @typedef {import('./streams.js').Entry} Entry */

/** What waits for functions; it outlives an assembly. */
export class Waiting {
  /** @type {Map<string, Backlog>} By stream, shard and function. */
  #backlogs = new Map();

  /** @param {Log} log */
  constructor(log) {
    this.log = log;
    this.queues = new Queues(log);
  }

  /**
   * @param {Mapping} mapping
   * @param {string} shard
   * @returns {Backlog}
   */
  backlog({ source, target }, shard) {
    const name = `${source} ${shard} ${target}`;
    const backlog = this.#backlogs.get(name) ?? new Backlog();
    this.#backlogs.set(name, backlog);
    return backlog;
  }
}

export class Sources {
  #ended = new AbortController();
  #started = false;

  /**
   * @param {ApiModel} model
   * @param {Database} database
   * @param {Lambdas} lambdas
   * @param {Waiting} waiting
   */
  constructor(model, database, lambdas, waiting) {
    this.model = model;
    this.database = database;
    this.lambdas = lambdas;
    this.waiting = waiting;
    setMaxListeners(Infinity, this.#ended.signal);
  }

  /**
   * Begins to drive functions, if that is not so already.
   * @param {boolean} isScheduled If schedules count.
   */
  start(isScheduled) {
    if (this.#started) return;
    this.#started = true;
    this.waiting.queues.serve(this.model.sources.queues);
    for (const mapping of this.model.sources.mappings) this.#read(mapping);
    /** @type {import('./schedules.js').Deliver} */
    const deliver = (target, event) => this.#deliver(target, event);
    for (const schedule of isScheduled ? this.model.schedules : []) {
      this.#run('schedules', runSchedule(schedule, deliver, this.#signal));
    }
  }

  close() {
    this.#ended.abort();
  }

  /**
   * Does what a request to SQS asks for.
   * @param {string} operation
   * @param {Buffer} body
   * @param {Guard} guard
   */
  sqs(operation, body, guard) {
    return sqs(this.waiting.queues, this.lambdas.here.origin, operation, body, guard);
  }

  /**
   * Does what a request to Kinesis asks for.
   * @param {string} operation
   * @param {Buffer} body
   * @param {Guard} guard
   */
  kinesis(operation, body, guard) {
    const { mappings, streams } = this.model.sources;
    /** @param {{arn: string}} stream @param {string} shard @param {Entry} entry */
    const publish = ({ arn }, shard, entry) => {
      for (const mapping of mappings.filter(({ source }) => source === arn)) {
        this.waiting.backlog(mapping, shard).add(entry);
      }
    };
    return kinesis(streams, publish, operation, body, guard);
  }

  get #signal() {
    return this.#ended.signal;
  }

  /**
   * @param {string} label What it is about.
   * @param {Promise<void>} work
   */
  #run(label, work) {
    work.catch((error) => this.waiting.log(label, error.message));
  }

  /** @param {Mapping} mapping */
  #read(mapping) {
    const { queues, log } = this.waiting;
    const { source, target } = mapping;
    const queue = queues.at(source);
    const stream = this.model.sources.streams.find(({ arn }) => arn === source);
    const table = source.includes(':dynamodb:') ? this.model.tables[tableOf(source)] : undefined;
    if (!this.model.lambdas[target] || !(queue || stream || table?.view)) {
      log('sources', `what comes from ${source} is not handed to ${target}: one is not built here`);
    } else if (queue) {
      this.#run(queue.model.label, readQueue(queue, mapping, this.lambdas, log, this.#signal));
    } else if (stream) {
      for (let number = 0; number < stream.shards; number += 1) {
        const shard = `shardId-${String(number).padStart(12, '0')}`;
        this.#readShard(mapping, stream.label, shard);
      }
    } else if (table) {
      const backlog = this.#readShard(mapping, table.name, SHARD);
      this.database.listen(table.name, (change) => backlog.add(changeEntry(table, source, change)));
    }
  }

  /**
   * @param {Mapping} mapping
   * @param {string} label
   * @param {string} shard
   */
  #readShard(mapping, label, shard) {
    const { queues, log } = this.waiting;
    const backlog = this.waiting.backlog(mapping, shard);
    const failures = queues.at(mapping.failures);
    const { lambdas } = this;
    const signal = this.#signal;
    const reading = { backlog, label, shard, mapping, failures, lambdas, log, signal };
    this.#run(label, readStream(reading));
    return backlog;
  }

  /**
   * @param {string} target The ARN of a function or a queue.
   * @param {unknown} event
   */
  async #deliver(target, event) {
    const queue = this.waiting.queues.at(target);
    if (queue) {
      queue.send({ body: typeof event === 'string' ? event : JSON.stringify(event) });
    } else if (this.model.lambdas[target]) {
      const answer = await called(this.lambdas, target, event);
      const { name } = this.model.lambdas[target];
      if (answer.error && !this.#signal.aborted) {
        this.waiting.log(name, `failed on schedule: ${answer.error.errorMessage}`);
      }
    } else {
      this.waiting.log('schedules', `${target} is not built here`);
    }
  }
}
