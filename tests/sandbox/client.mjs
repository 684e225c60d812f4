// Does what tests ask with the real Amplify client: one JSON document a line, in both directions.
//
// Usage: node client.mjs NODE_MODULES AMPLIFY_OUTPUTS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

const [packages, file] = process.argv.slice(2);
const require = createRequire(`${path.resolve(packages)}/`);
const { Amplify } = require('aws-amplify');
const { generateClient } = require('aws-amplify/data');
const storage = require('aws-amplify/storage');
const { Hub } = require('aws-amplify/utils');
const { WebSocket } = require('ws');

// The client always asks for TLS, which a server on the same machine does not have.
globalThis.WebSocket = class extends WebSocket {
  constructor(url, protocols) {
    super(String(url).replace('wss:', 'ws:'), protocols);
  }
};

const outputs = JSON.parse(readFileSync(file, 'utf8'));
const { origin } = new URL(outputs.data.url);
const direct = globalThis.fetch;

/** Where this machine has what S3 would have at an address. */
function localized(address) {
  const [, bucket, rest] = /^https:\/\/([^./]+)\.s3\.[^/]+\/(.*)$/s.exec(String(address)) ?? [];
  return bucket ? `${origin}/s3/${bucket}/${rest}` : address;
}

globalThis.fetch = (address, options) => direct(localized(address), options);

/** The tokens of whoever asks, and their credentials of the identity pool. */
let asking = { token: undefined, session: undefined };

function payloadOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

Amplify.configure(outputs, {
  Auth: {
    tokenProvider: {
      getTokens: async () =>
        asking.token && {
          accessToken: { toString: () => asking.token, payload: payloadOf(asking.token) },
        },
    },
    credentialsProvider: {
      clearCredentialsAndIdentityId: () => undefined,
      getCredentialsAndIdentityId: async () => ({
        identityId: asking.session?.split('/')[1],
        credentials: {
          accessKeyId: 'local',
          secretAccessKey: 'local',
          sessionToken: asking.session,
        },
      }),
    },
  },
});

const client = generateClient();
const subscriptions = new Map();

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function withoutRelations(record) {
  return JSON.parse(JSON.stringify(record ?? null));
}

async function follow({ model, key, relation, options }) {
  const { data, errors } = await client.models[model].get(key, { authMode: options.authMode });
  return data ? data[relation](options) : { data, errors };
}

/** Resolves when the server has accepted the subscription, or with the errors it gave instead. */
function subscribe({ id, model, method, options }) {
  return new Promise((resolve) => {
    const stop = Hub.listen('api', ({ payload }) => {
      if (payload.event === 'Subscription ack') end({ data: id });
    });
    const end = (answer) => {
      stop();
      resolve(answer);
    };
    const subscription = client.models[model][method](options).subscribe({
      next: (record) => say({ event: id, data: withoutRelations(record) }),
      error: ({ errors, error }) => end({ data: null, errors: errors ?? error?.errors ?? [error] }),
    });
    subscriptions.set(id, subscription);
  });
}

const files = {
  async write(path, size) {
    await storage.uploadData({ path, data: Buffer.alloc(size, 'x') }).result;
    return true;
  },
  async get(path) {
    const { body } = await storage.downloadData({ path }).result;
    return (await body.text()).length;
  },
  async link(path) {
    const { url } = await storage.getUrl({ path });
    const response = await fetch(url);
    return response.ok ? (await response.text()).length : response.status;
  },
  async list(path, options) {
    const { items, nextToken } = await storage.list({ path, options });
    return { paths: items.map((item) => item.path), nextToken };
  },
  async delete(path) {
    await storage.remove({ path });
    return true;
  },
};

/** Does something with files; what S3 refuses is an error of the type that it says. */
async function use({ method, arguments: given }) {
  try {
    return { data: await files[method](...given) };
  } catch (error) {
    return { data: null, errors: [{ errorType: error.name, message: error.message }] };
  }
}

async function answer(request) {
  asking = request.caller;
  switch (request.kind) {
    case 'follow':
      return follow(request);
    case 'subscribe':
      return subscribe(request);
    case 'files':
      return use(request);
    case 'operate':
      return client[request.type][request.name](request.input, request.options);
    case 'unsubscribe':
      subscriptions.get(request.subscription).unsubscribe();
      return { data: null };
    default:
      return client.models[request.model][request.method](...request.arguments);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    const { data, errors, nextToken } = await answer(request);
    say({ id: request.id, data: withoutRelations(data), errors, nextToken });
  } catch (error) {
    say({ id: request.id, data: null, errors: [{ message: String(error?.message ?? error) }] });
  }
}
process.exit(0);
