// What a function says of what it was given: which of it failed.

/** @typedef {import('../functions/lambdas.js').Answer} Answer */

/**
 * Calls a function; that it could not be run is an answer too.
 * @param {import('../functions/lambdas.js').Lambdas} lambdas
 * @param {string} arn
 * @param {unknown} event
 * @returns {Promise<Answer>}
 */
export async function called(lambdas, arn, event) {
  try {
    return await lambdas.invoke(arn, event);
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { error: { errorType: 'Runtime.Unknown', errorMessage } };
  }
}

/**
 * Which of a batch failed, by their identifiers.
 * @param {Answer} answer
 * @param {boolean} isPartial If the function says so of each.
 * @param {string[]} all
 * @returns {string[]}
 */
export function failed(answer, isPartial, all) {
  if (answer.error) return all;
  const failures = answer.result?.batchItemFailures;
  if (!isPartial || failures === undefined || failures === null) return [];
  if (!Array.isArray(failures)) return all;
  const identifiers = failures.map((failure) => failure?.itemIdentifier);
  // What Lambda does not understand it takes for a failure of everything.
  return identifiers.every((identifier) => all.includes(identifier)) ? identifiers : all;
}

/**
 * In words, how many there are.
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
