// A store of objects in a folder: of each its content, and a description that makes it exist.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./memory.js').StoredObject} StoredObject */
/** @typedef {import('./memory.js').ObjectStore} ObjectStore */
/** @typedef {{key: string, type: string, tag: string, modified: string}} Description */

/**
 * @param {string} folder
 * @returns {ObjectStore}
 */
export function diskObjects(folder) {
  mkdirSync(folder, { recursive: true });
  /** @type {Map<string, Description>} */
  const found = new Map();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.json')) continue;
    const description = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    found.set(description.key, description);
  }
  /** @param {string} key A key is too long, and too strange, for a name of a file. */
  const place = (key) => path.join(folder, createHash('sha256').update(key).digest('hex'));
  return {
    get: (key) => {
      const description = found.get(key);
      if (!description) return undefined;
      const { type, tag, modified } = description;
      const content = readFileSync(`${place(key)}.content`);
      return { content, type, tag, modified: new Date(modified) };
    },
    set: (key, { content, type, tag, modified }) => {
      const description = { key, type, tag, modified: modified.toISOString() };
      replace(`${place(key)}.content`, content);
      replace(`${place(key)}.json`, JSON.stringify(description));
      found.set(key, description);
    },
    delete: (key) => {
      found.delete(key);
      rmSync(`${place(key)}.json`, { force: true });
      rmSync(`${place(key)}.content`, { force: true });
    },
    keys: () => found.keys(),
  };
}

/**
 * @param {string} file
 * @param {string | Buffer} content
 */
function replace(file, content) {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}
