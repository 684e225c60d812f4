// Keys of tables and indexes: what an item's is, and if it may be one.
import { createHash } from 'node:crypto';
import { invalid, keyText, typeOf } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('../assembly/model.js').Key} Key */

/**
 * The attributes of a key, its partition first.
 * @param {Key} key
 */
export function attributes(key) {
  return key.range ? [key.hash, key.range] : [key.hash];
}

/**
 * The part of an item that is its key.
 * @param {Key} key
 * @param {Item} item
 * @returns {Item}
 */
export function keyOf(key, item) {
  return Object.fromEntries(attributes(key).map(({ name }) => [name, item[name]]));
}

/**
 * If an item is in an index; one without all attributes of its key is not.
 * @param {Key} key
 * @param {Item} item
 */
export function isIn(key, item) {
  return attributes(key).every(({ name }) => item[name] !== undefined);
}

/**
 * The text under which an item is stored.
 * @param {Key} key
 * @param {Item} item
 * @throws {import('./values.js').DynamoError} when the item has no whole key
 */
export function storeKey(key, item) {
  for (const { name, type } of attributes(key)) {
    const value = item[name];
    if (value === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Missing the key ${name} in the item`,
      );
    }
    if (typeOf(value) !== type) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      );
    }
    notEmpty(name, value);
  }
  return keyText(attributes(key).map(({ name }) => item[name]));
}

/**
 * @param {string} index
 * @param {Key} key
 * @param {Item} item
 * @throws {import('./values.js').DynamoError} when the item could not be in the index
 */
export function checkIndexed(index, key, item) {
  for (const { name, type } of attributes(key)) {
    const value = item[name];
    if (value === undefined) continue;
    if (typeOf(value) !== type) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
      );
    }
    notEmpty(name, value);
  }
}

/**
 * @param {string} name
 * @param {Value} value
 */
function notEmpty(name, value) {
  if (value.S === '' || value.B === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
}

/**
 * Where a partition is among all others: as in DynamoDB in an order that tells nothing, but is
 * always the same.
 * @param {Value} partition
 */
export function place(partition) {
  return createHash('sha1')
    .update(keyText([partition]))
    .digest('hex');
}
