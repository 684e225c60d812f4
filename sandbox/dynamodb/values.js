// DynamoDB's typed values: from and to JSON, in order, and equal.

/** @typedef {Record<string, any>} Value One type, such as S or N, and what is of that type. */
/** @typedef {Record<string, Value>} Item */

/** An error of DynamoDB's; its name is that of the real one. */
export class DynamoError extends Error {
  /**
   * @param {string} name
   * @param {string} message
   */
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/** @param {string} message */
export function invalid(message) {
  return new DynamoError('ValidationException', message);
}

/**
 * A JSON value, or one of Maps, as DynamoDB keeps it.
 * @param {any} value
 * @returns {Value}
 */
export function toValue(value) {
  if (value === null || value === undefined) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toValue) };
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return { M: Object.fromEntries(entries.map(([key, item]) => [key, toValue(item)])) };
}

/**
 * A value of DynamoDB's as JSON.
 * @param {Value} value
 * @returns {any}
 */
function fromValue(value) {
  const [[type, content]] = Object.entries(value);
  switch (type) {
    case 'NULL':
      return null;
    case 'N':
      return Number(content);
    case 'L':
      return content.map(fromValue);
    case 'M':
      return fromItem(content);
    case 'NS':
      return content.map(Number);
    default:
      return content;
  }
}

/**
 * @param {Item} item
 * @returns {Record<string, any>}
 */
export function fromItem(item) {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, fromValue(value)]));
}

/** @param {Value} value */
export function typeOf(value) {
  return Object.keys(value)[0];
}

/**
 * Negative, zero or positive as the first is before, at or after the second; undefined when they
 * have no order.
 * @param {Value} one
 * @param {Value} other
 */
export function compare(one, other) {
  const type = typeOf(one);
  if (type !== typeOf(other)) return undefined;
  if (type === 'N') return Number(one.N) - Number(other.N);
  // Strings have the order of their UTF-8 bytes, which is not that of JavaScript's comparison.
  if (type === 'S') return Buffer.compare(Buffer.from(one.S), Buffer.from(other.S));
  if (type === 'B') return Buffer.compare(bytes(one.B), bytes(other.B));
  return undefined;
}

/** @param {string} text In base 64. */
function bytes(text) {
  return Buffer.from(text, 'base64');
}

/**
 * @param {Value} one
 * @param {Value} other
 * @returns {boolean}
 */
export function equal(one, other) {
  const type = typeOf(one);
  if (type !== typeOf(other)) return false;
  const [first, second] = [one[type], other[type]];
  switch (type) {
    case 'NULL':
      return true;
    case 'N':
      return Number(first) === Number(second);
    case 'L':
      return first.length === second.length && first.every(pairwise(second));
    case 'M': {
      const keys = Object.keys(first);
      return (
        keys.length === Object.keys(second).length &&
        keys.every((key) => Object.hasOwn(second, key) && equal(first[key], second[key]))
      );
    }
    case 'SS':
    case 'NS':
    case 'BS':
      return (
        first.length === second.length && [...first].sort().join() === [...second].sort().join()
      );
    default:
      return first === second;
  }
}

/** @param {Value[]} others */
function pairwise(others) {
  return (/** @type {Value} */ item, /** @type {number} */ index) => equal(item, others[index]);
}

/**
 * A text that is the same for equal keys only.
 * @param {Value[]} values
 */
export function keyText(values) {
  return JSON.stringify(values.map((value) => (typeOf(value) === 'N' ? Number(value.N) : value)));
}
