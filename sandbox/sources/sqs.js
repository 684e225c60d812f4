// SQS's own operations on the queues.
import { createHash } from 'node:crypto';
import { ACCOUNT } from '../assembly/stack.js';
import { answered, md5, ServiceError } from './protocol.js';

/** @typedef {import('./protocol.js').Guard} Guard */
/** @typedef {import('./protocol.js').Request} Request */
/** @typedef {import('./queues.js').Attribute} Attribute */
/** @typedef {import('./queues.js').Message} Message */
/** @typedef {import('./queues.js').Queue} Queue */
/** @typedef {import('./queues.js').Queues} Queues */

const BYTES = 1024 * 1024;
const BATCH = 10;

/**
 * @param {Queues} queues
 * @param {string} origin Where this machine answers for AWS.
 * @param {string} operation
 * @param {Buffer} body
 * @param {Guard} guard Throws when the caller may not do something.
 */
export function sqs(queues, origin, operation, body, guard) {
  /** @param {Queue} queue */
  const urlOf = ({ model }) => `${origin}/aws/sqs/${ACCOUNT}/${model.name}`;
  /** @param {string} name */
  const named = (name) => {
    const queue = queues.named(name);
    if (queue) return queue;
    throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  /**
   * @param {Request} request
   * @param {string} action
   */
  const asked = ({ QueueUrl = '' }, action) => {
    const queue = named(QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1));
    guard(`sqs:${action}`, queue.model.arn);
    return queue;
  };

  /** @type {Record<string, (request: Request) => Request>} */
  const operations = {
    GetQueueUrl: ({ QueueName }) => {
      const queue = named(QueueName);
      guard('sqs:GetQueueUrl', queue.model.arn);
      return { QueueUrl: urlOf(queue) };
    },
    ListQueues: ({ QueueNamePrefix = '' }) => {
      guard('sqs:ListQueues', '*');
      const found = queues.served.filter(({ model }) => model.name.startsWith(QueueNamePrefix));
      return { QueueUrls: found.map(urlOf) };
    },
    SendMessage: (request) => sent(asked(request, 'SendMessage'), request),
    SendMessageBatch: (request) => {
      const queue = asked(request, 'SendMessage');
      return each(request, (entry) => sent(queue, entry));
    },
    ReceiveMessage: (request) => {
      const queue = asked(request, 'ReceiveMessage');
      const seconds = request.VisibilityTimeout ?? queue.model.visibility;
      const messages = queue.receive(request.MaxNumberOfMessages ?? 1, seconds);
      return messages.length ? { Messages: messages.map(received) } : {};
    },
    DeleteMessage: (request) => {
      asked(request, 'DeleteMessage').delete(request.ReceiptHandle);
      return {};
    },
    DeleteMessageBatch: (request) => {
      const queue = asked(request, 'DeleteMessage');
      return each(request, (entry) => (queue.delete(entry.ReceiptHandle), {}));
    },
    ChangeMessageVisibility: (request) => {
      const queue = asked(request, 'ChangeMessageVisibility');
      queue.release(request.ReceiptHandle, request.VisibilityTimeout);
      return {};
    },
    GetQueueAttributes: (request) => {
      const queue = asked(request, 'GetQueueAttributes');
      const { visible, received: inFlight, delayed } = queue.counts();
      const all = {
        ApproximateNumberOfMessages: visible,
        ApproximateNumberOfMessagesNotVisible: inFlight,
        ApproximateNumberOfMessagesDelayed: delayed,
        QueueArn: queue.model.arn,
        VisibilityTimeout: queue.model.visibility,
      };
      const names = request.AttributeNames ?? [];
      const wanted = Object.entries(all).filter(
        ([name]) => names.includes('All') || names.includes(name),
      );
      return { Attributes: Object.fromEntries(wanted.map(([name, is]) => [name, String(is)])) };
    },
    PurgeQueue: (request) => {
      asked(request, 'PurgeQueue').clear();
      return {};
    },
  };
  return answered(operations, 'com.amazonaws.sqs', operation, body);
}

/**
 * Does the same with each entry of a batch.
 * @param {Request} request
 * @param {(entry: Request) => Request} act
 */
function each({ Entries = [] }, act) {
  if (Entries.length === 0) throw new ServiceError('EmptyBatchRequest', 'There are no entries.');
  if (Entries.length > BATCH) {
    throw new ServiceError('TooManyEntriesInBatchRequest', `Maximum number of entries: ${BATCH}.`);
  }
  /** @type {Request[]} */
  const Successful = [];
  /** @type {Request[]} */
  const Failed = [];
  for (const entry of Entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { name: Code, message: Message } = error;
      Failed.push({ Id: entry.Id, Code, Message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

/**
 * @param {Queue} queue
 * @param {Request} request
 */
function sent(queue, request) {
  const { MessageBody: body, MessageAttributes: attributes = {} } = request;
  const { isFifo, byContent } = queue.model;
  const { MessageGroupId: group, MessageDeduplicationId: given } = request;
  if (typeof body !== 'string' || body === '') {
    throw new ServiceError('MissingParameter', 'The request must contain a MessageBody.');
  }
  if (Buffer.byteLength(body) > BYTES) {
    throw new ServiceError('InvalidParameterValue', `A message has at most ${BYTES} bytes.`);
  }
  if (isFifo && group === undefined) {
    throw new ServiceError('MissingParameter', 'The request must contain a MessageGroupId.');
  }
  const digest = createHash('sha256').update(body).digest('hex');
  const duplicate = isFifo ? (given ?? (byContent ? digest : undefined)) : undefined;
  if (isFifo && duplicate === undefined) {
    throw new ServiceError(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  const delay = isFifo ? undefined : request.DelaySeconds;
  const message = queue.send({ body, attributes, delay, group, duplicate });
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(body),
    ...(isFifo ? { SequenceNumber: message.sequence } : {}),
  };
}

/** @param {Message} message */
function received(message) {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: attributesOf(message),
    MessageAttributes: message.attributes,
  };
}

/**
 * What the service itself says of a message.
 * @param {Message} message
 * @returns {Record<string, string>}
 */
export function attributesOf({ received: times, sent: at, first, group, duplicate, sequence }) {
  const ofFifo = { MessageDeduplicationId: duplicate ?? '', SequenceNumber: sequence };
  return {
    ApproximateReceiveCount: String(times),
    SentTimestamp: String(at),
    SenderId: ACCOUNT,
    ApproximateFirstReceiveTimestamp: String(first),
    ...(group === undefined ? {} : { MessageGroupId: group }),
    ...(duplicate === undefined ? {} : ofFifo),
  };
}
