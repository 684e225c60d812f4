// The job with projen: a program that declares a TextFile for each file.
import { readFileSync } from 'node:fs';
import ejs from 'ejs';
import { Project, TextFile } from 'projen';

const input = process.env.JOB_INPUT;
const { pattern, each, all } = JSON.parse(readFileSync(`${input}/data.json`, 'utf8'));
const project = new Project({ name: 'job', outdir: process.env.JOB_OUTPUT });

const template = (source) => ejs.compile(readFileSync(`${input}/templates/${source}.ejs`, 'utf8'));
const add = (path, text) => new TextFile(project, path, { lines: text.split('\n') });

for (const [path, source] of Object.entries(each)) {
  const render = template(source);
  for (const model of pattern.models) {
    add(path.replace('{name}', model.name), render({ pattern, model }));
  }
}
for (const [path, source] of Object.entries(all)) {
  add(path, template(source)({ pattern }));
}
project.synth();
