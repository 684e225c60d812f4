// All tables, and the operations on several items at once.
import { isDeepStrictEqual } from 'node:util';
import { memoryStore } from './memory.js';
import { keyOf, storeKey } from './keys.js';
import { check, Table } from './table.js';
import { DynamoError, invalid } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./memory.js').Store} Store */
/** @typedef {import('./table.js').Expression} Expression */
/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/**
 * @typedef {{table: string, condition?: Expression | null, returnsOld?: boolean} & (
 *   {kind: 'put', item: Item} | {kind: 'update', key: Item, change: Expression} |
 *   {kind: 'delete', key: Item} | {kind: 'check', key: Item})} Write
 */

/** @typedef {{before?: Item, after?: Item}} Change What an item was, and what it is now. */
/** @typedef {{code: string, message?: string, item?: Item}} Reason Why a write was not made. */

/** A transaction of which nothing was written. */
export class Cancelled extends DynamoError {
  /** @param {Reason[]} reasons One for each write. */
  constructor(reasons) {
    const codes = reasons.map(({ code }) => code).join(', ');
    super(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    );
    this.reasons = reasons;
  }
}

export class Database {
  /** @type {Map<string, Table>} */
  #tables = new Map();
  /** @type {Map<string, ((change: Change) => void)[]>} Who hears of changes of a table. */
  #listeners = new Map();
  /** @type {(() => void)[]} What is to be told of changes that were made. */
  #told = [];

  /**
   * @param {TableModel[]} models
   * @param {(table: TableModel) => Store} storeOf
   */
  constructor(models, storeOf = memoryStore) {
    for (const model of models) {
      const store = this.#heard(model.name, storeOf(model));
      this.#tables.set(model.name, new Table(model, store));
    }
  }

  /**
   * Calls the listener with each change of a table, in their order, once it is made.
   * @param {string} table
   * @param {(change: Change) => void} listener
   */
  listen(table, listener) {
    this.#listeners.set(table, [...(this.#listeners.get(table) ?? []), listener]);
  }

  /** @param {string} name */
  table(name) {
    const table = this.#tables.get(name);
    if (table) return table;
    throw new DynamoError('ResourceNotFoundException', 'Requested resource not found');
  }

  /**
   * @param {Record<string, Item[]>} keys By table.
   * @returns {Record<string, (Item | undefined)[]>} in the order of the keys
   */
  batchGet(keys) {
    limited(keys, 100);
    return mapped(keys, (name, list) => list.map((key) => this.table(name).get(key)));
  }

  /** @param {Record<string, Item[]>} items By table. */
  batchPut(items) {
    limited(items, 25);
    mapped(items, (name, list) => list.map((item) => this.table(name).put(item)));
  }

  /** @param {Record<string, Item[]>} keys By table. */
  batchDelete(keys) {
    limited(keys, 25);
    mapped(keys, (name, list) => list.map((key) => this.table(name).delete(key)));
  }

  /**
   * Makes all writes, or none when a condition does not hold or a write is impossible.
   * @param {Write[]} writes
   * @throws {Cancelled | DynamoError}
   */
  transactWrite(writes) {
    const keys = writes.map((write) => this.#place(write));
    if (new Set(keys).size !== keys.length) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    if (writes.length > 100) throw invalid(`Too many writes in a transaction: ${writes.length}`);
    const reasons = writes.map((write) => this.#reason(write));
    if (reasons.some(({ code }) => code !== 'None')) throw new Cancelled(reasons);
    const before = writes.map((write) => this.#current(write));
    const told = this.#told.length;
    try {
      for (const write of writes) this.#make(write);
    } catch (error) {
      writes.forEach((write, index) => this.#restore(write, before[index]));
      this.#told.length = told;
      throw error;
    }
  }

  /**
   * A store whose changes are heard of.
   * @param {string} table
   * @param {Store} store
   * @returns {Store}
   */
  #heard(table, store) {
    /** @param {string} key @param {Item} [after] */
    const tell = (key, after) => {
      const listeners = this.#listeners.get(table);
      if (!listeners) return;
      const before = store.get(key);
      if (isDeepStrictEqual(before, after)) return;
      this.#told.push(() => listeners.forEach((listener) => listener({ before, after })));
      // A transaction makes all its changes before anything else runs, or takes them back.
      if (this.#told.length === 1) queueMicrotask(() => this.#tell());
    };
    return {
      get: (key) => store.get(key),
      values: () => store.values(),
      set: (key, item) => {
        tell(key, item);
        store.set(key, item);
      },
      delete: (key) => {
        tell(key);
        store.delete(key);
      },
    };
  }

  #tell() {
    for (const tell of this.#told.splice(0)) tell();
  }

  /** @param {Write} write */
  #place(write) {
    const { key } = this.table(write.table).model;
    return `${write.table} ${storeKey(key, keyOf(key, target(write)))}`;
  }

  /** @param {Write} write */
  #current(write) {
    return this.table(write.table).get(target(write));
  }

  /**
   * @param {Write} write
   * @returns {Reason}
   */
  #reason(write) {
    const item = this.#current(write);
    try {
      check(item, write.condition);
      return { code: 'None' };
    } catch (error) {
      if (!(error instanceof DynamoError) || !error.name.startsWith('Conditional')) throw error;
      const { message } = error;
      return { code: 'ConditionalCheckFailed', message, item: write.returnsOld ? item : undefined };
    }
  }

  /** @param {Write} write */
  #make(write) {
    const table = this.table(write.table);
    if (write.kind === 'put') table.put(write.item);
    else if (write.kind === 'update') table.update(write.key, write.change);
    else if (write.kind === 'delete') table.delete(write.key);
  }

  /**
   * @param {Write} write
   * @param {Item | undefined} item
   */
  #restore(write, item) {
    const table = this.table(write.table);
    if (item) table.put(item);
    else table.delete(target(write));
  }

  /**
   * @param {{table: string, key: Item}[]} reads
   * @returns {(Item | undefined)[]}
   */
  transactGet(reads) {
    return reads.map(({ table, key }) => this.table(table).get(key));
  }
}

/** @param {Write} write */
function target(write) {
  return write.kind === 'put' ? write.item : write.key;
}

/**
 * @param {Record<string, unknown[]>} batch
 * @param {number} limit
 */
function limited(batch, limit) {
  const count = Object.values(batch).reduce((sum, list) => sum + list.length, 0);
  if (count > limit) throw invalid(`Too many items requested: ${count}, at most ${limit}`);
}

/**
 * @template T, R
 * @param {Record<string, T>} record
 * @param {(key: string, value: T) => R} change
 * @returns {Record<string, R>}
 */
function mapped(record, change) {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(key, value)]),
  );
}
