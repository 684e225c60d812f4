// The values of templates: JSON whose objects are Maps, and how they are compared and printed.

/**
 * A JSON value as templates see it; a copy, which they may change.
 * @param {any} value
 * @returns {any}
 */
export function fromJson(value) {
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const entries = value instanceof Map ? value : Object.entries(value);
  return new Map([...entries].map(([key, item]) => [key, fromJson(item)]));
}

/**
 * A value of a template's as JSON.
 * @param {any} value
 * @returns {any}
 */
export function toJson(value) {
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toJson);
  const entries = value instanceof Map ? value : Object.entries(value);
  return Object.fromEntries([...entries].map(([key, item]) => [key, toJson(item)]));
}

/**
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => same(item, other[index]));
  }
  if (one instanceof Map && other instanceof Map) {
    return one.size === other.size && [...one].every(([key, item]) => same(item, other.get(key)));
  }
  // Values of different types are equal when they read the same.
  const comparable = (/** @type {any} */ value) => value !== null && value !== undefined;
  return (
    comparable(one) &&
    comparable(other) &&
    typeof one !== 'object' &&
    typeof other !== 'object' &&
    String(one) === String(other)
  );
}

/**
 * A value as Java prints it.
 * @param {any} value
 * @returns {string}
 */
export function text(value) {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${key}=${text(item)}`).join(', ')}}`;
  }
  return String(value);
}
