// One table with its indexes: reads, conditional writes, queries and scans by pages.
import { holds } from './conditions.js';
import { checkIndexed, isIn, keyOf, place, storeKey } from './keys.js';
import { parseCondition, parseUpdate } from './parser.js';
import { keyCondition, refuseKeys } from './querying.js';
import { updated } from './updates.js';
import { compare, DynamoError, equal, invalid } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./parser.js').Placeholders} Placeholders */
/** @typedef {import('./parser.js').Node} Node */
/** @typedef {import('./memory.js').Store} Store */
/** @typedef {import('../assembly/model.js').Key} Key */
/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/** @typedef {{expression: string} & Placeholders} Expression */
/** @typedef {{index?: string | null, filter?: Expression | null, limit?: number | null,
 *   start?: Item | null}} Paging */
/** @typedef {{items: Item[], scanned: number, last: Item | null}} Page */
/** @typedef {(one: Item, other: Item) => number} Order */

const PAGE_BYTES = 1024 * 1024;

export class Table {
  /** @type {Map<Key, WeakMap<Item, string>>} What scans go by, of items that never change. */
  #places = new Map();

  /**
   * @param {TableModel} model
   * @param {Store} store
   */
  constructor(model, store) {
    this.model = model;
    this.store = store;
  }

  /** @param {Item} key */
  get(key) {
    return this.store.get(storeKey(this.model.key, key));
  }

  /**
   * @param {Item} item
   * @param {Expression | null} [condition]
   * @returns {Item | undefined} what the item takes the place of
   */
  put(item, condition) {
    const key = storeKey(this.model.key, item);
    for (const [name, index] of Object.entries(this.model.indexes)) {
      checkIndexed(name, index, item);
    }
    const old = this.store.get(key);
    check(old, condition);
    this.store.set(key, item);
    return old;
  }

  /**
   * @param {Item} key
   * @param {Expression} change
   * @param {Expression | null} [condition]
   * @returns {Item} the item as it is now
   */
  update(key, change, condition) {
    const text = storeKey(this.model.key, key);
    const old = this.store.get(text);
    check(old, condition);
    const item = updated(old ?? key, parseUpdate(change.expression, change));
    if (storeKey(this.model.key, item) !== text) {
      throw invalid(
        'One or more parameter values were invalid: Cannot update attribute of the key',
      );
    }
    return (this.put(item), item);
  }

  /**
   * @param {Item} key
   * @param {Expression | null} [condition]
   * @returns {Item | undefined} what was there
   */
  delete(key, condition) {
    const text = storeKey(this.model.key, key);
    const old = this.store.get(text);
    check(old, condition);
    this.store.delete(text);
    return old;
  }

  /**
   * The items of one partition, in the order of the sort key.
   * @param {Expression} expression
   * @param {Paging & {forward?: boolean}} [options]
   * @returns {Page}
   */
  query(expression, { forward = true, ...paging } = {}) {
    const key = this.#key(paging.index);
    const condition = keyCondition(parseCondition(expression.expression, expression), key);
    const { filter } = paging;
    if (filter?.expression) refuseKeys(parseCondition(filter.expression, filter), key);
    const found = this.#items(key).filter(
      (item) =>
        equal(item[key.hash.name], condition.partition) &&
        (!condition.sort || holds(condition.sort, item)),
    );
    const sign = forward ? 1 : -1;
    return this.#page(found, key, (one, other) => sign * this.#order(key, one, other), paging);
  }

  /**
   * All items, in the order of their partitions' hashes.
   * @param {Paging} [paging]
   * @returns {Page}
   */
  scan(paging = {}) {
    const key = this.#key(paging.index);
    const items = this.#items(key);
    const places = this.#places.get(key) ?? new WeakMap();
    this.#places.set(key, places);
    /** @param {Item} item */
    const placeOf = (item) => {
      const known = places.get(item) ?? place(item[key.hash.name]);
      places.set(item, known);
      return known;
    };
    /** @type {Order} */
    const order = (one, other) =>
      ordered(placeOf(one), placeOf(other)) || this.#order(key, one, other);
    return this.#page(items, key, order, paging);
  }

  /** @param {string | null} [index] */
  #key(index) {
    if (!index) return this.model.key;
    const key = this.model.indexes[index];
    if (key) return key;
    throw invalid(`The table does not have the specified index: ${index}`);
  }

  /** @param {Key} key */
  #items(key) {
    return [...this.store.values()].filter((item) => isIn(key, item));
  }

  /**
   * @param {Key} key
   * @param {Item} one
   * @param {Item} other
   */
  #order(key, one, other) {
    const name = key.range?.name;
    const sorted = name ? compare(one[name], other[name]) : 0;
    if (sorted || key === this.model.key) return sorted ?? 0;
    // Within an index, several items may have the same key.
    return ordered(storeKey(this.model.key, one), storeKey(this.model.key, other));
  }

  /**
   * @param {Item[]} all
   * @param {Key} key
   * @param {Order} order
   * @param {Paging} paging
   * @returns {Page}
   */
  #page(all, key, order, { filter, limit, start }) {
    all.sort(order);
    const condition = filter?.expression ? parseCondition(filter.expression, filter) : null;
    const page = { items: /** @type {Item[]} */ ([]), scanned: 0 };
    let bytes = 0;
    for (const item of all) {
      if (start && order(item, start) <= 0) continue;
      page.scanned += 1;
      if (!condition || holds(condition, item)) page.items.push(item);
      bytes += JSON.stringify(item).length;
      // As in DynamoDB there is a next page whenever a limit ended this one, even if it is empty.
      if (page.scanned === limit || bytes >= PAGE_BYTES) {
        return { ...page, last: { ...keyOf(key, item), ...keyOf(this.model.key, item) } };
      }
    }
    return { ...page, last: null };
  }
}

/**
 * @param {string} one
 * @param {string} other
 */
function ordered(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/**
 * @param {Item | undefined} item
 * @param {Expression | null} [condition]
 */
export function check(item, condition) {
  if (!condition?.expression) return;
  if (!holds(parseCondition(condition.expression, condition), item ?? {})) {
    throw new DynamoError('ConditionalCheckFailedException', 'The conditional request failed');
  }
}
