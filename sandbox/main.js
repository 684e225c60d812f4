// Serves the backend of a cloud assembly on this machine, without AWS.
//
// Usage: node main.js CDK_OUT [--port PORT] [--outputs FILE] [--data FOLDER] [--guarded]
//                        [--unscheduled]
//
// When it is ready it prints one line of JSON with its address, and it ends on SIGTERM or SIGINT.
// What functions print goes to stderr. Their secrets, and other values of their environment, are
// taken from the environment of this program where it has variables of the same names.
//
// With `--unscheduled` functions with a schedule run only when somebody calls them. With `--data`
// everything is kept in that folder. With `--guarded` addresses hold a secret, the
// outputs are what a browser on this machine needs, requests are taken as lines of JSON from stdin
// (see control.js), and the end of stdin is the end of the program.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { configuration, outputs } from './assembly/outputs.js';
import { Backend } from './backend.js';
import { Control } from './control.js';
import { kept } from './kept.js';
import { serve } from './server.js';
import { statusPage } from './status/service.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    guarded: { type: 'boolean', default: false },
    outputs: { type: 'string' },
    port: { type: 'string', default: '0' },
    unscheduled: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write('usage: node main.js CDK_OUT [--port PORT] [--outputs FILE]\n');
  process.exit(2);
}

// Whoever started the program may be gone, and with it those who read what is said.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const secret = values.guarded ? randomBytes(16).toString('hex') : '';
const store = kept(values.data);
const backend = new Backend(
  folder,
  store,
  (name, line) => void process.stderr.write(`[${name}] ${line}\n`),
  !values.unscheduled,
);
const control = new Control(backend, secret);
const server = await serve(backend, Number(values.port), {
  secret,
  origins: values.guarded ? (origin) => control.isOurs(origin) : null,
  page: values.guarded ? statusPage(control) : null,
});
backend.locate(server.origin);

function writeOutputs() {
  if (values.outputs === undefined) return;
  const made = outputs(backend.model, server.url);
  const content = values.guarded ? configuration(made, server.origin) : made;
  writeFileSync(values.outputs, `${JSON.stringify(content, null, 2)}\n`);
}

async function end() {
  backend.close();
  await Promise.all([server.close(), control.close()]);
  store.close();
  process.exit(0);
}

writeOutputs();
backend.onLoaded(writeOutputs);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end());
process.stdout.write(`${JSON.stringify({ url: server.url, notes: backend.notes })}\n`);
if (values.guarded) {
  await control.listen(process.stdin);
  await end();
}
