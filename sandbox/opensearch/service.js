// Answers requests to a domain: searches of indexes that are what the tables hold at that time.
import { permits } from '../functions/permissions.js';
import { fromItem } from '../dynamodb/values.js';
import { NotBuilt, SearchError } from './errors.js';
import { compile } from './query.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../assembly/search.js').IndexModel} IndexModel */
/** @typedef {import('../dynamodb/database.js').Database} Database */
/** @typedef {import('./analysis.js').Document} Document */
/** @typedef {{operation: string, path: string, params?: Record<string, any>}} Request */
/** @typedef {{source: Document, id: string, score: number}} Found */
/** @typedef {{host: string, role: string}} Asker A data source: its domain, and who asks there. */

const LAST = 10_000;

/**
 * @param {{model: ApiModel, database: Database}} sources
 * @param {Asker} asker
 * @param {Request} request
 * @returns {Record<string, any>}
 * @throws {SearchError | NotBuilt}
 */
export function ask({ model, database }, { host, role }, { operation, path, params = {} }) {
  const domain = model.search.domains[host];
  if (!permits(model, role, `es:ESHttp${verb(operation)}`, `${domain}${path}`)) {
    const who = `User: ${role} is not authorized to perform: es:ESHttp${verb(operation)}`;
    throw new SearchError(403, 'security_exception', `${who} on ${path}`);
  }
  const [, name, command] = /^\/([^/,*]+)\/(_search)$/.exec(path) ?? [];
  if (!command || !['GET', 'POST'].includes(operation)) throw new NotBuilt(`${operation} ${path}`);
  const index = model.search.indexes.find((item) => item.name === name && item.host === host);
  if (!index && params.queryString?.ignore_unavailable !== 'true') {
    throw new SearchError(404, 'index_not_found_exception', `no such index [${name}]`);
  }
  const documents = index ? documentsOf(index, database) : [];
  return searched(params.body ?? {}, index, documents);
}

/** @param {string} operation */
function verb(operation) {
  return operation[0] + operation.slice(1).toLowerCase();
}

/**
 * @param {IndexModel} index
 * @param {Database} database
 * @returns {Omit<Found, 'score'>[]}
 */
function documentsOf({ table, kept }, database) {
  const { model, store } = database.table(table);
  const keys = [model.key.hash, ...(model.key.range ? [model.key.range] : [])];
  return [...store.values()].map((item) => {
    const record = fromItem(item);
    const id = keys.map(({ name }) => String(record[name])).join('|');
    const entries = Object.entries(record).filter(([name]) => kept === null || kept.includes(name));
    return { id, source: Object.fromEntries(entries) };
  });
}

/**
 * @param {Record<string, any>} body
 * @param {IndexModel | undefined} index
 * @param {Omit<Found, 'score'>[]} documents
 */
function searched(body, index, documents) {
  const { from = 0, size = 10, sort, query, _source, ...rest } = body;
  const [other] = Object.keys(rest);
  if (other !== undefined) throw new NotBuilt(other);
  if (!Number.isInteger(from) || from < 0 || !Number.isInteger(size) || size < 0) {
    throw new SearchError(400, 'parsing_exception', '[from] and [size] must be numbers from 0 on');
  }
  if (from + size > LAST) {
    const message = `Result window is too large, from + size must be at most [${LAST}]`;
    throw new SearchError(400, 'illegal_argument_exception', message);
  }
  const score = index ? compile(query ?? { match_all: {} }, index) : () => 0;
  const found = documents
    .map((document) => ({ ...document, score: score(document.source) }))
    .filter((item) => item.score > 0)
    .sort(orderOf([sort ?? ['_score']].flat()));
  const hits = found.slice(from, from + size).map((item) => ({
    _index: index?.name,
    _id: item.id,
    _score: item.score,
    ...(_source === false ? {} : { _source: selected(item.source, _source) }),
  }));
  return {
    took: 1,
    timed_out: false,
    hits: { total: { value: found.length, relation: 'eq' }, hits },
  };
}

/**
 * @param {Document} source
 * @param {any} wanted
 */
function selected(source, wanted) {
  if (wanted === undefined || wanted === true) return source;
  const names = [Array.isArray(wanted) ? wanted : (wanted.includes ?? wanted)].flat();
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}

/**
 * @param {(string | Record<string, any>)[]} keys
 * @returns {(one: Found, other: Found) => number}
 */
function orderOf(keys) {
  const orders = keys.map((key) => {
    const [[name, value]] =
      typeof key === 'string' ? [[key, key === '_score' ? 'desc' : 'asc']] : Object.entries(key);
    const sign = (value.order ?? value) === 'desc' ? -1 : 1;
    /** @param {Found} item */
    const valueOf = (item) => (name === '_score' ? item.score : item.source[name]);
    return (/** @type {Found} */ one, /** @type {Found} */ other) =>
      sign * compared(valueOf(one), valueOf(other));
  });
  return (one, other) => {
    for (const order of orders) {
      const result = order(one, other);
      if (result) return result;
    }
    return 0;
  };
}

/**
 * @param {any} one
 * @param {any} other
 */
function compared(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
