// Queues as SQS has them: messages that are seen again until somebody deletes them.
import { randomUUID } from 'node:crypto';
import { Bell } from './bell.js';

/** @typedef {import('../assembly/sources.js').QueueModel} QueueModel */
/** @typedef {{DataType: string, StringValue?: string, BinaryValue?: string}} Attribute */

/**
 * What is sent.
 * @typedef {object} Content
 * @property {string} body
 * @property {Record<string, Attribute>} [attributes]
 * @property {number} [delay] In seconds.
 * @property {string} [group] Whose messages keep their order, in a FIFO queue.
 * @property {string} [duplicate] What is the same of messages of which only one is kept.
 */

/**
 * @typedef {object} Message
 * @property {string} id
 * @property {string} body
 * @property {Record<string, Attribute>} attributes
 * @property {string | undefined} group
 * @property {string | undefined} duplicate
 * @property {string} sequence
 * @property {number} sent When, in milliseconds; as those below.
 * @property {number | null} first When it was first received.
 * @property {number} seen From when on it can be received.
 * @property {number} received How often.
 * @property {string} receipt
 */

const DUPLICATES_MILLISECONDS = 5 * 60 * 1000;
const SECOND = 1000;

export class Queue {
  /** @type {Message[]} */
  #messages = [];
  /** @type {Map<string, Message>} By what is the same of them. */
  #known = new Map();
  #sent = 0;

  /**
   * @param {QueueModel} model
   * @param {() => number} now
   */
  constructor(model, now = Date.now) {
    this.model = model;
    this.now = now;
    /** Rings when there may be something to receive. */
    this.bell = new Bell();
    /** @type {(message: Message) => void} Takes what was received too often. */
    this.setAside = () => undefined;
  }

  /**
   * @param {Content} content
   * @returns {Message}
   */
  send({ body, attributes = {}, delay = this.model.delay, group, duplicate }) {
    const now = this.now();
    for (const [key, { sent }] of this.#known) {
      if (now - sent < DUPLICATES_MILLISECONDS) break;
      this.#known.delete(key);
    }
    const known = duplicate === undefined ? undefined : this.#known.get(duplicate);
    if (known) return known;
    const message = {
      id: randomUUID(),
      body,
      attributes,
      group,
      duplicate,
      sequence: String((this.#sent += 1)).padStart(20, '0'),
      sent: now,
      first: null,
      seen: now + delay * SECOND,
      received: 0,
      receipt: '',
    };
    this.#messages.push(message);
    if (duplicate !== undefined) this.#known.set(duplicate, message);
    this.bell.ring();
    return message;
  }

  /**
   * Takes messages, which are not seen by others for some time.
   * @param {number} most
   * @param {number} seconds
   * @returns {Message[]}
   */
  receive(most, seconds) {
    const now = this.now();
    const found = this.#visible().slice(0, most);
    for (const message of found) {
      message.received += 1;
      message.first ??= now;
      message.seen = now + seconds * SECOND;
      message.receipt = randomUUID();
    }
    return found;
  }

  /**
   * @param {string} receipt
   * @returns {boolean} if there was such a message
   */
  delete(receipt) {
    const index = this.#messages.findIndex((message) => message.receipt === receipt);
    if (index >= 0) this.#messages.splice(index, 1);
    // Those of its group may have waited for it.
    this.bell.ring();
    return index >= 0;
  }

  /**
   * Says when a message is seen again.
   * @param {string} receipt
   * @param {number} seconds
   * @returns {Message | undefined}
   */
  release(receipt, seconds) {
    const message = this.#messages.find((one) => one.receipt === receipt);
    if (message) message.seen = this.now() + seconds * SECOND;
    this.bell.ring();
    return message;
  }

  clear() {
    this.#messages = [];
  }

  /** How many messages can be received now, and how many were or are not yet to be. */
  counts() {
    const now = this.now();
    const hidden = this.#messages.filter(({ seen }) => seen > now);
    return {
      visible: this.#messages.length - hidden.length,
      received: hidden.filter(({ received }) => received > 0).length,
      delayed: hidden.filter(({ received }) => received === 0).length,
    };
  }

  /** How many milliseconds it takes until a message is seen again. */
  left() {
    const now = this.now();
    const seen = this.#messages.map((message) => message.seen).filter((time) => time > now);
    return Math.min(...seen) - now;
  }

  /** How many messages can be received. */
  ready() {
    return this.#visible().length;
  }

  /** Sets aside what was received too often, and returns what may be received now. */
  #visible() {
    const now = this.now();
    const { deadLetters } = this.model;
    if (deadLetters) {
      const over = this.#messages.filter(
        ({ received, seen }) => seen <= now && received >= deadLetters.receives,
      );
      this.#messages = this.#messages.filter((message) => !over.includes(message));
      for (const message of over) this.setAside(message);
    }
    /** @type {Set<string | undefined>} */
    const held = new Set();
    return this.#messages.filter(({ group, seen }) => {
      if (seen > now && group !== undefined) held.add(group);
      return seen <= now && !held.has(group);
    });
  }
}

export class Queues {
  /** @type {Map<string, Queue>} All that there ever were, by ARN: they keep their messages. */
  #all = new Map();
  /** @type {Queue[]} Those that there are. */
  #served = [];

  /** @param {import('../functions/lambdas.js').Log} log */
  constructor(log) {
    this.log = log;
  }

  /** @param {QueueModel[]} models */
  serve(models) {
    this.#served = models.map((model) => {
      const queue = this.#all.get(model.arn) ?? new Queue(model);
      this.#all.set(model.arn, queue);
      queue.model = model;
      queue.setAside = (message) => this.#setAside(model, message);
      return queue;
    });
  }

  get served() {
    return this.#served;
  }

  /** @param {string | null} arn */
  at(arn) {
    return this.#served.find(({ model }) => model.arn === arn);
  }

  /**
   * By its name, or by what people call it.
   * @param {string} name
   */
  named(name) {
    const exact = this.#served.find(({ model }) => model.name === name);
    return exact ?? this.#served.find(({ model }) => model.label === name);
  }

  /**
   * @param {QueueModel} model
   * @param {Message} message
   */
  #setAside({ label, deadLetters }, { id, body, attributes, group, received }) {
    const target = this.at(deadLetters?.queue ?? null);
    target?.send({ body, attributes, group, delay: 0 });
    const place = target ? `is now in ${target.model.label}` : 'is gone';
    this.log(label, `message ${id} was received ${received} times and ${place}`);
  }
}
