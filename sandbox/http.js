// What comes with an HTTP request.

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */

/** A request that is answered with 400. */
export class Malformed extends Error {}

/**
 * The body of a request.
 * @param {Incoming} request
 * @param {number} megabytes How large it may be.
 * @returns {Promise<Buffer>}
 * @throws {Malformed}
 */
export async function received(request, megabytes) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > megabytes * 1024 * 1024) {
      throw new Malformed(`The request is larger than ${megabytes} MB.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
