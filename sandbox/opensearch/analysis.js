// Texts as OpenSearch's standard analyzer takes them apart, and values of fields as it keeps them.

/** @typedef {import('../assembly/search.js').IndexModel} IndexModel */
/** @typedef {Record<string, any>} Document */

/**
 * The words of a text, in small letters.
 * @param {unknown} value
 * @returns {string[]}
 */
export function wordsOf(value) {
  return (
    String(value)
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}_']+/gu) ?? []
  );
}

/**
 * What a field of a document is found by, one list for each of its values: its words, or the one
 * value of a keyword. Nothing when the field is not indexed.
 * @param {IndexModel} index
 * @param {Document} document
 * @param {string} field
 * @returns {string[][]}
 */
export function valuesOf({ types }, document, field) {
  const [name, part] = field.split('.');
  const kind = types ? types[name] : part;
  const values = [document[name] ?? []].flat();
  if (types && kind === undefined) return [];
  const isText = kind === 'text' || (!types && part !== 'keyword');
  return values.map((value) => (isText ? wordsOf(value) : [String(value)]));
}

/**
 * What is looked for in a field: words in a text, the whole in anything else.
 * @param {IndexModel} index
 * @param {string} field
 * @param {unknown} value
 */
export function soughtIn({ types }, field, value) {
  const [name, part] = field.split('.');
  const isText = types ? types[name] === 'text' : part !== 'keyword';
  return isText ? wordsOf(value) : [String(value)];
}
