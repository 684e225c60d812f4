// The development server of a project's frontend, as its own `npm run dev` starts it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('../functions/lambdas.js').Log} Log */
/** @typedef {{url: string, close: () => Promise<void>}} Development */

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/;
const START_SECONDS = 60;
const END_SECONDS = 3;

/**
 * @param {string} folder
 * @param {Log} log Takes what it prints.
 * @returns {Promise<Development>} when it has said where it serves
 * @throws {Error} if it ends before, or says nothing for a minute
 */
export function develop(folder, log) {
  const isWindows = process.platform === 'win32';
  const child = spawn('npm', ['run', '--silent', 'dev'], {
    cwd: folder,
    // A group of its own ends with all that it started.
    detached: !isWindows,
    env: { ...process.env, NO_COLOR: '1', BROWSER: 'none' },
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // All that it started has ended when nobody holds its output any more.
  const ended = new Promise((resolve) => child.once('close', resolve));
  const close = async () => {
    if (child.exitCode !== null || child.pid === undefined) return;
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGTERM');
    await Promise.race([ended, setTimeout(END_SECONDS * 1000, undefined, { ref: false })]);
  };
  // Whatever ends this program, nothing that it started is left.
  process.once('exit', () => void close());
  return new Promise((resolve, reject) => {
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      void close();
      reject(new Error(`\`npm run dev\` ${reason}`));
    };
    const timer = globalThis.setTimeout(
      () => fail('said no address for a minute'),
      START_SECONDS * 1000,
    );
    child.once('error', (error) => fail(`cannot be run: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        const plain = stripVTControlCharacters(line);
        log('frontend', plain);
        const [url] = ADDRESS.exec(plain) ?? [];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve({ url, close });
      });
    }
  });
}
