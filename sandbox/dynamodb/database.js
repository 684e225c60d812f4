// All tables, and the operations on several items at once.
import { memoryStore } from './memory.js';
import { check, Table } from './table.js';
import { DynamoError, invalid } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./memory.js').Store} Store */
/** @typedef {import('./table.js').Expression} Expression */
/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/**
 * @typedef {{table: string, condition?: Expression | null} & (
 *   {kind: 'put', item: Item} | {kind: 'update', key: Item, change: Expression} |
 *   {kind: 'delete', key: Item} | {kind: 'check', key: Item})} Write
 */

export class Database {
  /** @type {Map<string, Table>} */
  #tables = new Map();

  /**
   * @param {TableModel[]} models
   * @param {(table: string) => Store} storeOf
   */
  constructor(models, storeOf = memoryStore) {
    for (const model of models) this.#tables.set(model.name, new Table(model, storeOf(model.name)));
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
   * Makes all writes, or none when a condition does not hold.
   * @param {Write[]} writes
   */
  transactWrite(writes) {
    /** @type {string[]} */
    const reasons = writes.map((write) => {
      const key = write.kind === 'put' ? write.item : write.key;
      try {
        check(this.table(write.table).get(key), write.condition);
        return 'None';
      } catch (error) {
        if (error instanceof DynamoError && error.name.startsWith('Conditional')) {
          return 'ConditionalCheckFailed';
        }
        throw error;
      }
    });
    if (reasons.some((reason) => reason !== 'None')) {
      throw new DynamoError(
        'TransactionCanceledException',
        `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(', ')}]`,
      );
    }
    for (const write of writes) {
      const table = this.table(write.table);
      if (write.kind === 'put') table.put(write.item);
      else if (write.kind === 'update') table.update(write.key, write.change);
      else if (write.kind === 'delete') table.delete(write.key);
    }
  }

  /**
   * @param {{table: string, key: Item}[]} reads
   * @returns {(Item | undefined)[]}
   */
  transactGet(reads) {
    return reads.map(({ table, key }) => this.table(table).get(key));
  }
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
