// The methods that Java's strings, lists and maps have in templates.
import { same, text } from './values.js';

/** @typedef {Record<string, (self: any, ...given: any[]) => any>} Methods */

/** @type {Methods} */
const ANY = {
  equals: (self, other) => same(self, other),
  toString: (/** @type {any} */ self) => text(self),
};

/** @type {Methods} */
const STRING = {
  charAt: (self, index) => self.charAt(index),
  concat: (self, other) => self + text(other),
  contains: (self, part) => self.includes(text(part)),
  endsWith: (self, part) => self.endsWith(text(part)),
  equalsIgnoreCase: (self, other) => self.toLowerCase() === text(other).toLowerCase(),
  indexOf: (self, part) => self.indexOf(text(part)),
  isEmpty: (self) => self === '',
  lastIndexOf: (self, part) => self.lastIndexOf(text(part)),
  length: (self) => self.length,
  matches: (self, pattern) => new RegExp(`^(?:${pattern})$`).test(self),
  replace: (self, part, other) => self.replaceAll(text(part), () => text(other)),
  replaceAll: (self, pattern, other) => self.replace(new RegExp(pattern, 'g'), other),
  replaceFirst: (self, pattern, other) => self.replace(new RegExp(pattern), other),
  split: (self, pattern) => split(self, pattern),
  startsWith: (self, part) => self.startsWith(text(part)),
  substring: (self, start, end) => self.substring(start, end ?? undefined),
  toLowerCase: (self) => self.toLowerCase(),
  toUpperCase: (self) => self.toUpperCase(),
  trim: (self) => self.trim(),
};

/** @type {Methods} */
const LIST = {
  add: (self, item) => self.push(item) > 0,
  addAll: (self, items) => self.push(...items) > 0,
  clear: (self) => void self.splice(0),
  contains: (self, item) => position(self, item) >= 0,
  containsAll: (self, items) => items.every((/** @type {any} */ item) => position(self, item) >= 0),
  get: (self, index) => self[index] ?? null,
  indexOf: (self, item) => position(self, item),
  isEmpty: (self) => self.length === 0,
  remove: (self, item) => {
    const index = typeof item === 'number' ? item : position(self, item);
    return index >= 0 && self.splice(index, 1).length > 0;
  },
  removeAll: (self, items) => retain(self, (item) => position(items, item) < 0),
  retainAll: (self, items) => retain(self, (item) => position(items, item) >= 0),
  set: (self, index, item) => self.splice(index, 1, item)[0],
  size: (self) => self.length,
  subList: (self, start, end) => self.slice(start, end),
};

/** @type {Methods} */
const MAP = {
  clear: (self) => self.clear(),
  containsKey: (self, key) => self.has(text(key)),
  containsValue: (self, value) => position([...self.values()], value) >= 0,
  entrySet: (self) => [...self].map(([key, value]) => new Map(Object.entries({ key, value }))),
  get: (self, key) => self.get(text(key)) ?? null,
  isEmpty: (self) => self.size === 0,
  keySet: (self) => [...self.keys()],
  put: (self, key, value) => {
    const old = self.get(text(key)) ?? null;
    self.set(text(key), value);
    return old;
  },
  putAll: (self, other) => {
    for (const [key, value] of other) self.set(key, value);
  },
  remove: (self, key) => {
    const old = self.get(text(key)) ?? null;
    self.delete(text(key));
    return old;
  },
  size: (self) => self.size,
  values: (self) => [...self.values()],
};

/**
 * The method of that name which a value has.
 * @param {any} value
 * @param {string} name
 * @returns {Methods[string] | undefined}
 */
export function method(value, name) {
  let methods = ANY;
  if (typeof value === 'string') methods = STRING;
  else if (Array.isArray(value)) methods = LIST;
  else if (value instanceof Map) methods = MAP;
  if (Object.hasOwn(methods, name)) return methods[name];
  return Object.hasOwn(ANY, name) ? ANY[name] : undefined;
}

/**
 * @param {any[]} list
 * @param {any} item
 */
function position(list, item) {
  return list.findIndex((entry) => same(entry, item));
}

/**
 * @param {any[]} list
 * @param {(item: any) => boolean} stays
 */
function retain(list, stays) {
  const left = list.filter(stays);
  const changed = left.length !== list.length;
  list.splice(0, list.length, ...left);
  return changed;
}

/**
 * Like Java, which leaves out empty strings at the end.
 * @param {string} self
 * @param {string} pattern
 */
function split(self, pattern) {
  const parts = self.split(new RegExp(pattern));
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}
