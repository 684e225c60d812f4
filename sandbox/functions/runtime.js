// The process of a function: loads its bundle once, and calls its handler for each event.
//
// Usage, by lambdas.js only: fork('runtime.js', [FILE, EXPORT])
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
    console.error(error);
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
