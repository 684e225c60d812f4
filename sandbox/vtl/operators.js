// Operators of templates, and what is true, a property, or stands for nothing.
import { same, text } from './values.js';

/**
 * @param {string} operator
 * @param {any} one
 * @param {any} other
 */
export function binary(operator, one, other) {
  switch (operator) {
    case '==':
      return same(one, other);
    case '!=':
      return !same(one, other);
    case '+':
      if (typeof one === 'string' || typeof other === 'string') return text(one) + text(other);
  }
  if (typeof one !== 'number' || typeof other !== 'number') {
    return operator.startsWith('<') || operator.startsWith('>') ? false : null;
  }
  switch (operator) {
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '*':
      return one * other;
    case '/':
      return one / other;
    case '%':
      return one % other;
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    default:
      return one >= other;
  }
}

/**
 * Everything but null and false is true, an empty text too.
 * @param {any} value
 */
export function truth(value) {
  return value !== null && value !== false;
}

/**
 * Ours, such as `$util`, and no data.
 * @param {any} value
 */
export function isHost(value) {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Map);
}

/**
 * @param {any} value
 * @param {any} key
 */
export function property(value, key) {
  if (value instanceof Map) return value.get(text(key));
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isHost(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** @param {Record<string, any>} ast A reference that stands for nothing, as it is written. */
export function written(ast) {
  const steps = (ast.path ?? []).map((/** @type {Record<string, any>} */ step) =>
    step.type === 'method' ? `.${step.id}()` : `.${step.id.value ?? step.id}`,
  );
  return `$${ast.id}${steps.join('')}`;
}
