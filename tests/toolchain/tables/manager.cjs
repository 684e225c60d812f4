// Runs the function that changes the tables of Amplify's backends, as a deployment does, and says
// what it asks of DynamoDB. Its argument is the function's folder; it reads the changes of tables
// from its input: for each the properties before and after, either of which may be null.
const { join } = require('node:path');
const Module = require('node:module');

const [folder] = process.argv.slice(2);
/** What was asked, of the table at hand. */
let asked = [];
let table = null;
let passedOn = null;

class ResourceNotFoundException extends Error {}

const ended = {
  ContinuousBackupsDescription: {
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  },
};

/** As much of DynamoDB as the function uses. Everything takes no time. */
class DynamoDB {
  async describeTable() {
    if (table === null) throw new ResourceNotFoundException('no such table');
    return { Table: structuredClone(table) };
  }

  async createTable(input) {
    if (table !== null) throw new Error('ResourceInUseException');
    asked.push('create table');
    table = made(input);
    return { TableDescription: { TableArn: 'arn', LatestStreamArn: 'stream' } };
  }

  async deleteTable() {
    asked.push('delete table');
    table = null;
  }

  async updateTable({ GlobalSecondaryIndexUpdates: updates = [], AttributeDefinitions: types }) {
    // DynamoDB refuses more than one at a time.
    if (updates.length > 1) throw new Error('LimitExceededException');
    for (const { Create: created, Delete: deleted } of updates) {
      if (deleted) {
        asked.push(`delete index ${deleted.IndexName}`);
        table.GlobalSecondaryIndexes = table.GlobalSecondaryIndexes.filter(
          ({ IndexName: name }) => name !== deleted.IndexName,
        );
      }
      if (created) {
        asked.push(`create index ${created.IndexName}`);
        table.GlobalSecondaryIndexes.push({ ...upper(created), IndexStatus: 'ACTIVE' });
        const names = types.map(({ AttributeName: name }) => name);
        const others = table.AttributeDefinitions.filter(
          (item) => !names.includes(item.AttributeName),
        );
        table.AttributeDefinitions = [...others, ...types];
      }
    }
  }

  async describeTimeToLive() {
    const on = table.expiry !== undefined;
    const state = { TimeToLiveStatus: on ? 'ENABLED' : 'DISABLED', AttributeName: table.expiry };
    return { TimeToLiveDescription: state };
  }

  async updateTimeToLive({ TimeToLiveSpecification: { Enabled: on, AttributeName: name } }) {
    if (on && table.expiry !== undefined && table.expiry !== name) {
      throw new Error('ValidationException: TimeToLive is active on a different AttributeName');
    }
    asked.push(on ? `expire by ${name}` : 'expire no longer');
    table.expiry = on ? name : undefined;
  }

  async describeContinuousBackups() {
    return ended;
  }

  async send() {
    return { Tags: [] };
  }
}

class Lambda {
  async send() {
    return { Tags: {} };
  }
}

class Command {}
class Retry extends Error {}

const replaced = {
  '@aws-sdk/client-dynamodb': {
    DynamoDB,
    ResourceNotFoundException,
    ContinuousBackupsUnavailableException: class extends Error {},
    ListTagsOfResourceCommand: Command,
  },
  '@aws-sdk/client-lambda': { Lambda, ListTagsCommand: Command },
  './cfn-response': { Retry, safeHandler: (handler) => handler, submitResponse: async () => {} },
  './outbound': {
    startExecution: async ({ input }) => {
      passedOn = JSON.parse(input);
    },
  },
  './util': { getEnv: () => '', log: () => {} },
};
const load = Module._load;
Module._load = (name, ...rest) => replaced[name] ?? load(name, ...rest);
console.log = () => {};
console.warn = () => {};
// The function waits for some random seconds before it asks about expiry.
Math.random = () => 0;

/** Writes keys as the API does: the function hands some on as CloudFormation has them. */
function upper(value) {
  if (Array.isArray(value)) return value.map(upper);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key[0].toUpperCase() + key.slice(1),
      upper(inner),
    ]),
  );
}

function made(input) {
  const found = upper(JSON.parse(JSON.stringify(input)));
  const indexes = (found.GlobalSecondaryIndexes ?? []).map((index) => ({
    ...index,
    IndexStatus: 'ACTIVE',
  }));
  return {
    ...found,
    TableArn: 'arn',
    TableStatus: 'ACTIVE',
    GlobalSecondaryIndexes: indexes,
    BillingModeSummary: { BillingMode: found.BillingMode },
  };
}

const manager = require(join(folder, 'amplify-table-manager-handler.js'));

async function run(kind, after, before) {
  passedOn = null;
  const event = {
    RequestType: kind,
    RequestId: 'request',
    ResponseURL: 'https://example.com',
    ResourceProperties: structuredClone(after),
    ...(kind === 'Create' ? {} : { PhysicalResourceId: after.tableName }),
    ...(before ? { OldResourceProperties: structuredClone(before) } : {}),
  };
  await manager.onEvent(event, { invokedFunctionArn: 'arn' });
  for (let tries = 0; passedOn !== null; tries += 1) {
    try {
      await manager.isComplete(passedOn, { invokedFunctionArn: 'arn' });
      return;
    } catch (error) {
      if (!(error instanceof Retry) || tries > 50) throw error;
    }
  }
}

async function change([before, after]) {
  table = null;
  asked = [];
  if (before !== null) await run('Create', before);
  asked = [];
  try {
    if (after === null) await run('Delete', before);
    else await run(before === null ? 'Create' : 'Update', after, before);
  } catch (error) {
    asked.push(`failed: ${error.message}`);
  }
  const types = table?.AttributeDefinitions.map((item) => [item.AttributeName, item.AttributeType]);
  return { asked, types: Object.fromEntries(types ?? []) };
}

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const found = {};
  for (const [name, states] of Object.entries(JSON.parse(text))) found[name] = await change(states);
  process.stdout.write(JSON.stringify(found));
})();
