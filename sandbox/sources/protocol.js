// What AWS's protocols with JSON have in common: operations by name, errors, who may do what.
import { createHash } from 'node:crypto';

/** @typedef {Record<string, any>} Request */
/** @typedef {(action: string, resource: string) => void} Guard */
/** @typedef {{status: number, content: Request}} Reply */

/** An error of AWS's; its name is that of the real one. */
export class ServiceError extends Error {
  /**
   * @param {string} name
   * @param {string} message
   */
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

/**
 * Does what a request asks for.
 * @param {Record<string, (request: Request) => Request>} operations
 * @param {string} namespace What stands before the names of errors.
 * @param {string} operation
 * @param {Buffer} body
 * @returns {Reply}
 */
export function answered(operations, namespace, operation, body) {
  try {
    if (!Object.hasOwn(operations, operation)) {
      throw new ServiceError('UnknownOperationException', `${operation} is not built here`);
    }
    return { status: 200, content: operations[operation](parsed(body)) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { name, message } = error;
    return { status: 400, content: { __type: `${namespace}#${name}`, message } };
  }
}

/** @param {Buffer} body */
function parsed(body) {
  try {
    const request = JSON.parse(body.toString() || '{}');
    if (typeof request === 'object' && request !== null) return request;
  } catch {
    // Said below.
  }
  throw new ServiceError('SerializationException', 'The request is no JSON object.');
}

/**
 * @param {string | Buffer} content
 * @returns {string} in hexadecimal digits
 */
export function md5(content) {
  return createHash('md5').update(content).digest('hex');
}
