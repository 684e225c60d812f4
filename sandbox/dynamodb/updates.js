// What an item becomes through an update.
import { at } from './conditions.js';
import { equal, invalid, typeOf } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./parser.js').Node} Node */
/** @typedef {import('./parser.js').Path} Path */
/** @typedef {import('./parser.js').Update} Update */

/**
 * @param {Item} item It stays as it is.
 * @param {Update} update
 * @returns {Item}
 */
export function updated(item, update) {
  const result = structuredClone(item);
  // Values are those from before the update, whatever the order of the actions.
  const values = update.set.map(({ value }) => evaluate(value, item));
  update.set.forEach(({ path }, index) => put(result, path, values[index]));
  for (const { path, value } of update.add)
    put(result, path, added(at(item, path), operand(value)));
  for (const { path, value } of update.delete) {
    const left = without(at(item, path), operand(value));
    if (left) put(result, path, left);
    else remove(result, path);
  }
  // From the end, so that places in lists stay right.
  for (const path of [...update.remove].reverse()) remove(result, path);
  return result;
}

/**
 * @param {Node} node
 * @returns {Value}
 */
function operand(node) {
  if (node.op !== 'value') throw invalid('Invalid UpdateExpression: a value is missing');
  return node.value;
}

/**
 * @param {Node} node
 * @param {Item} item
 * @returns {Value}
 */
function evaluate(node, item) {
  switch (node.op) {
    case 'value':
      return node.value;
    case 'path': {
      const value = at(item, node.path);
      if (value) return value;
      throw invalid(
        'The provided expression refers to an attribute that does not exist in the item',
      );
    }
    case 'plus':
    case 'minus': {
      const [left, right] = [evaluate(node.left, item), evaluate(node.right, item)];
      if (left.N === undefined || right.N === undefined) {
        throw invalid('An operand in the update expression has an incorrect data type');
      }
      const sign = node.op === 'plus' ? 1 : -1;
      return { N: String(Number(left.N) + sign * Number(right.N)) };
    }
    case 'call': {
      const [first, second] = node.arguments;
      if (node.name === 'if_not_exists' && first.op === 'path') {
        return at(item, first.path) ?? evaluate(second, item);
      }
      if (node.name === 'list_append') {
        return { L: [...evaluate(first, item).L, ...evaluate(second, item).L] };
      }
      throw invalid(`Invalid UpdateExpression: Invalid function name; function: ${node.name}`);
    }
    default:
      throw invalid('Invalid UpdateExpression: a condition stands where a value must be');
  }
}

/**
 * @param {Item} item
 * @param {Path} path
 * @param {Value} value
 */
function put(item, path, value) {
  const { holder, last } = parent(item, path);
  if (Array.isArray(holder)) holder[Math.min(Number(last), holder.length)] = value;
  else holder[last] = value;
}

/**
 * @param {Item} item
 * @param {Path} path
 */
function remove(item, path) {
  if (at(item, path) === undefined) return;
  const { holder, last } = parent(item, path);
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
}

/**
 * @param {Item} item
 * @param {Path} path
 * @returns {{holder: any, last: string | number}}
 */
function parent(item, path) {
  const value = at(item, path.slice(0, -1));
  const last = path[path.length - 1];
  const holder = typeof last === 'number' ? value?.L : value?.M;
  if (!holder) {
    throw invalid('The document path provided in the update expression is invalid for update');
  }
  return { holder, last };
}

/**
 * @param {Value | undefined} value
 * @param {Value} more
 * @returns {Value}
 */
function added(value, more) {
  if (value === undefined) return more;
  const type = typeOf(more);
  if (type !== typeOf(value)) throw invalid('Type mismatch for attribute to update');
  if (type === 'N') return { N: String(Number(value.N) + Number(more.N)) };
  return { [type]: [...new Set([...value[type], ...more[type]])] };
}

/**
 * @param {Value | undefined} value
 * @param {Value} less
 * @returns {Value | undefined}
 */
function without(value, less) {
  if (value === undefined || equal(value, less)) return undefined;
  const type = typeOf(less);
  const left = (value[type] ?? []).filter(
    (/** @type {string} */ entry) => !less[type].includes(entry),
  );
  return left.length ? { [type]: left } : undefined;
}
