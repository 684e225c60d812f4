// Reads and writes of tables: what is made here has the fields that Amplify gives its records.
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  TransactWriteCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Key = Record<string, string>;
type Values = Record<string, unknown>;

/** What must hold of a row: a value, one of several, or none (`undefined`); or limits of numbers. */
interface Condition {
  where?: Values;
  atLeast?: Record<string, number>;
  below?: Record<string, number>;
}

/** What is set (taken away, if `undefined`) and added to, of a row of which a condition holds. */
interface Change extends Condition {
  set?: Values;
  add?: Record<string, number>;
}

/** How many writes one transaction takes. */
export const MOST_WRITES = 100;

const MOST_KEYS = 100;
const ATTEMPTS = 5;

const client = DynamoDBDocumentClient.from(new DynamoDBClient(), {
  marshallOptions: { removeUndefinedValues: true },
});

/** A row as it is at this moment. */
export async function getRow<T>(table: string, key: Key) {
  const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item as T | undefined;
}

/** Those of some rows that there are, by their ids. */
export async function getRows<T extends { id: string }>(table: string, ids: Iterable<string>) {
  const found = new Map<string, T>();
  let waiting = [...new Set(ids)];
  while (waiting.length) {
    const Keys = waiting.slice(0, MOST_KEYS).map((id) => ({ id }));
    const command = new BatchGetCommand({
      RequestItems: { [table]: { Keys, ConsistentRead: true } },
    });
    const { Responses, UnprocessedKeys } = await client.send(command);
    for (const row of (Responses?.[table] ?? []) as T[]) found.set(row.id, row);
    // The table is busy, or the rows are large.
    const left = (UnprocessedKeys?.[table]?.Keys ?? []) as { id: string }[];
    if (left.length) await moment();
    waiting = [...waiting.slice(MOST_KEYS), ...left.map(({ id }) => id)];
  }
  return found;
}

/** The rows that a query finds: all of them, or the first so many. */
export async function queryRows<T>(query: QueryCommandInput, limit = Infinity) {
  const rows: T[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query)) {
    rows.push(...(Items as T[]));
    if (rows.length >= limit) break;
  }
  return rows.slice(0, limit);
}

/** All rows of a table that has few. */
export async function allRows<T>(table: string) {
  const rows: T[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) {
    rows.push(...(Items as T[]));
  }
  return rows;
}

/** The rows of an index that have a value in the field that it is by. */
export function rowsBy<T>(table: string, index: string, field: string, value: string) {
  return queryRows<T>({
    TableName: table,
    IndexName: index,
    KeyConditionExpression: '#field = :value',
    ExpressionAttributeNames: { '#field': field },
    ExpressionAttributeValues: { ':value': value },
  });
}

/** Puts a row in its place, whatever was there. */
export function put(table: string, typename: string, row: Values) {
  const now = new Date().toISOString();
  // An index takes no rows with null in its key.
  const given = Object.entries(row).filter(([, value]) => value !== null);
  const Item = {
    __typename: typename,
    createdAt: now,
    updatedAt: now,
    ...Object.fromEntries(given),
  };
  return { Put: { TableName: table, Item } } satisfies Write;
}

/** Makes a row, if there is none with that id. */
export function created(table: string, typename: string, row: Values & { id: string }) {
  const { Put } = put(table, typename, row);
  return { Put: { ...Put, ConditionExpression: 'attribute_not_exists(id)' } } satisfies Write;
}

/** Changes a row that is there; what only adds to it leaves the time of its last change. */
export function changed(table: string, key: Key, change: Change): Write {
  const { set, add = {} } = change;
  const expression = new Expression();
  const given = Object.entries(set ? { updatedAt: new Date().toISOString(), ...set } : {});
  const clauses = {
    SET: given
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${expression.name(name)} = ${expression.value(value)}`),
    REMOVE: given.filter(([, value]) => value === undefined).map(([name]) => expression.name(name)),
    ADD: Object.entries(add).map(
      ([name, value]) => `${expression.name(name)} ${expression.value(value)}`,
    ),
  };
  const UpdateExpression = Object.entries(clauses)
    .filter(([, parts]) => parts.length)
    .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
    .join(' ');
  return {
    Update: { TableName: table, Key: key, UpdateExpression, ...expression.condition(key, change) },
  };
}

/** Takes a row away that is there. */
export function deleted(table: string, key: Key, condition: Condition = {}): Write {
  const ours = new Expression().condition(key, condition);
  return { Delete: { TableName: table, Key: key, ...ours } };
}

/** Writes nothing, but lets nothing be written unless a row is there and this holds of it. */
export function checked(table: string, key: Key, condition: Condition = {}): Write {
  const ours = new Expression().condition(key, condition);
  return { ConditionCheck: { TableName: table, Key: key, ...ours } };
}

class Expression {
  #names: Record<string, string> = {};
  #values: Values = {};

  name(field: string) {
    this.#names[`#${field}`] = field;
    return `#${field}`;
  }

  value(value: unknown) {
    const name = `:${Object.keys(this.#values).length}`;
    this.#values[name] = value;
    return name;
  }

  condition(key: Key, { where = {}, atLeast = {}, below = {} }: Condition) {
    const parts = [
      ...Object.keys(key).map((name) => `attribute_exists(${this.name(name)})`),
      ...Object.entries(where).map(([name, value]) => this.#holds(this.name(name), value)),
      ...Object.entries(atLeast).map(
        ([name, value]) => `${this.name(name)} >= ${this.value(value)}`,
      ),
      ...Object.entries(below).map(([name, value]) => {
        const field = this.name(name);
        return `(attribute_not_exists(${field}) OR ${field} < ${this.value(value)})`;
      }),
    ];
    return {
      ConditionExpression: parts.join(' AND '),
      ExpressionAttributeNames: this.#names,
      ...(Object.keys(this.#values).length && { ExpressionAttributeValues: this.#values }),
    };
  }

  #holds(field: string, value: unknown): string {
    if (Array.isArray(value))
      return `(${value.map((one) => this.#holds(field, one)).join(' OR ')})`;
    if (value !== undefined && value !== null) return `${field} = ${this.value(value)}`;
    return `(attribute_not_exists(${field}) OR attribute_type(${field}, ${this.value('NULL')}))`;
  }
}

/** Waits for others who use the same rows. */
function moment() {
  return setTimeout(Math.random() * 200);
}

/** Makes all writes, or none: then the answer has the positions of those whose condition failed. */
export async function refused(writes: Write[], attempts = ATTEMPTS): Promise<number[]> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: writes }));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const positions = codes.flatMap((code, at) => (code === 'ConditionalCheckFailed' ? at : []));
    if (positions.length) return positions;
    // Somebody else writes to the same rows at this moment.
    if (!codes.includes('TransactionConflict') || attempts === 1) throw error;
    await moment();
    return refused(writes, attempts - 1);
  }
}

/** Makes all writes and answers null, or none: then where the first is whose condition failed. */
export async function transact(writes: Write[]) {
  const [first = null] = await refused(writes);
  return first;
}
