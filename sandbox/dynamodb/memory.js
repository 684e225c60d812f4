// A store that forgets everything when the process ends.

/** @typedef {import('./values.js').Item} Item */

/**
 * Where a table keeps its items, each under a text that its key makes. A table never changes an
 * item that it gave to its store, and makes one write at a time.
 * @typedef {object} Store
 * @property {(key: string) => Item | undefined} get
 * @property {(key: string, item: Item) => void} set
 * @property {(key: string) => void} delete
 * @property {() => Iterable<Item>} values In any order.
 */

/** @returns {Store} */
export function memoryStore() {
  /** @type {Map<string, Item>} */
  const items = new Map();
  return {
    get: (key) => items.get(key),
    set: (key, item) => void items.set(key, item),
    delete: (key) => void items.delete(key),
    values: () => items.values(),
  };
}
