// The process of a function: loads its bundle once, and calls its handler for each event.
//
// Usage, by lambdas.js only: fork('runtime.js', [FILE, EXPORT])
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { pathToFileURL } from 'node:url';

/** @typedef {{id: string, event: unknown, context: Record<string, unknown>, deadline: number}} Call */

const [file, name] = process.argv.slice(2);

/** @param {unknown} message */
const tell = (message) => process.send?.(message);

/** @param {unknown} error */
function described(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') };
}

/**
 * Says why a function failed, with the places in the project's own code: a bundle has them in a map
 * of its source. Of an ordinary error, which is how functions refuse, the first one is enough.
 * @param {unknown} error
 */
function complain(error) {
  if (!(error instanceof Error)) return void console.error(error);
  const calls = [...(error.stack ?? '').matchAll(/^ +at .*?(\d+):(\d+)\)?$/gm)];
  const places = calls.filter(([call]) => call.includes(file)).flatMap(placed);
  const isOrdinary = error.constructor === Error;
  if (!places.length && !isOrdinary) return void console.error(error);
  const shown = places.slice(0, isOrdinary ? 1 : 5);
  console.error([`${error.name}: ${error.message}`, ...shown].join('\n  at '));
}

/** @type {SourceMap | undefined} */
let map;

/**
 * @param {string[]} call
 * @returns {string[]} The place in the project's own code, if it is there.
 */
function placed([, line, column]) {
  try {
    map ??= new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
    const found = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in found) || /(^|\/)node_modules\//.test(found.originalSource))
      return [];
    return [`${found.originalSource.replace(/^(?:\.*\/)*/, '')}:${found.originalLine + 1}`];
  } catch {
    // Not every bundle has a map.
    return [];
  }
}

/**
 * @param {(event: unknown, context: object) => unknown} handler
 * @param {Call} call
 */
async function answer(handler, { id, event, context, deadline }) {
  const given = {
    ...context,
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    tell({ result: (await handler(event, given)) ?? null });
  } catch (error) {
    complain(error);
    tell({ error: described(error) });
  }
}

process.once('disconnect', () => process.exit());
try {
  const { [name]: handler } = await import(pathToFileURL(file).href);
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${name}`);
  process.on('message', (call) => void answer(handler, /** @type {Call} */ (call)));
  tell({ ready: true });
} catch (error) {
  console.error(error);
  tell({ error: described(error) });
}
