// A bucket: its objects, their listing, and uploads in parts.
import { createHash, randomUUID } from 'node:crypto';

/** @typedef {import('./memory.js').ObjectStore} ObjectStore */
/** @typedef {import('./memory.js').StoredObject} StoredObject */
/** @typedef {{key: string, type: string, by: string, parts: Map<number, Part>}} Multipart */
/** @typedef {{content: Buffer, tag: string}} Part */
/** @typedef {{prefix: string, delimiter: string, limit: number, after: string}} Listing */

const MOST = 1000;

export class Bucket {
  /** @type {Map<string, Multipart>} */
  #uploads = new Map();

  /** @param {ObjectStore} objects */
  constructor(objects) {
    this.objects = objects;
  }

  /**
   * @param {string} key
   * @param {Buffer} content
   * @param {string} type
   * @returns {StoredObject}
   */
  put(key, content, type) {
    const object = { content, type, tag: tagOf(content), modified: new Date() };
    this.objects.set(key, object);
    return object;
  }

  /**
   * The objects, and the common beginnings of others, in order of their keys.
   * @param {Listing} listing
   */
  list({ prefix, delimiter, limit, after }) {
    /** @type {{key: string, object: StoredObject}[]} */
    const found = [];
    /** @type {Set<string>} */
    const folders = new Set();
    const keys = [...this.objects.keys()].sort((one, other) => (one < other ? -1 : 1));
    for (const key of keys.filter((item) => item.startsWith(prefix) && item > after)) {
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      const folder = end < 0 ? null : key.slice(0, end + delimiter.length);
      if (folder !== null && (folders.has(folder) || folder === after)) continue;
      if (found.length + folders.size >= Math.min(limit, MOST)) {
        const last = [...folders, ...found.map((item) => item.key)].sort().at(-1);
        return { found, folders: [...folders], next: last };
      }
      const object = this.objects.get(key);
      if (folder !== null) folders.add(folder);
      else if (object) found.push({ key, object });
    }
    return { found, folders: [...folders], next: undefined };
  }

  /**
   * Begins an upload in parts; returns what it is known by.
   * @param {string} key
   * @param {string} type
   * @param {string} by The identity of who began it.
   */
  begin(key, type, by) {
    const id = randomUUID();
    this.#uploads.set(id, { key, type, by, parts: new Map() });
    return id;
  }

  /**
   * The upload of that id for that key, if there is one.
   * @param {string} key
   * @param {string} id
   */
  upload(key, id) {
    const found = this.#uploads.get(id);
    return found?.key === key ? found : undefined;
  }

  /**
   * Makes the parts of an upload one object.
   * @param {string} id
   * @param {Multipart} upload
   */
  complete(id, { key, type, parts }) {
    const ordered = [...parts]
      .sort(([one], [other]) => one - other)
      .map(([, part]) => part.content);
    this.#uploads.delete(id);
    return this.put(key, Buffer.concat(ordered), type);
  }

  /** @param {string} id */
  abort(id) {
    this.#uploads.delete(id);
  }
}

/** @param {Buffer} content */
export function tagOf(content) {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
