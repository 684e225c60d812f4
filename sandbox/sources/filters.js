// Which records a function is given, by the patterns of EventBridge.

/**
 * If at least one pattern matches, or there is none.
 * @param {string[]} patterns As JSON.
 * @param {Record<string, any>} record
 */
export function matches(patterns, record) {
  return patterns.length === 0 || patterns.some((text) => fits(JSON.parse(text), record));
}

/**
 * What a text holds: JSON, or else itself.
 * @param {string} text
 * @returns {any}
 */
export function decoded(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param {Record<string, any>} pattern
 * @param {any} value
 * @returns {boolean}
 */
function fits(pattern, value) {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or' && Array.isArray(wanted)) return wanted.some((one) => fits(one, value));
    const isRecord = typeof value === 'object' && value !== null;
    const found = isRecord && Object.hasOwn(value, name) ? value[name] : undefined;
    if (!Array.isArray(wanted)) return fits(wanted, found);
    return wanted.some((rule) => allowed(rule, found));
  });
}

/**
 * @param {any} rule
 * @param {any} value
 * @returns {boolean}
 */
function allowed(rule, value) {
  if (Array.isArray(value)) return value.some((item) => allowed(rule, item));
  if (rule === null || typeof rule !== 'object') return value === rule;
  const [[kind, wanted]] = Object.entries(rule);
  const rules = RULES[kind];
  if (!rules) throw new Error(`a filter has ${kind}, which is not built here`);
  return rules(value, wanted);
}

/** @type {Record<string, (value: any, wanted: any) => boolean>} */
const RULES = {
  exists: (value, wanted) => (value !== undefined) === wanted,
  prefix: (value, wanted) => typeof value === 'string' && value.startsWith(wanted),
  suffix: (value, wanted) => typeof value === 'string' && value.endsWith(wanted),
  numeric: (value, wanted) => typeof value === 'number' && compares(value, wanted),
  'equals-ignore-case': (value, wanted) =>
    typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase(),
  'anything-but': (value, wanted) =>
    value !== undefined && ![wanted].flat().some((rule) => allowed(rule, value)),
};

/**
 * @param {number} value
 * @param {any[]} wanted Comparisons, each with its number.
 */
function compares(value, wanted) {
  /** @type {Record<string, (number: number) => boolean>} */
  const comparisons = {
    '=': (number) => value === number,
    '<': (number) => value < number,
    '<=': (number) => value <= number,
    '>': (number) => value > number,
    '>=': (number) => value >= number,
  };
  return wanted.every((sign, index) => index % 2 === 1 || comparisons[sign](wanted[index + 1]));
}
