// `$util`: the functions that templates call.
import { randomUUID } from 'node:crypto';
import { toValue } from '../dynamodb/values.js';
import { TemplateError, Unauthorized } from './errors.js';
import { filterExpression, subscriptionFilter } from './transform.js';
import { fromJson, text, toJson } from './values.js';

/** @typedef {{authType: string, errors: TemplateError[]}} Surroundings How the request was signed
 *   in, and the errors that are reported beside a result. */

/** @param {any} value */
const isNull = (value) => value === null || value === undefined;

/** @param {any} value */
function isNullOrEmpty(value) {
  if (isNull(value) || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

/** @param {any} value */
const isNullOrBlank = (value) =>
  isNull(value) || (typeof value === 'string' && value.trim() === '');

/** @param {any} value */
const json = (value) => JSON.stringify(toJson(value));

/**
 * Functions on typed values, with the twin of each that gives JSON.
 * @param {Record<string, (...given: any[]) => any>} functions
 */
function withJson(functions) {
  /** @type {Record<string, (...given: any[]) => any>} */
  const twins = {};
  for (const [name, make] of Object.entries(functions)) {
    twins[name] = (...given) => fromJson(make(...given));
    twins[`${name}Json`] = (...given) => JSON.stringify(make(...given));
  }
  return twins;
}

/** @param {Map<string, any>} map */
const mapValues = (map) =>
  Object.fromEntries([...map].map(([key, value]) => [key, toValue(value)]));

const DYNAMODB = withJson({
  toDynamoDB: toValue,
  toString: (/** @type {any} */ value) => ({ S: text(value) }),
  toStringSet: (values) => ({ SS: values.map(text) }),
  toNumber: (value) => ({ N: String(value) }),
  toNumberSet: (values) => ({ NS: values.map(String) }),
  toBinary: (value) => ({ B: value }),
  toBoolean: (value) => ({ BOOL: value }),
  toNull: () => ({ NULL: true }),
  toList: toValue,
  toMap: toValue,
  toMapValues: mapValues,
});

const TIME = {
  nowISO8601: () => new Date().toISOString(),
  nowEpochSeconds: () => Math.floor(Date.now() / 1000),
  nowEpochMilliSeconds: () => Date.now(),
};

/** @param {any[]} keys */
const texts = (keys) => new Set(keys.map(text));

/** @type {(map: Map<string, any>, stays: (key: string) => boolean) => Map<string, any>} */
const some = (map, stays) => new Map([...map].filter(([key]) => stays(key)));

const COLLECTIONS = {
  list: {
    /** @type {(list: any[], keys: any[]) => any[]} */
    copyAndRemoveAll: (list, keys) => list.filter((item) => !texts(keys).has(text(item))),
    /** @type {(list: any[], keys: any[]) => any[]} */
    copyAndRetainAll: (list, keys) => list.filter((item) => texts(keys).has(text(item))),
  },
  map: {
    /** @type {(map: Map<string, any>, keys: any[]) => Map<string, any>} */
    copyAndRemoveAllKeys: (map, keys) => some(map, (key) => !texts(keys).has(key)),
    /** @type {(map: Map<string, any>, keys: any[]) => Map<string, any>} */
    copyAndRetainAllKeys: (map, keys) => some(map, (key) => texts(keys).has(key)),
  },
};

const TRANSFORM = {
  /** @param {any} filter */
  toDynamoDBFilterExpression: (filter) => JSON.stringify(filterExpression(toJson(filter))),
  /** @param {any} condition */
  toDynamoDBConditionExpression: (condition) => JSON.stringify(filterExpression(toJson(condition))),
  /** @param {any} filter */
  toSubscriptionFilter: (filter) => fromJson(subscriptionFilter(toJson(filter))),
};

/**
 * What is no JSON is a text: Amplify's templates look so whether an owner's claim is a list.
 * @param {string} value
 */
function parseJson(value) {
  try {
    return fromJson(JSON.parse(value));
  } catch {
    return value;
  }
}

/** @param {any} value */
function typeOf(value) {
  if (isNull(value)) return 'Null';
  if (Array.isArray(value)) return 'List';
  if (value instanceof Map) return 'Map';
  const type = typeof value;
  return type[0].toUpperCase() + type.slice(1);
}

const PLAIN = {
  autoId: () => randomUUID(),
  base64Decode: (/** @type {string} */ value) => Buffer.from(value, 'base64').toString(),
  base64Encode: (/** @type {string} */ value) => Buffer.from(value).toString('base64'),
  defaultIfNull: (/** @type {any} */ value, /** @type {any} */ other) =>
    isNull(value) ? other : value,
  defaultIfNullOrBlank: (/** @type {any} */ value, /** @type {any} */ other) =>
    isNullOrBlank(value) ? other : value,
  defaultIfNullOrEmpty: (/** @type {any} */ value, /** @type {any} */ other) =>
    isNullOrEmpty(value) ? other : value,
  escapeJavaScript: (/** @type {string} */ value) => JSON.stringify(value).slice(1, -1),
  isBoolean: (/** @type {any} */ value) => typeof value === 'boolean',
  isList: (/** @type {any} */ value) => Array.isArray(value),
  isMap: (/** @type {any} */ value) => value instanceof Map,
  isNull,
  isNullOrBlank,
  isNullOrEmpty,
  isNumber: (/** @type {any} */ value) => typeof value === 'number',
  isString: (/** @type {any} */ value) => typeof value === 'string',
  matches: (/** @type {string} */ pattern, /** @type {any} */ value) =>
    new RegExp(pattern).test(text(value)),
  parseJson,
  qr: () => '',
  quiet: () => '',
  toJson: json,
  typeOf,
  urlDecode: decodeURIComponent,
  urlEncode: encodeURIComponent,
};

/**
 * @param {Surroundings} surroundings
 * @returns {Record<string, any>}
 */
export function util({ authType, errors }) {
  return {
    ...PLAIN,
    ...COLLECTIONS,
    dynamodb: DYNAMODB,
    time: TIME,
    transform: TRANSFORM,
    authType: () => authType,
    /** @type {(message: any, type?: any, data?: any, info?: any) => string} */
    appendError: (message, type, data, info) => {
      errors.push(raised(message, type, data, info));
      return '';
    },
    /** @type {(message: any, type?: any, data?: any, info?: any) => never} */
    error: (message, type, data, info) => {
      throw raised(message, type, data, info);
    },
    unauthorized: () => {
      throw new Unauthorized();
    },
    /** @type {(holds: any, message: any, type?: any, data?: any) => string} */
    validate: (holds, message, type, data) => {
      if (holds) return '';
      throw raised(message, type ?? 'CustomTemplateException', data);
    },
  };
}

/**
 * @param {any} message
 * @param {any} type
 * @param {any} data
 * @param {any} [info]
 */
function raised(message, type, data, info) {
  return new TemplateError(text(message), type ?? null, toJson(data), toJson(info));
}
