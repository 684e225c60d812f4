// What of an item is asked for.
import { parseProjection } from './parser.js';

/** @typedef {import('./values.js').Item} Item */
/** @typedef {import('./values.js').Value} Value */
/** @typedef {Map<string | number, Wanted>} Wanted What is wanted below each step; all, if nothing. */

/**
 * @template {Item | undefined} Found
 * @param {{expression: string, names?: Record<string, string>} | null} expression
 * @param {Found} item
 * @returns {Item | Found} the item with what the expression names of it, all of it without one
 * @throws {import('./values.js').DynamoError}
 */
export function projected(expression, item) {
  if (!expression || !item) return item;
  const { expression: text, names = {} } = expression;
  /** @type {Wanted} */
  const wanted = new Map();
  for (const path of parseProjection(text, { names, values: {} })) {
    let place = wanted;
    for (const step of path) {
      if (!place.has(step)) place.set(step, new Map());
      place = /** @type {Wanted} */ (place.get(step));
    }
  }
  return parts({ M: item }, wanted)?.M ?? {};
}

/**
 * @param {Value | undefined} value
 * @param {Wanted} wanted
 * @returns {Value | undefined} nothing, if the value has no such parts
 */
function parts(value, wanted) {
  if (value === undefined || wanted.size === 0) return value;
  if (value.L) {
    const places = [...wanted.keys()].filter((step) => typeof step === 'number').sort(ascending);
    const found = places.map((place) => parts(value.L[place], below(wanted, place)));
    const there = found.filter((item) => item !== undefined);
    return there.length ? { L: there } : undefined;
  }
  const given = value.M ?? {};
  const found = [...wanted.keys()]
    .filter((step) => Object.hasOwn(given, step))
    .map((step) => [step, parts(given[step], below(wanted, step))]);
  const there = found.filter(([, item]) => item !== undefined);
  return there.length ? { M: Object.fromEntries(there) } : undefined;
}

/** @type {(wanted: Wanted, step: string | number) => Wanted} */
const below = (wanted, step) => wanted.get(step) ?? new Map();

/** @type {(one: number, other: number) => number} */
const ascending = (one, other) => one - other;
