// Runs the code of a resolver or function as APPSYNC_JS does: in a world of its own, without Node.
import vm from 'node:vm';
import { TemplateError } from '../vtl/errors.js';
import { fromJson, toJson } from '../vtl/values.js';
import { DYNAMODB_MODULE } from './dynamodb.js';
import { refused } from './limits.js';

/** @typedef {Record<string, any>} Functions By name, in objects that may nest. */
/** @typedef {{value: any, stash: any, returned: boolean}} Answer */

const TIMEOUT = 1000;
// Modules that code may import, and where what they export is: the first one's is everywhere.
/** @type {Record<string, string>} */
const MODULES = {
  '@aws-appsync/utils': '',
  '@aws-appsync/utils/dynamodb': '$dynamodb.',
};
const KNOWN = ['Array', 'Boolean', 'Infinity', 'JSON', 'Math', 'NaN', 'Number', 'Object', 'String'];

// What goes in and out are texts only: no object of Node's is within reach of the code. A call
// that ends the code leaves by an exception, which the code has no means to catch.
const WORLD = `(function (call, names) {
  const known = new Set([${[...KNOWN, 'undefined'].map((name) => `'${name}'`).join()}]);
  const { parse, stringify } = JSON;
  const world = globalThis;
  for (const name of Object.getOwnPropertyNames(world)) {
    if (!known.has(name)) delete world[name];
  }
  const built = {};
  for (const name of parse(names)) {
    const path = name.split('.');
    const last = path.pop();
    let place = built;
    for (const part of path) place = place[part] ??= {};
    place[last] = (...given) => {
      const answer = parse(call(name, stringify(given)));
      if (answer.ends) throw 'ended';
      return answer.value;
    };
  }
  Object.assign(world, built);
  world.enter = () => {
    delete world.enter;
    return (code, side, context) => {
      const ctx = parse(context);
      ctx.arguments = ctx.args;
      const value = code[side](ctx);
      return stringify({ value: value ?? null, stash: ctx.stash });
    };
  };
})`;

/**
 * @param {string} code A module that exports `request` and `response`.
 * @param {'request' | 'response'} side
 * @param {Record<string, any>} context JSON
 * @param {Functions} functions What the code can call, such as `util`.
 * @returns {Answer}
 * @throws {TemplateError | import('../vtl/errors.js').Unauthorized}
 */
export function run(code, side, context, functions) {
  /** @type {{error?: unknown, returned?: {value: any}}} */
  const ending = {};
  const all = flat({
    ...functions,
    $dynamodb: DYNAMODB_MODULE,
    runtime: {
      earlyReturn: (/** @type {any} */ value, /** @type {any} */ options) => {
        if (options) throw new Error('options of runtime.earlyReturn are not built here');
        ending.returned = { value: toJson(value) ?? null };
        throw ending;
      },
    },
    console: { log, error: log },
  });
  /** @type {(name: string, given: string) => string} */
  const call = (name, given) => {
    try {
      const value = all[name](...JSON.parse(given).map(fromJson));
      return JSON.stringify({ value: toJson(value) });
    } catch (error) {
      if (error !== ending) ending.error = error;
      return JSON.stringify({ ends: true });
    }
  };
  const world = vm.createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  vm.runInContext(WORLD, world)(call, JSON.stringify(Object.keys(all)));
  const text = script(code, side, context);
  try {
    const { value, stash } = JSON.parse(vm.runInContext(text, world, { timeout: TIMEOUT }));
    return { value, stash, returned: false };
  } catch (error) {
    if (ending.error) throw ending.error;
    if (ending.returned) {
      return { value: ending.returned.value, stash: context.stash, returned: true };
    }
    throw new TemplateError(`Code has failed: ${message(error)}`, 'Code');
  }
}

/**
 * Code as a script that calls one of its functions.
 * @param {string} code
 * @param {string} side
 * @param {Record<string, any>} context
 */
function script(code, side, context) {
  const limit = refused(code);
  if (limit) throw new TemplateError(`AppSync's JavaScript has no ${limit}`, 'Code');
  const text = code
    .replace(/^[ \t]*import\s+(\{[^}]*\}|\*\s+as\s+[\w$]+)\s+from\s*(['"])([^'"]*)\2;?/gm, imported)
    .replace(/^[ \t]*export\s+(?=const|function|let)/gm, '')
    .replace(/^[ \t]*export\s*\{[^}]*\};?/gm, '');
  const other = /^[ \t]*(?:import|export)\b[^\n]*/m.exec(text);
  if (other) throw new TemplateError(`"${other[0].trim()}" is not built here`, 'Code');
  const given = JSON.stringify(JSON.stringify(context));
  const module = `(() => {${text}\nreturn { request, response };})()`;
  return `'use strict';enter()(${module}, '${side}', ${given})`;
}

/**
 * @param {string} statement
 * @param {string} names
 * @param {string} _
 * @param {string} module
 */
function imported(statement, names, _, module) {
  const place = Object.hasOwn(MODULES, module) ? MODULES[module] : undefined;
  const [, all] = /^\*\s+as\s+([\w$]+)$/.exec(names) ?? [];
  if (place === undefined || (all && !place)) return statement;
  if (all) return `const ${all} = ${place.slice(0, -1)};`;
  const pairs = names
    .slice(1, -1)
    .split(',')
    .map((name) => name.trim().split(/\s+as\s+/))
    .filter(([name, own]) => name && (own || place));
  return pairs.map(([name, own = name]) => `const ${own} = ${place}${name};`).join(' ');
}

/**
 * @param {Functions} functions
 * @param {string} prefix
 * @returns {Record<string, (...given: any[]) => any>}
 */
function flat(functions, prefix = '') {
  return Object.fromEntries(
    Object.entries(functions).flatMap(([name, value]) =>
      typeof value === 'function'
        ? [[prefix + name, value]]
        : Object.entries(flat(value, `${prefix}${name}.`)),
    ),
  );
}

/** @param {unknown[]} given */
function log(...given) {
  process.stderr.write(`${given.map((item) => JSON.stringify(toJson(item))).join(' ')}\n`);
}

/** @param {any} error An exception of the other world, which is no instance of this one's. */
function message(error) {
  return typeof error?.message === 'string' ? error.message : String(error);
}
