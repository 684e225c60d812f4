// If a payload meets what a subscriber, or a rule for it, asks.

/** @typedef {import('../vtl/transform.js').SubscriptionFilter} SubscriptionFilter */
/** @typedef {import('../vtl/transform.js').SubscriptionTest} SubscriptionTest */
/** @typedef {Record<string, any>} Payload */

/** @type {Record<string, (value: any, wanted: any) => boolean>} */
const OPERATORS = {
  beginsWith: (value, wanted) => typeof value === 'string' && value.startsWith(wanted),
  between: (value, wanted) => value >= wanted[0] && value <= wanted[1],
  contains: (value, wanted) => value.includes?.(wanted) ?? false,
  containsAny: (value, wanted) => wanted.some((/** @type {any} */ item) => value.includes?.(item)),
  eq: (value, wanted) => value === wanted,
  ge: (value, wanted) => value >= wanted,
  gt: (value, wanted) => value > wanted,
  in: (value, wanted) => wanted.includes(value),
  le: (value, wanted) => value <= wanted,
  lt: (value, wanted) => value < wanted,
  ne: (value, wanted) => value !== wanted,
  notContains: (value, wanted) => !(value.includes?.(wanted) ?? false),
  notIn: (value, wanted) => !wanted.includes(value),
};

/**
 * @param {SubscriptionFilter} filter
 * @param {Payload} payload
 */
export function passes({ filterGroup }, payload) {
  return filterGroup.some(({ filters }) => filters.every((test) => meets(test, payload)));
}

/**
 * @param {SubscriptionTest} test
 * @param {Payload} payload
 */
function meets({ fieldName, operator, value }, payload) {
  const found = fieldName.split('.').reduce((at, name) => at?.[name] ?? null, payload);
  if (!Object.hasOwn(OPERATORS, operator)) {
    throw new Error(`a subscription filter has ${operator}, which is not known here`);
  }
  // What is null meets nothing.
  return found !== null && OPERATORS[operator](found, value);
}

/**
 * The older way to filter: arguments are values that the payload's fields must have.
 * @param {Record<string, any>} args
 * @param {Payload} payload
 */
export function matches(args, payload) {
  return Object.entries(args).every(([name, value]) => (payload[name] ?? null) === value);
}
