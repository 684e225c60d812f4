// The module `@aws-appsync/utils/dynamodb`: requests to DynamoDB, made of plain values.
// https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html
import { toValue } from '../dynamodb/values.js';
import { filterExpression } from '../vtl/transform.js';
import { fromJson, toJson } from '../vtl/values.js';

/** @typedef {Record<string, any>} Given */

/** What marks an operation among the values of an update. */
const KIND = '_type';

/** @param {Given} values */
const typed = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toValue(value)]));

/** @param {Given | null | undefined} filter */
const filtered = (filter) => (filter ? filterExpression(filter) : undefined);

/** @param {string[] | null | undefined} names Paths such as `address.city`. */
function projection(names) {
  if (!names) return undefined;
  const steps = names.flatMap((name) => name.split('.'));
  return {
    expression: names.map((name) => `#${name.replaceAll('.', '.#')}`).join(', '),
    expressionNames: Object.fromEntries(steps.map((step) => [`#${step}`, step])),
  };
}

/** An update as an expression of DynamoDB's. */
class Update {
  /** @type {Record<string, string[]>} */
  clauses = { SET: [], REMOVE: [] };
  /** @type {Record<string, string>} */
  expressionNames = {};
  /** @type {Record<string, any>} */
  expressionValues = {};

  /** @param {Given} update */
  constructor(update) {
    for (const [name, value] of Object.entries(update)) this.#field([name], value);
  }

  get expression() {
    const used = Object.entries(this.clauses).filter(([, parts]) => parts.length);
    return used.map(([clause, parts]) => `${clause} ${parts.join(', ')}`).join(' ');
  }

  /** @param {any} value */
  #value(value) {
    const name = `:value${Object.keys(this.expressionValues).length}`;
    this.expressionValues[name] = toValue(value);
    return name;
  }

  /**
   * @param {string[]} path
   * @param {any} value
   */
  #field(path, value) {
    for (const step of path) this.expressionNames[`#${step}`] = step;
    const place = path.map((step) => `#${step}`).join('.');
    if (Array.isArray(value) && value.some((item) => item?.[KIND] === 'updateListItem')) {
      for (const item of value) this.#operation(place, item);
    } else if (value?.[KIND]) {
      this.#operation(place, value);
    } else if (value && typeof value === 'object' && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) this.#field([...path, name], inner);
    } else {
      this.clauses.SET.push(`${place} = ${this.#value(value)}`);
    }
  }

  /**
   * @param {string} place
   * @param {Given} operation
   */
  #operation(place, { [KIND]: kind, value, index }) {
    if (kind === 'remove') {
      this.clauses.REMOVE.push(place);
      return;
    }
    const name = this.#value(value);
    /** @type {Record<string, string>} */
    const set = {
      add: `${place} = ${name}`,
      replace: `${place} = ${name}`,
      increment: `${place} = ${place} + ${name}`,
      decrement: `${place} = ${place} - ${name}`,
      append: `${place} = list_append(${place}, ${name})`,
      prepend: `${place} = list_append(${name}, ${place})`,
      updateListItem: `${place}[${index}] = ${name}`,
    };
    this.clauses.SET.push(set[kind]);
  }
}

/** @param {Given} given */
function updated({ key, update, condition }) {
  const { expression, expressionNames, expressionValues } = new Update(update);
  return {
    key: typed(key),
    update: { expression, expressionNames, expressionValues },
    condition: filtered(condition),
  };
}

/** @param {Given} given */
const put = ({ key, item, condition }) => ({
  key: typed(key),
  attributeValues: typed(item),
  condition: filtered(condition),
});

/** @param {Given} given */
const keyed = ({ key, condition }) => ({ key: typed(key), condition: filtered(condition) });

/** @param {Given} given */
function paged({ projection: names, filter, ...given }) {
  return { ...given, filter: filtered(filter), projection: projection(names) };
}

/**
 * @template T
 * @param {Record<string, T>} tables
 * @param {(given: T) => unknown} change What becomes of what is given for a table.
 */
const each = (tables, change) =>
  Object.fromEntries(Object.entries(tables).map(([name, given]) => [name, change(given)]));

/** @type {Record<string, (given: Given) => Given>} */
const WRITES = {
  putItem: (given) => ({ operation: 'PutItem', ...put(given) }),
  updateItem: (given) => ({ operation: 'UpdateItem', ...updated(given) }),
  deleteItem: (given) => ({ operation: 'DeleteItem', ...keyed(given) }),
  conditionCheck: (given) => ({ operation: 'ConditionCheck', ...keyed(given) }),
};

/** @type {Record<string, (given: Given) => Given>} */
const REQUESTS = {
  get: ({ key, consistentRead, projection: names }) => ({
    operation: 'GetItem',
    key: typed(key),
    consistentRead,
    projection: projection(names),
  }),
  put: (given) => ({ operation: 'PutItem', ...put(given) }),
  remove: (given) => ({ operation: 'DeleteItem', ...keyed(given) }),
  update: (given) => ({ operation: 'UpdateItem', ...updated(given) }),
  scan: (given) => ({ operation: 'Scan', ...paged(given) }),
  query: ({ query, ...given }) => ({
    operation: 'Query',
    query: filterExpression(query),
    ...paged(given),
  }),
  batchGet: ({ tables }) => ({
    operation: 'BatchGetItem',
    tables: each(tables, ({ keys, consistentRead, projection: names }) => ({
      keys: keys.map(typed),
      consistentRead,
      projection: projection(names),
    })),
  }),
  batchPut: ({ tables }) => ({
    operation: 'BatchPutItem',
    tables: each(tables, (items) => items.map(typed)),
  }),
  batchDelete: ({ tables }) => ({
    operation: 'BatchDeleteItem',
    tables: each(tables, (keys) => keys.map(typed)),
  }),
  transactGet: ({ items }) => ({
    operation: 'TransactGetItems',
    transactItems: items.map((/** @type {Given} */ { table, key, projection: names }) => ({
      table,
      key: typed(key),
      projection: projection(names),
    })),
  }),
  transactWrite: ({ items }) => ({
    operation: 'TransactWriteItems',
    transactItems: items.map((/** @type {Given} */ entry) => {
      const [[kind, { table, ...given }]] = Object.entries(entry);
      return { table, ...WRITES[kind](given) };
    }),
  }),
};

/** @type {(kind: string, fallback?: unknown) =>
 *   (value?: unknown, index?: number) => Map<string, unknown>} */
const operation =
  (kind, fallback) =>
  (value = fallback, index) =>
    new Map(Object.entries({ [KIND]: kind, value, index }));

/** The functions of the module, by name, for values as code of resolvers gives them; requests
 * have no key whose value nobody gave. */
export const DYNAMODB_MODULE = {
  ...Object.fromEntries(
    Object.entries(REQUESTS).map(([name, make]) => [
      name,
      (/** @type {any} */ given) => fromJson(JSON.parse(JSON.stringify(make(toJson(given))))),
    ]),
  ),
  operations: {
    add: operation('add'),
    remove: operation('remove'),
    replace: operation('replace'),
    increment: operation('increment', 1),
    decrement: operation('decrement', 1),
    append: operation('append'),
    prepend: operation('prepend'),
    updateListItem: operation('updateListItem'),
  },
};
