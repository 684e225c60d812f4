// What data sources do with the requests that templates make.
import { projected } from '../dynamodb/projections.js';
import { fromItem, invalid } from '../dynamodb/values.js';
import { LambdaError } from '../functions/lambdas.js';
import { ask } from '../opensearch/service.js';
import { askHttp } from './http.js';

/** @typedef {import('../assembly/model.js').ApiModel} ApiModel */
/** @typedef {import('../dynamodb/database.js').Database} Database */
/** @typedef {import('../dynamodb/values.js').Item} Item */
/** @typedef {import('../dynamodb/table.js').Table} Table */
/** @typedef {import('../dynamodb/database.js').Write} Write */
/** @typedef {import('../functions/lambdas.js').Lambdas} Lambdas */
/** @typedef {{model: ApiModel, database: Database, lambdas: Lambdas}} Sources */
/** @typedef {Record<string, any>} Request */
/** @typedef {(request: Request, table: Table, database: Database) => unknown} Operation */

/** @param {any} expression As templates write one. */
function expressionOf(expression) {
  if (!expression?.expression) return null;
  const { expression: text, expressionNames: names, expressionValues: values } = expression;
  return { expression: text, names: names ?? {}, values: values ?? {} };
}

/** @param {Item | undefined} item */
const json = (item) => (item ? fromItem(item) : null);

/**
 * @param {Request} request
 * @param {Item | undefined} item
 */
const asked = ({ projection }, item) => json(projected(expressionOf(projection), item));

/** @param {Request} request */
function paging({ filter, index, limit, nextToken }) {
  const start = nextToken ? decode(nextToken) : null;
  return { filter: expressionOf(filter), index, limit, start };
}

/** @param {string} token */
function decode(token) {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw invalid('Invalid pagination token given.');
  }
}

/**
 * @param {Request} request
 * @param {import('../dynamodb/table.js').Page} page
 */
function paged(request, { items, scanned, last }) {
  const nextToken = last ? Buffer.from(JSON.stringify(last)).toString('base64url') : null;
  const found = items.map((item) => asked(request, item));
  return { items: found, nextToken, scannedCount: scanned, startedAt: null };
}

/**
 * @param {Request} entry One write of a transaction.
 * @returns {Write}
 */
function write({ operation, table, key, attributeValues, update, condition }) {
  const common = { table, condition: expressionOf(condition) };
  switch (operation) {
    case 'PutItem':
      return { ...common, kind: 'put', item: { ...attributeValues, ...key } };
    case 'UpdateItem':
      return { ...common, kind: 'update', key, change: changeOf(update, condition) };
    case 'DeleteItem':
      return { ...common, kind: 'delete', key };
    case 'ConditionCheck':
      return { ...common, kind: 'check', key };
    default:
      throw invalid(`Unknown operation in a transaction: ${operation}`);
  }
}

/**
 * @param {any} update
 * @param {any} condition
 */
function changeOf(update, condition) {
  const change = expressionOf(update) ?? { expression: '', names: {}, values: {} };
  // Both expressions are one request, whose placeholders either may use.
  const names = { ...condition?.expressionNames, ...change.names };
  return { ...change, names, values: { ...condition?.expressionValues, ...change.values } };
}

/** @type {(tables: Record<string, {keys: Item[]}>) => Record<string, Item[]>} */
const keysOf = (tables) =>
  Object.fromEntries(Object.entries(tables).map(([name, { keys }]) => [name, keys]));

/** @type {Record<string, Operation>} */
const OPERATIONS = {
  GetItem: (request, table) => asked(request, table.get(request.key)),
  PutItem: ({ key, attributeValues, condition }, table) => {
    const item = { ...attributeValues, ...key };
    table.put(item, expressionOf(condition));
    return fromItem(item);
  },
  UpdateItem: ({ key, update, condition }, table) =>
    fromItem(table.update(key, changeOf(update, condition), expressionOf(condition))),
  DeleteItem: ({ key, condition }, table) => json(table.delete(key, expressionOf(condition))),
  Query: (request, table) => {
    const expression = expressionOf(request.query);
    if (!expression)
      throw invalid('Either the KeyConditions or KeyConditionExpression is required');
    const forward = request.scanIndexForward !== false;
    return paged(request, table.query(expression, { ...paging(request), forward }));
  },
  Scan: (request, table) => paged(request, table.scan(paging(request))),
  BatchGetItem: ({ tables }, _, database) => {
    const found = Object.entries(database.batchGet(keysOf(tables)));
    const data = found.map(([name, items]) => [
      name,
      items.map((item) => asked(tables[name], item)),
    ]);
    return { data: Object.fromEntries(data), unprocessedKeys: emptied(tables) };
  },
  BatchPutItem: ({ tables }, _, database) => {
    database.batchPut(tables);
    const written = Object.entries(/** @type {Record<string, Item[]>} */ (tables));
    const data = Object.fromEntries(written.map(([name, items]) => [name, items.map(json)]));
    return { data, unprocessedItems: emptied(tables) };
  },
  BatchDeleteItem: ({ tables }, _, database) => {
    database.batchDelete(tables);
    const written = Object.entries(/** @type {Record<string, Item[]>} */ (tables));
    const data = Object.fromEntries(written.map(([name, keys]) => [name, keys.map(json)]));
    return { data, unprocessedKeys: emptied(tables) };
  },
  TransactWriteItems: ({ transactItems }, _, database) => {
    database.transactWrite(transactItems.map(write));
    const keys = transactItems.map((/** @type {Request} */ entry) => json(entry.key));
    return { keys, cancellationReasons: null };
  },
  TransactGetItems: ({ transactItems }, _, database) => ({
    items: database
      .transactGet(transactItems)
      .map((item, index) => asked(transactItems[index], item)),
    cancellationReasons: null,
  }),
};

/** @param {Record<string, unknown>} tables */
function emptied(tables) {
  return Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
}

/**
 * Sends a request to a data source.
 * @param {Sources} sources
 * @param {string} name The data source's.
 * @param {Request} request
 * @returns {Promise<unknown>} the result as JSON
 * @throws {import('../dynamodb/values.js').DynamoError | LambdaError |
 *   import('../opensearch/errors.js').SearchError}
 */
export async function invoke({ model, database, lambdas }, name, request) {
  const source = model.dataSources[name];
  if (source?.kind === 'NONE') return request?.payload ?? null;
  if (source?.kind === 'AWS_LAMBDA' && source.lambda !== null) {
    return called(lambdas, source.lambda, request);
  }
  if (source?.kind === 'AMAZON_OPENSEARCH_SERVICE' && source.search !== null) {
    return ask({ model, database }, source.search, /** @type {any} */ (request));
  }
  if (source?.kind === 'HTTP' && source.http !== null) return askHttp(source.http, request);
  if (source?.kind !== 'AMAZON_DYNAMODB' || source.table === null) {
    throw new Error(`the data source ${name} is ${source?.kind}, which is not built here`);
  }
  const { operation } = request ?? {};
  if (!Object.hasOwn(OPERATIONS, operation)) {
    throw invalid(`Unknown operation: ${operation}`);
  }
  return OPERATIONS[operation](request, database.table(source.table), database);
}

/**
 * @param {Lambdas} lambdas
 * @param {string} arn
 * @param {Request} request
 */
async function called(lambdas, arn, { operation, payload, invocationType }) {
  if (operation !== 'Invoke') throw new Error(`${operation} of a function is not built here`);
  const answer = lambdas.invoke(arn, payload);
  // What becomes of an event is nobody's answer; the function's own log tells of errors.
  if (invocationType === 'Event') {
    answer.catch((error) => process.stderr.write(`${error}\n`));
    return null;
  }
  const { error, ...given } = await answer;
  if (error) throw new LambdaError(error);
  return 'result' in given ? given.result : null;
}
