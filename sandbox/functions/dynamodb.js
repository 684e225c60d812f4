// DynamoDB's own operations on the tables, for those who call it without the API.
import { Cancelled } from '../dynamodb/database.js';
import { projected } from '../dynamodb/projections.js';
import { DynamoError, invalid } from '../dynamodb/values.js';

/** @typedef {import('../dynamodb/database.js').Database} Database */
/** @typedef {import('../dynamodb/database.js').Write} Write */
/** @typedef {import('../dynamodb/values.js').Item} Item */
/** @typedef {Record<string, any>} Request */
/** @typedef {(action: string, table: string, index?: string) => void} Guard */
/** @typedef {(request: Request, database: Database, guard: Guard) => Request} Operation */

/**
 * @param {Request} request
 * @param {string} name Of the expression, such as `ConditionExpression`.
 */
function expressionOf(request, name) {
  if (!request[name]) return null;
  return {
    expression: request[name],
    names: request.ExpressionAttributeNames ?? {},
    values: request.ExpressionAttributeValues ?? {},
  };
}

/**
 * @param {Request} request
 * @param {Item | undefined} item
 */
const asked = (request, item) => projected(expressionOf(request, 'ProjectionExpression'), item);

/**
 * @param {Request} request
 * @param {Item | undefined} before
 * @param {Item | undefined} after
 */
function attributes({ ReturnValues: wanted = 'NONE' }, before, after) {
  if (wanted === 'NONE') return {};
  const item = wanted.endsWith('OLD') ? before : after;
  if (!item) return {};
  if (wanted.startsWith('ALL')) return { Attributes: item };
  const changed = Object.entries(item).filter(
    ([name]) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  return { Attributes: Object.fromEntries(changed) };
}

/**
 * @param {Request} request
 * @returns {import('../dynamodb/table.js').Paging}
 */
function paging(request) {
  return {
    filter: expressionOf(request, 'FilterExpression'),
    index: request.IndexName,
    limit: request.Limit,
    start: request.ExclusiveStartKey,
  };
}

/**
 * @param {Request} request
 * @param {import('../dynamodb/table.js').Page} page
 */
function paged(request, { items, scanned, last }) {
  const counts = { Count: items.length, ScannedCount: scanned };
  const found = items.map((item) => asked(request, item));
  return {
    ...counts,
    ...(request.Select === 'COUNT' ? {} : { Items: found }),
    ...(last ? { LastEvaluatedKey: last } : {}),
  };
}

/**
 * @param {Request} entry One of a transaction.
 * @param {Guard} guard
 * @returns {Write}
 */
function write(entry, guard) {
  const [[kind, request]] = Object.entries(entry);
  usesAll(request);
  guard(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, request.TableName);
  const common = {
    table: request.TableName,
    condition: expressionOf(request, 'ConditionExpression'),
    returnsOld: request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
  switch (kind) {
    case 'Put':
      return { ...common, kind: 'put', item: request.Item };
    case 'Update':
      return { ...common, kind: 'update', key: request.Key, change: change(request) };
    case 'Delete':
      return { ...common, kind: 'delete', key: request.Key };
    default:
      return { ...common, kind: 'check', key: request.Key };
  }
}

/** @param {Request} request */
function change(request) {
  const nothing = { expression: '', names: {}, values: {} };
  return expressionOf(request, 'UpdateExpression') ?? nothing;
}

/**
 * Refuses placeholders that no expression uses, as DynamoDB does.
 * @param {Request} request
 */
function usesAll(request) {
  const expressions = Object.keys(request).filter((key) => key.endsWith('Expression'));
  const text = expressions.map((key) => request[key]).join(' ');
  for (const kind of ['Names', 'Values']) {
    for (const name of Object.keys(request[`ExpressionAttribute${kind}`] ?? {})) {
      if (new RegExp(`${name}(?!\\w)`).test(text)) continue;
      throw invalid(
        `Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${name}}`,
      );
    }
  }
}

/** @type {Map<string, {text: string, at: number}>} Transactions by their tokens. */
const made = new Map();
const REMEMBERED = 10 * 60 * 1000;

/**
 * If a transaction was made before; its token then says so.
 * @param {Request} request
 */
function isRepeated({ ClientRequestToken: token, ...rest }) {
  if (!token) return false;
  const text = JSON.stringify(rest);
  const known = made.get(token);
  if (!known || Date.now() - known.at > REMEMBERED) return false;
  if (known.text === text) return true;
  throw new DynamoError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request.',
  );
}

/** @type {Record<string, Operation>} */
const OPERATIONS = {
  GetItem: (request, database) => {
    const item = asked(request, database.table(request.TableName).get(request.Key));
    return item ? { Item: item } : {};
  },
  PutItem: (request, database) => {
    const table = database.table(request.TableName);
    const before = table.put(request.Item, expressionOf(request, 'ConditionExpression'));
    return attributes(request, before, request.Item);
  },
  UpdateItem: (request, database) => {
    const table = database.table(request.TableName);
    const before = table.get(request.Key);
    const condition = expressionOf(request, 'ConditionExpression');
    return attributes(request, before, table.update(request.Key, change(request), condition));
  },
  DeleteItem: (request, database) => {
    const table = database.table(request.TableName);
    const condition = expressionOf(request, 'ConditionExpression');
    return attributes(request, table.delete(request.Key, condition), undefined);
  },
  Query: (request, database) => {
    const expression = expressionOf(request, 'KeyConditionExpression');
    if (!expression)
      throw invalid('Either the KeyConditions or KeyConditionExpression is required');
    const forward = request.ScanIndexForward !== false;
    const table = database.table(request.TableName);
    return paged(request, table.query(expression, { ...paging(request), forward }));
  },
  Scan: (request, database) =>
    paged(request, database.table(request.TableName).scan(paging(request))),
  BatchGetItem: ({ RequestItems }, database, guard) => {
    const gets = Object.entries(/** @type {Record<string, Request>} */ (RequestItems));
    for (const [name] of gets) guard('BatchGetItem', name);
    const found = database.batchGet(
      Object.fromEntries(gets.map(([name, { Keys }]) => [name, Keys])),
    );
    const responses = gets.map(([name, request]) => [
      name,
      found[name].filter((item) => item).map((item) => asked(request, item)),
    ]);
    return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
  },
  BatchWriteItem: ({ RequestItems }, database, guard) => {
    const writes = Object.entries(/** @type {Record<string, Request[]>} */ (RequestItems));
    for (const [name] of writes) guard('BatchWriteItem', name);
    if (writes.reduce((sum, [, list]) => sum + list.length, 0) > 25) {
      throw invalid('Too many items requested for the BatchWriteItem call');
    }
    for (const [name, list] of writes) {
      for (const { PutRequest, DeleteRequest } of list) {
        if (PutRequest) database.table(name).put(PutRequest.Item);
        else database.table(name).delete(DeleteRequest.Key);
      }
    }
    return { UnprocessedItems: {} };
  },
  TransactWriteItems: (request, database, guard) => {
    const writes = request.TransactItems.map((/** @type {Request} */ entry) => write(entry, guard));
    if (isRepeated(request)) return {};
    database.transactWrite(writes);
    const { ClientRequestToken: token, ...rest } = request;
    if (token) made.set(token, { text: JSON.stringify(rest), at: Date.now() });
    return {};
  },
  TransactGetItems: ({ TransactItems }, database, guard) => {
    /** @type {Request[]} */
    const gets = TransactItems.map((/** @type {Request} */ { Get }) => Get);
    for (const { TableName } of gets) guard('GetItem', TableName);
    const reads = gets.map(({ TableName: table, Key: key }) => ({ table, key }));
    const found = database.transactGet(reads);
    const responses = gets.map((request, index) => asked(request, found[index]));
    return { Responses: responses.map((item) => (item ? { Item: item } : {})) };
  },
};

/**
 * Does what a request to DynamoDB asks for.
 * @param {Database} database
 * @param {string} operation
 * @param {Request} request
 * @param {Guard} guard Throws when the caller may not do something.
 * @returns {{status: number, content: Request}}
 */
export function dynamodb(database, operation, request, guard) {
  try {
    if (!Object.hasOwn(OPERATIONS, operation)) {
      throw new DynamoError('UnknownOperationException', `${operation} is not built here`);
    }
    usesAll(request);
    if (request.TableName) guard(operation, request.TableName, request.IndexName);
    return { status: 200, content: OPERATIONS[operation](request, database, guard) };
  } catch (error) {
    if (!(error instanceof DynamoError)) throw error;
    return { status: 400, content: described(error, database, request) };
  }
}

/**
 * @param {DynamoError} error
 * @param {Database} database
 * @param {Request} request
 */
function described(error, database, request) {
  const content = {
    __type: `com.amazonaws.dynamodb.v20120810#${error.name}`,
    message: error.message,
  };
  if (error instanceof Cancelled) {
    const reasons = error.reasons.map(({ code, message, item }) => ({
      Code: code,
      ...(message ? { Message: message } : {}),
      ...(item ? { Item: item } : {}),
    }));
    return { ...content, Message: error.message, CancellationReasons: reasons };
  }
  if (error.name.startsWith('Conditional') && request.ReturnValuesOnConditionCheckFailure) {
    const item = database.table(request.TableName).get(request.Key ?? request.Item);
    return item ? { ...content, Item: item } : content;
  }
  return content;
}
