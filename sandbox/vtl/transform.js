// `$util.transform`: filters as the API takes them, in the form of DynamoDB and of subscriptions.
import { toValue } from '../dynamodb/values.js';

/** @typedef {Record<string, any>} Filter Fields with their comparisons, and `and`, `or`, `not`. */
/** @typedef {{expression: string, expressionNames: Record<string, string>,
 *   expressionValues: Record<string, any>}} Expression */
/** @typedef {{fieldName: string, operator: string, value: any}} SubscriptionTest */
/** @typedef {{filterGroup: {filters: SubscriptionTest[]}[]}} SubscriptionFilter It lets through
 *   what meets all tests of any group. */

/** @type {Record<string, string>} */
const SIGNS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** @type {Record<string, string>} */
const TYPES = {
  binary: 'B',
  binarySet: 'BS',
  bool: 'BOOL',
  list: 'L',
  map: 'M',
  number: 'N',
  numberSet: 'NS',
  string: 'S',
  stringSet: 'SS',
  _null: 'NULL',
};

/**
 * @param {Filter} filter
 * @returns {Expression}
 */
export function filterExpression(filter) {
  /** @type {Expression} */
  const made = { expression: '', expressionNames: {}, expressionValues: {} };
  made.expression = all(filter, [], made);
  return made;
}

/**
 * @param {Filter} filter
 * @param {(string | number)[]} prefix What distinguishes the names of values in this part.
 * @param {Expression} made
 * @returns {string}
 */
function all(filter, prefix, made) {
  const parts = Object.entries(filter ?? {}).map(([name, value]) => {
    if (name === 'and' || name === 'or') {
      const filters = Array.isArray(value) ? value : [value];
      const inner = filters.map((item, index) => all(item, [...prefix, name, index], made));
      return joined(inner, name.toUpperCase());
    }
    if (name === 'not') {
      const inner = all(value, [...prefix, name], made);
      return inner && `(NOT ${inner})`;
    }
    const comparisons = Object.entries(value ?? {}).map(([operator, operand]) =>
      comparison(name, operator, operand, prefix, made),
    );
    return joined(comparisons, 'AND');
  });
  return joined(parts, 'AND');
}

/**
 * @param {string[]} parts
 * @param {string} word
 */
function joined(parts, word) {
  const present = parts.filter((part) => part !== '');
  return present.length > 1 ? `(${present.join(` ${word} `)})` : (present[0] ?? '');
}

/**
 * @param {string} field
 * @param {string} operator
 * @param {any} operand
 * @param {(string | number)[]} prefix
 * @param {Expression} made
 * @returns {string}
 */
function comparison(field, operator, operand, prefix, made) {
  const name = `#${field}`;
  made.expressionNames[name] = field;
  /** @type {(operand: any, ...suffix: (string | number)[]) => string} */
  const value = (operand, ...suffix) => {
    const placeholder = `:${[...prefix, field, operator, ...suffix].join('_')}`;
    made.expressionValues[placeholder] = toValue(operand);
    return placeholder;
  };
  if (Object.hasOwn(SIGNS, operator)) return `${name} ${SIGNS[operator]} ${value(operand)}`;
  switch (operator) {
    case 'attributeExists':
      return `${operand ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
    case 'attributeType':
      return `attribute_type(${name}, ${value(TYPES[operand] ?? operand)})`;
    case 'between':
      return `${name} BETWEEN ${value(operand[0], 0)} AND ${value(operand[1], 1)}`;
    case 'beginsWith':
      return `begins_with(${name}, ${value(operand)})`;
    case 'contains':
      return `contains(${name}, ${value(operand)})`;
    case 'notContains':
      return `(NOT contains(${name}, ${value(operand)}))`;
    case 'in':
      return `${name} IN (${operand.map((/** @type {any} */ item, /** @type {number} */ index) => value(item, index)).join(', ')})`;
    case 'size': {
      const parts = Object.entries(operand).map(([sign, bound]) =>
        sign === 'between'
          ? `size(${name}) BETWEEN ${value(bound[0], 0)} AND ${value(bound[1], 1)}`
          : `size(${name}) ${SIGNS[sign]} ${value(bound, sign)}`,
      );
      return joined(parts, 'AND');
    }
    default:
      throw new Error(`a filter has ${operator}, which is not known here`);
  }
}

/**
 * @param {Filter} filter
 * @returns {SubscriptionFilter}
 */
export function subscriptionFilter(filter) {
  return { filterGroup: alternatives(filter).map((filters) => ({ filters })) };
}

/**
 * The ways to meet a filter: each is a list of tests that must all be met.
 * @param {Filter} filter
 * @returns {SubscriptionTest[][]}
 */
function alternatives(filter) {
  /** @type {SubscriptionTest[][]} */
  let ways = [[]];
  for (const [name, value] of Object.entries(filter)) {
    if (value === null) continue;
    if (name === 'or') {
      ways = crossed(ways, value.flatMap(alternatives));
    } else if (name === 'and') {
      for (const part of value) ways = crossed(ways, alternatives(part));
    } else {
      const tests = Object.entries(value).map(([operator, operand]) => ({
        fieldName: name,
        operator,
        value: operand,
      }));
      ways = crossed(ways, [tests]);
    }
  }
  return ways;
}

/**
 * @param {SubscriptionTest[][]} ways
 * @param {SubscriptionTest[][]} others
 */
function crossed(ways, others) {
  return ways.flatMap((way) => others.map((other) => [...way, ...other]));
}
