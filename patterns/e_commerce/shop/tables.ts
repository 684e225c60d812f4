// Reads and writes of tables: what comes from here has the fields that Amplify gives its records.
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type Values = Record<string, unknown>;

/** What is changed of a row, and what must hold of it; else nothing is written. */
interface Change {
  set?: Values;
  add?: Record<string, number>;
  where?: Values;
  atLeast?: Record<string, number>;
}

export const MOST_WRITES = 100;
const MOST_KEYS = 100;

const client = DynamoDBDocumentClient.from(new DynamoDBClient(), {
  marshallOptions: { removeUndefinedValues: true },
});

/** The row with that id, as it is at this moment. */
export async function getRow<T>(table: string, id: string) {
  const command = new GetCommand({ TableName: table, Key: { id }, ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item as T | undefined;
}

/** Those of the rows that there are, by their ids. */
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
    const left = (UnprocessedKeys?.[table]?.Keys ?? []) as { id: string }[];
    waiting = [...waiting.slice(MOST_KEYS), ...left.map(({ id }) => id)];
  }
  return found;
}

/** All rows of an index that have a value. */
export async function rowsWith<T>(table: string, index: string, field: string, value: string) {
  const rows: T[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#field = :value',
        ExpressionAttributeNames: { '#field': field },
        ExpressionAttributeValues: { ':value': value },
        ExclusiveStartKey: start,
      }),
    );
    rows.push(...(Items as T[]));
    start = LastEvaluatedKey;
  } while (start);
  return rows;
}

/** Makes a row that is not there yet, as Amplify would. */
export function created(table: string, typename: string, row: Values & { id: string }): Write {
  const now = new Date().toISOString();
  return {
    Put: {
      TableName: table,
      Item: { __typename: typename, createdAt: now, updatedAt: now, ...row },
      ConditionExpression: 'attribute_not_exists(id)',
    },
  };
}

/** Changes a row that is there. */
export function changed(table: string, id: string, { set, add = {}, ...held }: Change): Write {
  const values = new Placeholders();
  const given = { ...set, updatedAt: new Date().toISOString() };
  const sets = Object.entries(given).map(([name, value]) => values.pair(name, '=', value));
  const adds = Object.entries(add).map(([name, value]) => values.pair(name, '', value));
  const UpdateExpression = `SET ${sets.join(', ')}${adds.length ? ` ADD ${adds.join(', ')}` : ''}`;
  const condition = values.condition(held);
  return { Update: { TableName: table, Key: { id }, UpdateExpression, ...condition } };
}

/** Writes nothing, but lets nothing be written unless this holds of a row. */
export function checked(table: string, id: string, where: Values): Write {
  const condition = new Placeholders().condition({ where });
  return { ConditionCheck: { TableName: table, Key: { id }, ...condition } };
}

/** Deletes a row of which this holds. */
export function deleted(table: string, id: string, where: Values): Write {
  const condition = new Placeholders().condition({ where });
  return { Delete: { TableName: table, Key: { id }, ...condition } };
}

class Placeholders {
  #names: Record<string, string> = {};
  #values: Values = {};

  pair(name: string, sign: string, value: unknown) {
    const number = Object.keys(this.#values).length;
    this.#names[`#${name}`] = name;
    this.#values[`:${number}`] = value;
    return `#${name} ${sign} :${number}`;
  }

  condition({ where = {}, atLeast = {} }: Pick<Change, 'where' | 'atLeast'>) {
    const parts = [
      'attribute_exists(id)',
      ...Object.entries(where).map(([name, value]) =>
        value === undefined ? this.#absent(name) : this.pair(name, '=', value),
      ),
      ...Object.entries(atLeast).map(([name, value]) => this.pair(name, '>=', value)),
    ];
    const hasNames = Object.keys(this.#names).length > 0;
    const hasValues = Object.keys(this.#values).length > 0;
    return {
      ConditionExpression: parts.join(' AND '),
      ...(hasNames && { ExpressionAttributeNames: this.#names }),
      ...(hasValues && { ExpressionAttributeValues: this.#values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
  }

  #absent(name: string) {
    this.#names[`#${name}`] = name;
    this.#values[':null'] = 'NULL';
    return `(attribute_not_exists(#${name}) OR attribute_type(#${name}, :null))`;
  }
}

/** A row that kept a transaction from being made, as it was. */
export interface Obstacle {
  position: number;
  inventory: number;
  isActive: boolean;
}

/** Makes all writes, or none: then the answer says which condition did not hold. */
export async function transact(writes: Write[], attempts = 4): Promise<Obstacle | null> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: writes }));
    return null;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const position = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
    if (position < 0) {
      const isBusy = reasons.some(({ Code }) => Code === 'TransactionConflict');
      if (!isBusy || attempts === 1) throw error;
      await setTimeout(Math.random() * 500);
      return transact(writes, attempts - 1);
    }
    const row = reasons[position]?.Item;
    const inventory = Number(row?.inventory?.N ?? 0);
    return { position, inventory, isActive: row?.isActive?.BOOL === true };
  }
}
