// The files that the assembly's templates name by addresses in S3.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const HASH = /[0-9a-f]{64}/;

export class Assets {
  /** @type {Map<string, string>} The path of an asset by each hash it is known by. */
  #paths = new Map();

  /** @param {string} folder A cloud assembly, `cdk.out`. */
  constructor(folder) {
    this.folder = folder;
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.assets.json'))) {
      const { files } = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      for (const [hash, file] of Object.entries(files)) {
        this.#paths.set(hash, file.source.path);
        for (const { objectKey } of Object.values(file.destinations)) {
          const found = HASH.exec(objectKey);
          if (found) this.#paths.set(found[0], file.source.path);
        }
      }
    }
  }

  /**
   * The path, within the assembly, of the asset that an address in S3 leads to.
   * @param {string} address
   */
  path(address) {
    const hash = HASH.exec(address);
    const found = hash && this.#paths.get(hash[0]);
    if (!found) throw new Error(`no asset of the assembly is at ${address}`);
    return found;
  }

  /**
   * The text of the asset that an address in S3 leads to.
   * @param {string} address
   */
  text(address) {
    return readFileSync(path.join(this.folder, this.path(address)), 'utf8');
  }

  /**
   * The text of a file of that name in an asset that is a folder, if there is one.
   * @param {string} name
   */
  bundled(name) {
    for (const asset of this.#paths.values()) {
      const folder = path.join(this.folder, asset);
      if (statSync(folder).isDirectory() && readdirSync(folder).includes(name)) {
        return readFileSync(path.join(folder, name), 'utf8');
      }
    }
    return undefined;
  }
}
