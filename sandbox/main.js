// Serves the GraphQL API of a cloud assembly on this machine, without AWS.
//
// Usage: node main.js CDK_OUT [--port PORT] [--outputs FILE]
//
// When it is ready it prints one line of JSON with its address, and it ends on SIGTERM or SIGINT.
// What functions print goes to stderr. Their secrets, and other values of their environment, are
// taken from the environment of this program where it has variables of the same names.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readAssembly } from './assembly/model.js';
import { outputs } from './assembly/outputs.js';
import { endpoints } from './functions/endpoints.js';
import { Lambdas } from './functions/lambdas.js';
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
const lambdas = new Lambdas(model);
const engine = new Engine(model, lambdas);
const server = await serve(engine, Number(values.port), [endpoints(engine, lambdas)]);
lambdas.origin = new URL(server.url).origin;
const made = outputs(model, server.url);
if (values.outputs !== undefined) {
  writeFileSync(values.outputs, `${JSON.stringify(made, null, 2)}\n`);
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    lambdas.close();
    void server.close().then(() => process.exit(0));
  });
}
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
