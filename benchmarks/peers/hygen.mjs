// The job with hygen's JavaScript interface: its command cannot loop, so this does, in one process.
import { readFileSync } from 'node:fs';
import hygen from 'hygen';

const { runner, Logger } = hygen;
const input = process.env.JOB_INPUT;
const { pattern } = JSON.parse(readFileSync(`${input}/data.json`, 'utf8'));

const run = async (...arguments_) => {
  const { success } = await runner(arguments_, {
    templates: `${input}/hygen`,
    cwd: process.env.JOB_OUTPUT,
    logger: new Logger((text) => console.log(text)),
    createPrompter: () => ({}),
    exec: () => {},
    debug: false,
  });
  if (!success) process.exit(1);
};

for (const index of pattern.models.keys()) {
  await run('job', 'model', '--index', String(index));
}
await run('job', 'all');
