// What a key condition asks for: one partition, and maybe some of its sort keys.
import { invalid } from './values.js';

/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./parser.js').Node} Node */
/** @typedef {import('../assembly/model.js').Key} Key */

/**
 * @param {Node} node
 * @param {Key} key
 * @returns {{partition: Value, sort: Node | null}}
 * @throws {import('./values.js').DynamoError} when the condition is none on that key
 */
export function keyCondition(node, key) {
  const parts = node.op === 'and' ? [node.left, node.right] : [node];
  const partition = parts.find((part) => isOn(part, key.hash.name) && isEquality(part));
  const rest = parts.filter((part) => part !== partition);
  if (partition?.op !== 'compare' || partition.right.op !== 'value') {
    throw invalid(`Query condition missed key schema element: ${key.hash.name}`);
  }
  for (const part of rest) {
    if (!key.range || !isOn(part, key.range.name)) {
      const missed = key.range ? `: ${key.range.name}` : '';
      throw invalid(`Query condition missed key schema element${missed}`);
    }
    if (!isRange(part)) throw invalid('Invalid operator used in KeyConditionExpression');
  }
  return { partition: partition.right.value, sort: rest[0] ?? null };
}

/**
 * Refuses a filter of a query that looks at the key by which it asks, as DynamoDB does.
 * @param {Node} filter
 * @param {Key} key
 * @throws {import('./values.js').DynamoError}
 */
export function refuseKeys(filter, key) {
  const names = [key.hash.name, key.range?.name];
  const wrong = [...firstNames(filter)].find((name) => names.includes(name));
  if (wrong === undefined) return;
  throw invalid(
    'Filter Expression can only contain non-primary key attributes: ' +
      `Primary key attribute: ${wrong}`,
  );
}

/**
 * What the paths of an expression begin with.
 * @param {Node} node
 * @returns {Generator<string>}
 */
function* firstNames(node) {
  if (node.op === 'path') yield String(node.path[0]);
  for (const inner of Object.values(node).flat()) {
    if (inner?.op) yield* firstNames(inner);
  }
}

/** @param {Node} node */
function isEquality(node) {
  return node.op === 'compare' && node.sign === '=' && node.right.op === 'value';
}

/** @param {Node} node */
function isRange(node) {
  if (node.op === 'compare') return node.sign !== '<>';
  return node.op === 'between' || (node.op === 'call' && node.name === 'begins_with');
}

/**
 * @param {Node} node
 * @param {string} name
 */
function isOn(node, name) {
  /** @type {Node | null} */
  let operand = null;
  if (node.op === 'compare') operand = node.left;
  else if (node.op === 'between') operand = node.operand;
  else if (node.op === 'call') operand = node.arguments[0];
  return operand?.op === 'path' && operand.path.length === 1 && operand.path[0] === name;
}
