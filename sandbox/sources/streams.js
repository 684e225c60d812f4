// Drives a function by the records of a stream's shard, in their order.
import { randomUUID } from 'node:crypto';
import { Bell, pause } from './bell.js';
import { decoded, matches } from './filters.js';
import { called, counted, failed } from './outcome.js';

/** @typedef {import('../assembly/sources.js').Mapping} Mapping */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {import('../functions/lambdas.js').Log} Log */
/** @typedef {import('./queues.js').Queue} Queue */
/** @typedef {{event: Record<string, any>, sequence: string, at: number}} Entry A record as
 *   functions get it, its number, and when it came, in milliseconds. */
/** @typedef {{entries: Entry[], tries: number}} Part Of a batch. */

/** What a reader of a shard has not done yet. */
export class Backlog {
  constructor() {
    /** @type {Entry[]} */
    this.entries = [];
    /** Rings when there is something more. */
    this.bell = new Bell();
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    this.bell.ring();
  }
}

/**
 * @typedef {object} Reading
 * @property {Backlog} backlog
 * @property {string} label What people call the stream.
 * @property {string} shard
 * @property {Mapping} mapping
 * @property {Queue | undefined} failures Where it is said what was given up.
 * @property {Lambdas} lambdas
 * @property {Log} log
 * @property {AbortSignal} signal Ends it.
 */

const LONGEST_MILLISECONDS = 1000;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

/**
 * Gives the function what is in the backlog, until the signal ends it.
 * @param {Reading} reading
 */
export async function readStream(reading) {
  const { backlog, mapping, signal } = reading;
  while (!signal.aborted) {
    while (!signal.aborted && backlog.entries.length === 0) {
      await backlog.bell.wait(Infinity, signal);
    }
    const end = Date.now() + Math.min(mapping.window * 1000, LONGEST_MILLISECONDS);
    while (!signal.aborted && backlog.entries.length < mapping.size && Date.now() < end) {
      await backlog.bell.wait(end - Date.now(), signal);
    }
    /** @type {Part[]} */
    const parts = [{ entries: backlog.entries.slice(0, mapping.size), tries: 0 }];
    while (!signal.aborted && parts.length > 0) {
      parts.splice(0, 1, ...(await attempt(parts[0], reading)));
    }
  }
}

/**
 * Gives the function a part of a batch; what it has done then leaves the backlog.
 * @param {Part} part
 * @param {Reading} reading
 * @returns {Promise<Part[]>} what is to be tried again
 */
async function attempt({ entries, tries }, reading) {
  const { backlog, label, mapping, lambdas, log, signal } = reading;
  const wanted = entries.filter(({ event }) => matches(mapping.filters, subject(event)));
  if (wanted.length === 0) return done(backlog, entries);
  const event = { Records: wanted.map((entry) => entry.event) };
  const answer = await called(lambdas, mapping.target, event);
  if (signal.aborted) return [];
  const numbers = wanted.map(({ sequence }) => sequence);
  const wrong = new Set(failed(answer, mapping.isPartial, numbers));
  if (wrong.size === 0) return done(backlog, entries);

  // From the first that failed on, all come again: they keep their order.
  const first = entries.findIndex(({ sequence }) => wrong.has(sequence));
  const rest = entries.slice(first);
  done(backlog, entries.slice(0, first));
  const why = answer.error ? `: ${answer.error.errorMessage}` : '';
  log(label, `${rest.length} of ${counted(entries.length, 'record')} failed${why}`);
  if (first > 0 && wanted[0].sequence !== rest[0].sequence) return [{ entries: rest, tries: 0 }];
  if (mapping.bisects && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    const halves = [rest.slice(0, middle), rest.slice(middle)];
    return halves.map((half) => ({ entries: half, tries }));
  }
  const isOld = mapping.age >= 0 && Date.now() - rest[0].at > mapping.age * 1000;
  const isOften = mapping.retries >= 0 && tries >= mapping.retries;
  if (isOld || isOften) {
    giveUp(rest, tries + 1, isOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted', reading);
    return done(backlog, rest);
  }
  await pause(Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE), signal);
  return [{ entries: rest, tries: tries + 1 }];
}

/**
 * What patterns are about: a record, or what one of Kinesis holds.
 * @param {Record<string, any>} event
 */
function subject({ kinesis, ...event }) {
  if (!kinesis) return event;
  return { ...kinesis, data: decoded(Buffer.from(kinesis.data, 'base64').toString()) };
}

/**
 * @param {Backlog} backlog
 * @param {Entry[]} entries Its first.
 * @returns {Part[]}
 */
function done(backlog, entries) {
  backlog.entries.splice(0, entries.length);
  return [];
}

/**
 * Says what was given up, where the mapping wants it said.
 * @param {Entry[]} entries
 * @param {number} times
 * @param {string} condition
 * @param {Reading} reading
 */
function giveUp(entries, times, condition, { label, shard, mapping, failures, log }) {
  const [first] = entries;
  const final = entries[entries.length - 1];
  const place = failures ? `noted in ${failures.model.label}` : 'given up';
  const many = counted(entries.length, 'record');
  log(label, `${many} from ${first.sequence} failed ${counted(times, 'time')} and ${place}`);
  const kind = mapping.source.split(':')[2] === 'kinesis' ? 'Kinesis' : 'DDBStream';
  failures?.send({
    body: JSON.stringify({
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${mapping.target}:$LATEST`,
        condition,
        approximateInvokeCount: times,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      version: '1.0',
      timestamp: new Date().toISOString(),
      [`${kind}BatchInfo`]: {
        shardId: shard,
        startSequenceNumber: first.sequence,
        endSequenceNumber: final.sequence,
        approximateArrivalOfFirstRecord: new Date(first.at).toISOString(),
        approximateArrivalOfLastRecord: new Date(final.at).toISOString(),
        batchSize: entries.length,
        streamArn: mapping.source,
      },
    }),
  });
}
