// The development server of a project's frontend, as its own `npm run dev` starts it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {import('../functions/lambdas.js').Log} Log */
/** @typedef {{url: string, close: () => void}} Development */

const ADDRESS = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d+/;
const START_SECONDS = 60;

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
  const close = () => {
    if (child.exitCode !== null || child.pid === undefined) return;
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGTERM');
  };
  return new Promise((resolve, reject) => {
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      close();
      reject(new Error(`\`npm run dev\` ${reason}`));
    };
    const timer = setTimeout(() => fail('said no address for a minute'), START_SECONDS * 1000);
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
