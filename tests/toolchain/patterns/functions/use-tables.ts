import { env } from '$amplify/env/use-tables';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';

const client = new dynamodb.DynamoDBClient();

const COMMANDS = {
  batchGet: dynamodb.BatchGetItemCommand,
  batchWrite: dynamodb.BatchWriteItemCommand,
  delete: dynamodb.DeleteItemCommand,
  get: dynamodb.GetItemCommand,
  put: dynamodb.PutItemCommand,
  query: dynamodb.QueryCommand,
  scan: dynamodb.ScanCommand,
  transactGet: dynamodb.TransactGetItemsCommand,
  transactWrite: dynamodb.TransactWriteItemsCommand,
  update: dynamodb.UpdateItemCommand,
};

/** Does what it is asked, with the names of tables in the place of those of variables. */
export async function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const text = (event.body ?? '')
    .replaceAll('ENTRY_TABLE', env.ENTRY_TABLE)
    .replaceAll('NOTE_TABLE', env.NOTE_TABLE);
  const { command, input } = JSON.parse(text) as { command: keyof typeof COMMANDS; input: never };
  try {
    // They differ in what they take, and this is what a test asks for.
    const Command = COMMANDS[command] as typeof dynamodb.PutItemCommand;
    const told = await client.send(new Command(input));
    return { statusCode: 200, body: JSON.stringify(told) };
  } catch (error) {
    if (!(error instanceof dynamodb.DynamoDBServiceException)) throw error;
    const { name, message } = error;
    return { statusCode: 400, body: JSON.stringify({ ...error, name, message }) };
  }
}
