// Calls a function, or fills a queue, when a schedule says so.
import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../assembly/stack.js';
import { pause } from './bell.js';
import { nextTime } from './cron.js';

/** @typedef {import('../assembly/sources.js').ScheduleModel} ScheduleModel */
/** @typedef {(target: string, event: unknown) => Promise<void>} Deliver */

/**
 * Runs a schedule until the signal ends it, or its last time has come.
 * @param {ScheduleModel} schedule
 * @param {Deliver} deliver
 * @param {AbortSignal} signal
 * @throws {Error} when the schedule cannot be read
 */
export async function runSchedule(schedule, deliver, signal) {
  const { expression, zone, target } = schedule;
  let last = new Date();
  for (;;) {
    const next = nextTime(expression, zone, last);
    if (!next) return;
    while (!signal.aborted && Date.now() < next.getTime()) {
      await pause(next.getTime() - Date.now(), signal);
    }
    if (signal.aborted) return;
    void deliver(target, eventOf(schedule, next));
    // What this machine slept through is not made up for.
    last = new Date(Math.max(next.getTime(), Date.now() - 1000));
  }
}

/**
 * The event of a schedule at a time: as Amazon makes it, or as the schedule says.
 * @param {ScheduleModel} schedule
 * @param {Date} time
 * @returns {any}
 */
export function eventOf({ arn, input, isRule }, time) {
  const id = randomUUID();
  const said = time.toISOString().replace(/\.\d+/, '');
  if (input === null) {
    return {
      version: '0',
      id,
      'detail-type': 'Scheduled Event',
      source: isRule ? 'aws.events' : 'aws.scheduler',
      account: ACCOUNT,
      time: said,
      region: REGION,
      resources: [arn],
      detail: isRule ? {} : '{}',
    };
  }
  /** @type {Record<string, string>} */
  const attributes = {
    'schedule-arn': arn,
    'scheduled-time': said,
    'execution-id': id,
    'attempt-number': '1',
  };
  const filled = input.replace(
    /<aws\.scheduler\.([a-z-]+)>/g,
    (text, /** @type {string} */ name) => attributes[name] ?? text,
  );
  try {
    return JSON.parse(filled);
  } catch {
    return filled;
  }
}
