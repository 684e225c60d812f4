// The job with Yeoman: a generator that calls copyTpl for each file.
import { readFileSync } from 'node:fs';
import { createEnv } from 'yeoman-environment';
import Generator from 'yeoman-generator';

const input = process.env.JOB_INPUT;

class Job extends Generator {
  writing() {
    const { pattern, each, all } = JSON.parse(readFileSync(`${input}/data.json`, 'utf8'));
    const copy = (source, path, model) =>
      this.fs.copyTpl(`${input}/templates/${source}.ejs`, this.destinationPath(path), {
        pattern,
        model,
      });
    for (const [path, source] of Object.entries(each)) {
      for (const model of pattern.models) {
        copy(source, path.replace('{name}', model.name), model);
      }
    }
    for (const [path, source] of Object.entries(all)) {
      copy(source, path);
    }
  }
}

const environment = createEnv({ cwd: process.env.JOB_OUTPUT, skipInstall: true });
environment.register(Job, { namespace: 'job:app' });
await environment.run('job:app', { skipInstall: true });
