/**
 * Runs hooks in JavaScript, in a process of its own: `node runner.mjs FOLDER COMPILER DRY`.
 *
 * A line on standard input is the number of a request: `FOLDER/<number>.request`, JSON. The answer
 * goes to `FOLDER/<number>.answer`; standard output is the hooks' own. TypeScript is compiled by
 * the esbuild in the packages of the folder COMPILER; it is empty where there is none, or, with
 * DRY, where there is none but that of the project.
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { helpers } from './schema-helpers.mjs';

const [folder, place, dry] = process.argv.slice(2);
// What hooks do to these must not keep answers from coming.
const exit = process.exit.bind(process);
const print = process.stdout.write.bind(process.stdout);
const { parse, stringify } = JSON;
const Waiting = Promise;
for (const stream of [process.stdout, process.stderr]) {
  // A hook that prints without end would else fill the memory before anybody sees it.
  /** @type {any} */ (stream)._handle?.setBlocking?.(true);
}

/** The hooks by the names of ace, with those that modules may give them. */
const NAMES = {
  ace_pre_generation: ['preGeneration', 'pre_generation'],
  ace_post_generation: ['postGeneration', 'post_generation'],
  ace_pre_deployment: ['preDeployment', 'pre_deployment', 'preDeploy', 'pre_deploy'],
  ace_transform_pattern: ['transformPattern', 'transform_pattern'],
};
const GENERATOR = /^(generate\w*Schema|generate_(\w+_)?schema)$/;

/** @typedef {Record<string, ((...given: any[]) => unknown)[]>} Hooks */

/** @type {Hooks[]} */
const modules = [];

for await (const line of createInterface({ input: process.stdin })) {
  const number = line.trim();
  const request = parse(readFileSync(join(folder, `${number}.request`), 'utf8'));
  let text;
  try {
    text = stringify({ value: await answer(request) });
  } catch (error) {
    text = stringify({ error: said(error) });
  }
  await new Waiting((resolve) => print(request.mark, resolve));
  writeFileSync(join(folder, `${number}.part`), text);
  renameSync(join(folder, `${number}.part`), join(folder, `${number}.answer`));
}
// What hooks left running must not keep us.
exit(0);

async function answer(request) {
  if (request.call === 'load') {
    const told = [];
    for (const file of request.files) {
      told.push(await load(file));
    }
    return told;
  }
  const { context, config, pattern } = request.arguments;
  const given = {
    ace_generate_schema: [config, context],
    ace_transform_pattern: [pattern, context],
  }[request.hook] ?? [context];
  Object.assign(globalThis, helpers(context));
  const results = [];
  for (const hook of modules[request.module][request.hook]) {
    results.push((await hook(...given)) ?? null);
  }
  return results;
}

/** Load a module; tell what it offers, or what is wrong with it. */
async function load(file) {
  /** @type {Hooks} */
  const found = {};
  modules.push(found);
  Object.assign(globalThis, helpers());
  try {
    const way = /\.m?ts$/.test(file) ? compiled(file) : file;
    const loaded = await import(pathToFileURL(way).href);
    const exported = { ...loaded };
    if (loaded.default && typeof loaded.default === 'object') {
      Object.assign(exported, loaded.default);
    }
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value === 'function' && (GENERATOR.test(name) || name === 'default')) {
        (found.ace_generate_schema ??= []).push(value);
      } else if (/(^h|H|_h)ooks$/.test(name) && value && typeof value === 'object') {
        collect(value, found);
      }
    }
    return { offers: Object.keys(found) };
  } catch (error) {
    return { error: said(error) };
  }
}

/** Add the hooks of an object to those of its module. */
function collect(object, found) {
  for (const [hook, names] of Object.entries(NAMES)) {
    for (const name of [hook, ...names]) {
      if (typeof object[name] === 'function') {
        (found[hook] ??= []).push(object[name].bind(object));
      }
    }
  }
}

/** Return where a module in TypeScript is as JavaScript, with the modules beside it that it uses. */
function compiled(file) {
  const esbuild = compiler();
  if (!esbuild) {
    if (/** @type {any} */ (process.features).typescript) {
      return file;
    }
    const name = basename(file);
    throw new Error(
      dry
        ? `${name} is TypeScript, and nothing of the project compiles it in a dry run; ` +
            'ace test-pattern installs packages of ace that do'
        : `${name} is TypeScript, for which the project needs esbuild or tsx; ` +
            'run npm install there, or write the module in JavaScript',
    );
  }
  const outfile = `${file}.mjs`;
  // Settings of TypeScript in the folders around are none of the pattern's.
  const own = { tsconfigRaw: '{}', logLevel: 'silent' };
  const settings = { bundle: true, format: 'esm', platform: 'node', packages: 'external', ...own };
  try {
    esbuild.buildSync({ ...settings, entryPoints: [file], outfile });
  } catch (error) {
    const [first] = error.errors ?? [];
    const place = first?.location ? `line ${first.location.line}: ` : '';
    throw first ? new Error(place + first.text) : error;
  }
  return outfile;
}

function compiler() {
  if (!place) {
    return null;
  }
  const within = createRequire(join(place, 'package.json'));
  for (const way of [
    (name) => within(name),
    (name) => createRequire(within.resolve('tsx'))(name),
  ]) {
    try {
      return way('esbuild');
    } catch {
      // The next way, or none.
    }
  }
  return null;
}

/** Return what an error says, with its kind where that tells more than that it is one. */
function said(error) {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const name = error.name === 'Error' ? '' : error.name;
  return [name, error.message].filter(Boolean).join(': ') || 'Error';
}
