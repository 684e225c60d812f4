// Drives a function by the messages of a queue.
import { REGION } from '../assembly/stack.js';
import { decoded, matches } from './filters.js';
import { called, counted, failed } from './outcome.js';
import { md5 } from './protocol.js';
import { attributesOf } from './sqs.js';

/** @typedef {import('../assembly/sources.js').Mapping} Mapping */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {import('../functions/lambdas.js').Log} Log */
/** @typedef {import('./queues.js').Message} Message */
/** @typedef {import('./queues.js').Queue} Queue */

// Nobody who works on this machine wants to wait longer, whatever is right for AWS.
const LONGEST_SECONDS = 1;

/**
 * Gives the function what is in the queue, until the signal ends it.
 * @param {Queue} queue
 * @param {Mapping} mapping
 * @param {Lambdas} lambdas
 * @param {Log} log
 * @param {AbortSignal} signal
 */
export async function readQueue(queue, mapping, lambdas, log, signal) {
  while (!signal.aborted) {
    await collected(queue, mapping, signal);
    if (signal.aborted) return;
    const messages = queue.receive(mapping.size, Infinity).filter((message) => {
      const isWanted = matches(mapping.filters, { body: decoded(message.body) });
      if (!isWanted) queue.delete(message.receipt);
      return isWanted;
    });
    if (messages.length > 0) await handle(queue, messages, { mapping, lambdas, log, signal });
  }
}

/**
 * Waits until there is a batch, or part of one after the time that it may take.
 * @param {Queue} queue
 * @param {Mapping} mapping
 * @param {AbortSignal} signal
 */
async function collected(queue, { size, window }, signal) {
  while (!signal.aborted && queue.ready() === 0) await queue.bell.wait(queue.left(), signal);
  const end = Date.now() + Math.min(window, LONGEST_SECONDS) * 1000;
  while (!signal.aborted && queue.ready() < size && Date.now() < end) {
    await queue.bell.wait(end - Date.now(), signal);
  }
}

/**
 * @param {Queue} queue
 * @param {Message[]} messages
 * @param {{mapping: Mapping, lambdas: Lambdas, log: Log, signal: AbortSignal}} work
 */
async function handle(queue, messages, { mapping, lambdas, log, signal }) {
  const { model } = queue;
  const event = { Records: messages.map((message) => record(message, model.arn)) };
  const answer = await called(lambdas, mapping.target, event);
  const ids = messages.map(({ id }) => id);
  const again = new Set(failed(answer, mapping.isPartial, ids));
  const isOver = signal.aborted;
  for (const message of messages) {
    if (!again.has(message.id)) queue.delete(message.receipt);
    else if (!isOver) queue.release(message.receipt, Math.min(model.visibility, LONGEST_SECONDS));
    else {
      // It was not the function that failed: what takes the place of this one tries it anew.
      message.received -= 1;
      queue.release(message.receipt, 0);
    }
  }
  if (again.size === 0 || isOver) return;
  const why = answer.error ? `: ${answer.error.errorMessage}` : '';
  log(model.label, `${again.size} of ${counted(messages.length, 'message')} failed${why}`);
}

/**
 * A message as functions get it.
 * @param {Message} message
 * @param {string} arn
 */
function record(message, arn) {
  const attributes = Object.entries(message.attributes).map(([name, attribute]) => [
    name,
    {
      dataType: attribute.DataType,
      stringValue: attribute.StringValue,
      binaryValue: attribute.BinaryValue,
      stringListValues: [],
      binaryListValues: [],
    },
  ]);
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: attributesOf(message),
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: REGION,
  };
}
