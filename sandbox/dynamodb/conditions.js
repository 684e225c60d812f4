// If an item meets a condition.
import { compare, equal, invalid, typeOf } from './values.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {import('./parser.js').Node} Node */
/** @typedef {import('./parser.js').Path} Path */

/**
 * What an item has at a path.
 * @param {Item} item
 * @param {Path} path
 * @returns {Value | undefined}
 */
export function at(item, path) {
  /** @type {Value | undefined} */
  let value = { M: item };
  for (const step of path) {
    if (typeof step === 'number') value = value?.L?.[step];
    else value = value?.M && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
  }
  return value;
}

/**
 * @param {Node} node
 * @param {Item} item
 * @returns {boolean}
 */
export function holds(node, item) {
  switch (node.op) {
    case 'and':
      return holds(node.left, item) && holds(node.right, item);
    case 'or':
      return holds(node.left, item) || holds(node.right, item);
    case 'not':
      return !holds(node.operand, item);
    case 'compare':
      return compares(node.sign, operand(node.left, item), operand(node.right, item));
    case 'between': {
      const value = operand(node.operand, item);
      return (
        compares('>=', value, operand(node.low, item)) &&
        compares('<=', value, operand(node.high, item))
      );
    }
    case 'in': {
      const value = operand(node.operand, item);
      return node.choices.some((choice) => compares('=', value, operand(choice, item)));
    }
    case 'call':
      return calls(node.name, node.arguments, item);
    default:
      throw invalid('Invalid expression: an operand stands where a condition must be');
  }
}

/**
 * @param {Node} node
 * @param {Item} item
 * @returns {Value | undefined}
 */
function operand(node, item) {
  switch (node.op) {
    case 'path':
      return at(item, node.path);
    case 'value':
      return node.value;
    case 'call': {
      if (node.name !== 'size') break;
      const value = operand(node.arguments[0], item);
      return value && { N: String(size(value)) };
    }
  }
  throw invalid('Invalid expression: a condition stands where an operand must be');
}

/** @param {Value} value */
function size(value) {
  const type = typeOf(value);
  if (type === 'S') return Buffer.byteLength(value.S);
  return type === 'M' ? Object.keys(value.M).length : value[type].length;
}

/**
 * @param {string} sign
 * @param {Value | undefined} left
 * @param {Value | undefined} right
 */
function compares(sign, left, right) {
  // What is missing differs from everything, and has no order.
  if (left === undefined || right === undefined) return sign === '<>' && left !== right;
  if (sign === '=') return equal(left, right);
  if (sign === '<>') return !equal(left, right);
  const order = compare(left, right);
  if (order === undefined) return false;
  switch (sign) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

/**
 * @param {string} name
 * @param {Node[]} given
 * @param {Item} item
 */
function calls(name, given, item) {
  const value = operand(given[0], item);
  const other = given.length > 1 ? operand(given[1], item) : undefined;
  switch (name) {
    case 'attribute_exists':
      return value !== undefined;
    case 'attribute_not_exists':
      return value === undefined;
    case 'attribute_type':
      return value !== undefined && typeOf(value) === other?.S;
    case 'begins_with':
      return value?.S !== undefined && other?.S !== undefined && value.S.startsWith(other.S);
    case 'contains':
      return value !== undefined && other !== undefined && contains(value, other);
    default:
      throw invalid(`Invalid expression: Invalid function name; function: ${name}`);
  }
}

/**
 * @param {Value} value
 * @param {Value} part
 */
function contains(value, part) {
  const type = typeOf(value);
  if (type === 'S') return part.S !== undefined && value.S.includes(part.S);
  if (type === 'L') return value.L.some((/** @type {Value} */ entry) => equal(entry, part));
  if (type.endsWith('S') && type.length === 2) return value[type].includes(part[type[0]]);
  return false;
}
