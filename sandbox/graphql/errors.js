// Errors in the form that AppSync gives them.
import { TemplateError, Unauthorized } from '../vtl/errors.js';
import { DynamoError } from '../dynamodb/values.js';
import { LambdaError } from '../functions/lambdas.js';
import { SearchError } from '../opensearch/errors.js';

/** @typedef {import('graphql').GraphQLError} GraphQLError */
/** @typedef {import('graphql').GraphQLResolveInfo} Info */
/** @typedef {Record<string, any>} ReportedError */

/** An error of a resolver, with what AppSync says beside its message. */
class ResolverError extends Error {
  /**
   * @param {string} message
   * @param {{errorType: string | null, data?: any, errorInfo?: any}} details
   */
  constructor(message, { errorType, data = null, errorInfo = null }) {
    super(message);
    this.details = { data, errorType, errorInfo };
  }
}

/** @param {Info} info */
export function unauthorized(info) {
  return new ResolverError(
    `Not Authorized to access ${info.fieldName} on type ${info.parentType.name}`,
    { errorType: 'Unauthorized' },
  );
}

/**
 * What happened while a field was resolved.
 * @param {unknown} error
 * @param {Info} info
 */
export function resolverError(error, info) {
  if (error instanceof Unauthorized) return unauthorized(info);
  if (error instanceof TemplateError) {
    const { message, type, data, info: errorInfo } = error;
    return new ResolverError(message, { errorType: type, data, errorInfo });
  }
  return error;
}

/**
 * An error of a data source, as templates see it.
 * @param {unknown} error
 * @returns {{message: string, type: string}}
 */
export function sourceError(error) {
  if (error instanceof LambdaError) return { message: error.message, type: error.type };
  if (error instanceof SearchError) {
    return { message: error.message, type: `OpenSearch:${error.type}` };
  }
  if (!(error instanceof DynamoError)) throw error;
  return { message: error.message, type: `DynamoDB:${error.name}` };
}

/**
 * @param {GraphQLError} error
 * @returns {ReportedError}
 */
export function reported(error) {
  const locations = (error.locations ?? []).map(({ line, column }) => ({
    line,
    column,
    sourceName: null,
  }));
  const original = error.originalError;
  const path = error.path ?? null;
  if (original instanceof ResolverError) {
    return { path, ...original.details, locations, message: error.message };
  }
  return { path, locations: locations.length ? locations : null, message: message(error) };
}

// What graphql-js says, and what AppSync, which is written in Java, says instead.
/** @type {[RegExp, (...parts: string[]) => string][]} */
const MESSAGES = [
  [
    /^Cannot return null for non-nullable field (\w+)\.(\w+)\.$/,
    (parent) => `Cannot return null for non-nullable type: within parent '${parent}'`,
  ],
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    (field, type) =>
      `Validation error of type FieldUndefined: Field '${field}' in type '${type}' is undefined`,
  ],
  [/^Variable "\$(\w+)" of required type/, (name) => `Variable '${name}' has coerced Null value`],
  [/^Variable "\$(\w+)" got invalid value/, (name) => `Variable '${name}' has an invalid value.`],
];

/** @param {GraphQLError} error */
function message(error) {
  for (const [pattern, say] of MESSAGES) {
    const found = pattern.exec(error.message);
    if (!found) continue;
    const path = error.path ? ` (/${error.path.join('/')})` : '';
    return say(...found.slice(1)) + path;
  }
  return error.message;
}
