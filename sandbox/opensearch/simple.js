// `simple_query_string`: what people write, as other queries.

/** @typedef {Record<string, any>} Query */

const PART = /(-?)(?:"([^"]*)"|([^\s|+"]+))|(\|)|\+/g;

/**
 * @param {string} text Words, `"phrases"`, `begin*`, `-not`, and `|` between what is an or.
 * @param {string[]} fields
 * @param {'or' | 'and'} operator What stands between words.
 * @returns {Query}
 */
export function simpleQuery(text, fields, operator) {
  /** @type {Query[][]} */
  const sides = [[]];
  for (const [, not, phrase, word, or] of text.matchAll(PART)) {
    if (or) sides.push([]);
    else if (phrase !== undefined) sides.at(-1)?.push(signed(not, phrase, fields, 'phrase'));
    else if (word?.endsWith('*')) {
      sides.at(-1)?.push(signed(not, word.slice(0, -1), fields, 'bool_prefix'));
    } else if (word) sides.at(-1)?.push(signed(not, word, fields, 'best_fields'));
  }
  const choices = sides.filter((side) => side.length > 0);
  if (choices.length === 0) return { match_none: {} };
  const joined = choices.map((side) =>
    operator === 'and'
      ? { bool: { must: side } }
      : { bool: { should: side, minimum_should_match: 1 } },
  );
  return { bool: { should: joined, minimum_should_match: 1 } };
}

/**
 * @param {string} not
 * @param {string} query
 * @param {string[]} fields
 * @param {string} type
 * @returns {Query}
 */
function signed(not, query, fields, type) {
  const made = { multi_match: { query, fields, type, operator: 'and' } };
  return not ? { bool: { must: [{ match_all: {} }], must_not: [made] } } : made;
}
