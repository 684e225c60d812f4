// The queries of OpenSearch that are built here, each with a simple score.
import { soughtIn, valuesOf } from './analysis.js';
import { NotBuilt } from './errors.js';
import { simpleQuery } from './simple.js';

/** @typedef {import('../assembly/search.js').IndexModel} IndexModel */
/** @typedef {import('./analysis.js').Document} Document */
/** @typedef {(document: Document) => number} Score Of a document, 0 if it is not found. */
/** @typedef {Record<string, any>} Settings */
/** @typedef {(settings: any, index: IndexModel) => Score} Kind */
/** @typedef {'or' | 'and'} Operator */

/**
 * @param {Settings} query
 * @param {IndexModel} index
 * @returns {Score}
 * @throws {NotBuilt}
 */
export function compile(query, index) {
  const kinds = Object.keys(query ?? {});
  const [kind = ''] = kinds;
  if (kinds.length !== 1 || !Object.hasOwn(KINDS, kind)) {
    throw new NotBuilt(`the query ${kinds.join()}`);
  }
  const settings = query[kind];
  return KINDS[kind](settings, index);
}

/** @type {Record<string, Kind>} */
const KINDS = {
  match_all: () => () => 1,
  match_none: () => () => 0,
  term: (settings, index) => {
    const [field, { value, ...rest }] = only(settings, 'value');
    nothingElse(rest, 'term');
    return counted(index, field, (word) => word === String(value));
  },
  terms: (settings, index) => {
    const [[field, values], ...others] = Object.entries(settings);
    if (others.length) throw new NotBuilt('terms of several fields');
    const wanted = new Set(values.map(String));
    return once(counted(index, field, (word) => wanted.has(word)));
  },
  prefix: (settings, index) => {
    const [field, { value, ...rest }] = only(settings, 'value');
    nothingElse(rest, 'prefix');
    return once(counted(index, field, (word) => word.startsWith(String(value))));
  },
  exists:
    ({ field }, index) =>
    (document) =>
      valuesOf(index, document, field).length ? 1 : 0,
  match: (settings, index) => {
    const [field, { query, operator = 'or', ...rest }] = only(settings, 'query');
    nothingElse(rest, 'match');
    return matched(index, field, query, { operator });
  },
  match_bool_prefix: (settings, index) => {
    const [field, { query, operator = 'or', ...rest }] = only(settings, 'query');
    nothingElse(rest, 'match_bool_prefix');
    return matched(index, field, query, { operator, prefix: true });
  },
  match_phrase_prefix: (settings, index) => {
    const [field, { query, ...rest }] = only(settings, 'query');
    nothingElse(rest, 'match_phrase_prefix');
    return phrase(index, field, query, true);
  },
  multi_match: multiMatch,
  simple_query_string: ({ query, fields, default_operator = 'or', ...rest }, index) => {
    nothingElse(rest, 'simple_query_string');
    const operator = String(default_operator).toLowerCase() === 'and' ? 'and' : 'or';
    return compile(simpleQuery(query, fields, operator), index);
  },
  bool,
};

/**
 * @param {Settings} settings
 * @param {IndexModel} index
 * @returns {Score}
 */
function multiMatch({ query, fields, type = 'best_fields', operator = 'or', ...rest }, index) {
  nothingElse(rest, 'multi_match');
  const scores = fields.map((/** @type {string} */ weighted) => {
    const [field, weight = '1'] = weighted.split('^');
    if (field.includes('*')) throw new NotBuilt('fields with *');
    const score = ofType(type, index, field, query, operator);
    return (/** @type {Document} */ document) => Number(weight) * score(document);
  });
  return (document) => {
    const found = scores.map((/** @type {Score} */ score) => score(document));
    return type === 'best_fields' ? Math.max(0, ...found) : sum(found);
  };
}

/**
 * @param {string} type
 * @param {IndexModel} index
 * @param {string} field
 * @param {string} query
 * @param {Operator} operator
 * @returns {Score}
 */
function ofType(type, index, field, query, operator) {
  switch (type) {
    case 'best_fields':
    case 'most_fields':
      return matched(index, field, query, { operator });
    case 'bool_prefix':
      return matched(index, field, query, { operator, prefix: true });
    case 'phrase':
    case 'phrase_prefix':
      return phrase(index, field, query, type === 'phrase_prefix');
    default:
      throw new NotBuilt(`multi_match of type ${type}`);
  }
}

/**
 * @param {Settings} settings
 * @param {IndexModel} index
 * @returns {Score}
 */
function bool(settings, index) {
  const { must, filter, should, must_not, minimum_should_match, ...rest } = settings;
  nothingElse(rest, 'bool');
  /** @param {any} queries */
  const all = (queries) =>
    [queries ?? []].flat().map((/** @type {Settings} */ query) => compile(query, index));
  const [musts, filters, shoulds, nots] = [must, filter, should, must_not].map(all);
  const least = minimum_should_match ?? (musts.length + filters.length || !shoulds.length ? 0 : 1);
  return (document) => {
    const scores = musts.map((score) => score(document));
    const optional = shoulds.map((score) => score(document)).filter(Boolean);
    const holds =
      scores.every(Boolean) &&
      filters.every((score) => score(document)) &&
      nots.every((score) => !score(document)) &&
      optional.length >= least;
    // What only filters is found with the score 0 there; here 0 says that it is not found.
    return holds ? sum([...scores, ...optional]) || Number.MIN_VALUE : 0;
  };
}

/**
 * How often words of a field fit.
 * @param {IndexModel} index
 * @param {string} field
 * @param {(word: string) => boolean} fits
 * @returns {Score}
 */
function counted(index, field, fits) {
  return (document) => valuesOf(index, document, field).flat().filter(fits).length;
}

/**
 * @param {IndexModel} index
 * @param {string} field
 * @param {string} query
 * @param {{operator: Operator, prefix?: boolean}} options With `prefix`, the last word may be the
 *   beginning of one.
 * @returns {Score}
 */
function matched(index, field, query, { operator, prefix = false }) {
  const sought = soughtIn(index, field, query);
  const scores = sought.map((wanted, place) =>
    counted(index, field, (word) =>
      prefix && place === sought.length - 1 ? word.startsWith(wanted) : word === wanted,
    ),
  );
  return (document) => {
    const found = scores.map((score) => score(document));
    return operator.toLowerCase() === 'and' && !found.every(Boolean) ? 0 : sum(found);
  };
}

/**
 * @param {IndexModel} index
 * @param {string} field
 * @param {string} query
 * @param {boolean} prefix If the last word may be the beginning of one.
 * @returns {Score}
 */
function phrase(index, field, query, prefix) {
  const sought = soughtIn(index, field, query);
  /** @type {(words: string[], from: number) => boolean} */
  const isAt = (words, from) =>
    sought.every((wanted, place) => {
      const word = words[from + place] ?? '';
      return prefix && place === sought.length - 1 ? word.startsWith(wanted) : word === wanted;
    });
  return (document) =>
    sought.length === 0
      ? 0
      : valuesOf(index, document, field).filter((words) =>
          words.some((_, from) => from + sought.length <= words.length && isAt(words, from)),
        ).length;
}

/**
 * The one field of a query, with its settings; a plain value is one of them.
 * @param {Settings} settings
 * @param {string} plain
 * @returns {[string, Settings]}
 */
function only(settings, plain) {
  const [[field, value], ...others] = Object.entries(settings);
  if (others.length) throw new NotBuilt('a query of several fields');
  return [field, typeof value === 'object' && value !== null ? value : { [plain]: value }];
}

/**
 * @param {Settings} rest
 * @param {string} kind
 */
function nothingElse(rest, kind) {
  const [name] = Object.keys(rest);
  if (name !== undefined) throw new NotBuilt(`${name} of ${kind}`);
}

/**
 * @param {Score} score
 * @returns {Score}
 */
function once(score) {
  return (document) => (score(document) ? 1 : 0);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
