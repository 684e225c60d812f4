// What a template of hygen's is given: the pattern, and the model that `--index` tells.
const { readFileSync } = require('node:fs');

const { pattern } = JSON.parse(readFileSync(`${process.env.JOB_INPUT}/data.json`, 'utf8'));

module.exports = {
  params: ({ args }) => ({ pattern, model: pattern.models[args.index] }),
};
