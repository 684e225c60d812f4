// The job with plop: an array of actions, one for each file.
import { readFileSync } from 'node:fs';

const input = process.env.JOB_INPUT;

export default function job(plop) {
  const { pattern, each, all } = JSON.parse(readFileSync(`${input}/data.json`, 'utf8'));
  plop.setHelper('equal', (one, other) => one === other);
  plop.setHelper('among', (value, ...others) => others.slice(0, -1).includes(value));
  const add = (path, source, model) => ({
    type: 'add',
    path,
    templateFile: `${input}/templates/${source}.hbs`,
    data: { pattern, model },
  });
  plop.setGenerator('job', {
    description: 'All files of a pattern',
    prompts: [],
    actions: () => [
      ...Object.entries(each).flatMap(([path, source]) =>
        pattern.models.map((model) => add(path.replace('{name}', '{{model.name}}'), source, model)),
      ),
      ...Object.entries(all).map(([path, source]) => add(path, source)),
    ],
  });
}
