// Where a backend keeps its records, files and users: in a folder, or nowhere.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Journal } from './dynamodb/journal.js';
import { memoryStore } from './dynamodb/memory.js';
import { diskObjects } from './storage/disk.js';
import { memoryObjects } from './storage/memory.js';
import { forgotten } from './users/directory.js';

/**
 * @param {string | undefined} folder Without one, everything is forgotten at the end.
 * @returns {import('./backend.js').Kept & {close: () => void}}
 */
export function kept(folder) {
  if (folder === undefined) {
    return {
      tables: memoryStore,
      objects: memoryObjects(),
      users: forgotten(),
      payments: forgotten(),
      close: () => undefined,
    };
  }
  mkdirSync(folder, { recursive: true });
  const journal = new Journal(path.join(folder, 'tables.jsonl'));
  return {
    tables: (table) => journal.storeOf(table),
    objects: diskObjects(path.join(folder, 'files')),
    users: documentIn(path.join(folder, 'users.json')),
    payments: documentIn(path.join(folder, 'payments.json')),
    close: () => journal.close(),
  };
}

/**
 * @param {string} file
 * @returns {import('./users/directory.js').Kept}
 */
function documentIn(file) {
  return {
    read: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined),
    write: (content) => {
      // Who sees the file could sign in as anybody in it.
      writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
