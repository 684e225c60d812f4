// The job with Nx: a generator that calls generateFiles for each model.
const { readFileSync } = require('node:fs');
const { generateFiles } = require('@nx/devkit');

const input = process.env.JOB_INPUT;

module.exports = async function job(tree) {
  const { pattern } = JSON.parse(readFileSync(`${input}/data.json`, 'utf8'));
  for (const model of pattern.models) {
    generateFiles(tree, `${input}/nx/each`, '.', { pattern, model, name: model.name });
  }
  generateFiles(tree, `${input}/nx/all`, '.', { pattern });
};
