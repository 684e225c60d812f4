// A store that outlives the process: all tables in one file, to which each change is added.
//
// A line holds what was changed at once, so that a transaction is there whole or not at all, also
// when the process is killed. What is not a whole line at the end was never answered.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { storeKey } from './keys.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./memory.js').Store} Store */
/** @typedef {import('../assembly/model.js').Key} Key */
/** @typedef {import('../assembly/model.js').TableModel} TableModel */
/** @typedef {[table: string, key: string, item: Item | null]} Change Without an item, deleted. */

// As many lines that say nothing any more are worth writing the file anew.
const SPARE_LINES = 10_000;

export class Journal {
  /** @type {Map<string, Map<string, Item>>} */
  #tables = new Map();
  /** @type {Map<string, Store>} Those that are in use, by table and key. */
  #stores = new Map();
  /** @type {Change[]} What was changed and is not in the file yet. */
  #changes = [];
  /** @type {number} */
  #file;

  /** @param {string} file */
  constructor(file) {
    mkdirSync(path.dirname(file), { recursive: true });
    const lines = existsSync(file) ? this.#read(file) : 0;
    const rows = [...this.#tables.values()].reduce((sum, items) => sum + items.size, 0);
    if (lines > rows + SPARE_LINES) this.#rewrite(file);
    this.#file = openSync(file, 'a');
  }

  /**
   * What a table has, under the keys that it has now.
   * @param {TableModel} model
   * @returns {Store}
   */
  storeOf({ name, key }) {
    const known = `${name} ${JSON.stringify(key)}`;
    const store = this.#stores.get(known) ?? this.#open(name, key);
    this.#stores.set(known, store);
    return store;
  }

  /**
   * @param {string} table
   * @param {Key} key
   * @returns {Store}
   */
  #open(table, key) {
    /** @type {Map<string, Item>} */
    const items = new Map();
    for (const item of this.#tables.get(table)?.values() ?? []) {
      const place = placeOf(key, item);
      // What has no such key is left in the file, for when the table's key is that again.
      if (place !== null) items.set(place, item);
    }
    return {
      get: (place) => items.get(place),
      set: (place, item) => {
        items.set(place, item);
        this.#change([table, place, item]);
      },
      delete: (place) => {
        if (items.delete(place)) this.#change([table, place, null]);
      },
      values: () => items.values(),
    };
  }

  close() {
    this.#flush();
    closeSync(this.#file);
  }

  /** @param {Change} change */
  #change(change) {
    this.#apply(change);
    this.#changes.push(change);
    // A transaction changes all its items before anything else runs, and before it is answered.
    if (this.#changes.length === 1) queueMicrotask(() => this.#flush());
  }

  #flush() {
    if (this.#changes.length === 0) return;
    const line = Buffer.from(`${JSON.stringify(this.#changes)}\n`);
    this.#changes = [];
    for (let written = 0; written < line.length;) {
      written += writeSync(this.#file, line, written);
    }
  }

  /** @param {Change} change */
  #apply([table, key, item]) {
    const items = this.#tables.get(table) ?? new Map();
    this.#tables.set(table, items);
    if (item) items.set(key, item);
    else items.delete(key);
  }

  /**
   * @param {string} file
   * @returns {number} how many lines it has
   */
  #read(file) {
    const content = readFileSync(file);
    const end = content.lastIndexOf('\n') + 1;
    if (end < content.length) truncateSync(file, end);
    const lines = content.subarray(0, end).toString().split('\n').slice(0, -1);
    lines.forEach((line, index) => {
      try {
        for (const change of JSON.parse(line)) this.#apply(change);
      } catch {
        throw new Error(
          `${file}:${index + 1} is damaged: start with --reset to forget all records`,
        );
      }
    });
    return lines.length;
  }

  /** @param {string} file */
  #rewrite(file) {
    const fresh = `${file}.new`;
    const target = openSync(fresh, 'w');
    for (const [table, items] of this.#tables) {
      for (const [key, item] of items) {
        writeSync(target, `${JSON.stringify([[table, key, item]])}\n`);
      }
    }
    closeSync(target);
    renameSync(fresh, file);
  }
}

/**
 * @param {Key} key
 * @param {Item} item
 */
function placeOf(key, item) {
  try {
    return storeKey(key, item);
  } catch {
    return null;
  }
}
