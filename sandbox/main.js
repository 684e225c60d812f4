// Serves the GraphQL API of a cloud assembly on this machine, without AWS.
//
// Usage: node main.js CDK_OUT [--port PORT] [--outputs FILE]
//
// When it is ready it prints one line of JSON with its address, and it ends on SIGTERM or SIGINT.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readAssembly } from './assembly/model.js';
import { outputs } from './assembly/outputs.js';
import { Engine } from './graphql/engine.js';
import { serve } from './server.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    outputs: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('usage: node main.js CDK_OUT [--port PORT] [--outputs FILE]\n');
  process.exit(2);
}

const model = readAssembly(folder);
const server = await serve(new Engine(model), Number(values.port));
const made = outputs(model, server.url);
if (values.outputs !== undefined) {
  writeFileSync(values.outputs, `${JSON.stringify(made, null, 2)}\n`);
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
