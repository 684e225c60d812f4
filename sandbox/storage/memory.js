// A store of objects that forgets everything when the process ends.

/** @typedef {{content: Buffer, type: string, tag: string, modified: Date}} StoredObject */

/**
 * Where a bucket keeps its objects, which are never changed once they are in it.
 * @typedef {object} ObjectStore
 * @property {(key: string) => StoredObject | undefined} get
 * @property {(key: string, object: StoredObject) => void} set
 * @property {(key: string) => void} delete
 * @property {() => Iterable<string>} keys In any order.
 */

/** @returns {ObjectStore} */
export function memoryObjects() {
  /** @type {Map<string, StoredObject>} */
  const objects = new Map();
  return {
    get: (key) => objects.get(key),
    set: (key, object) => void objects.set(key, object),
    delete: (key) => void objects.delete(key),
    keys: () => objects.keys(),
  };
}
