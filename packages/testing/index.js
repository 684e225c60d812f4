// Tests what a pattern generates, through the command `ace`, which does all of the work.
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

// What may stand after a program's name; Windows runs nothing else without a shell.
const ENDINGS = process.platform === 'win32' ? ['.exe', '.com'] : [''];

/** A pattern that cannot be tested: it has errors, or `ace` is missing. */
export class PatternTestError extends Error {
  /**
   * @param {string} message
   * @param {{ code: number | null, diagnostics?: object[], stages?: object[] }} about
   */
  constructor(message, { code, diagnostics = [], stages = [] }) {
    super(message);
    this.name = 'PatternTestError';
    this.code = code;
    this.diagnostics = diagnostics;
    this.stages = stages;
  }
}

/**
 * Generates a pattern's application and says what it has.
 *
 * @param {string} name The name of a pattern, or its file.
 * @param {Record<string, unknown>} [config] Values of its parameters, and what its generators get.
 */
export async function testPattern(name, config = {}) {
  const { schema, files, diagnostics, notes } = await ask('generation', name, config, '--files');
  return { schema, files, diagnostics, notes };
}

/**
 * Synthesizes a pattern's backend, and says what would be deployed; nothing is.
 *
 * @param {string} name The name of a pattern, or its file.
 * @param {Record<string, unknown>} [config] Values of its parameters, and what its generators get.
 */
testPattern.deploy = async (name, config = {}) => {
  const { resources, schema, diagnostics, notes } = await ask('synth', name, config);
  return { resources, schema, diagnostics, notes };
};

/** Runs a stage of `ace test-pattern` with all that it builds on, and returns its report. */
async function ask(stage, name, config, ...options) {
  const given = ['test-pattern', name, '--only', stage, '--json', '--values', '-', ...options];
  const { code, out, err } = await run(given, JSON.stringify(config));
  const report = parsed(out);
  if (report === null) {
    throw new PatternTestError(`ace ended with ${code}: ${err.trim() || out.trim()}`, { code });
  }
  if (report.passed) return report;
  throw new PatternTestError(said(report), { code, ...report });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What is wrong, as a text for people. */
function said({ error, hint, diagnostics = [], stages = [] }) {
  const places = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ file, start, code, message }) =>
      [file && `${file}:${start.line}:${start.column}`, code, message].filter(Boolean).join(': '),
    );
  const failed = stages
    .filter(({ outcome }) => outcome === 'failed')
    .flatMap(({ name, summary, details }) => [`${name} failed: ${summary}`, details]);
  return [error, hint, ...places, ...failed].filter(Boolean).join('\n');
}

/** The program and its first arguments: ACE_FLOW_COMMAND is a path, or a list of words as JSON. */
function command() {
  const given = process.env.ACE_FLOW_COMMAND;
  if (!given) return ['ace'];
  const words = given.startsWith('[') ? parsed(given) : [given];
  if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string')) {
    return words;
  }
  throw new PatternTestError(
    `ACE_FLOW_COMMAND is no command: ${given}\ngive a path, or a list as JSON: ["python", "-P", "-m", "ace_flow"]`,
    { code: null },
  );
}

function unreached(program, why) {
  const help = 'install it with `pip install ace-flow`, or set ACE_FLOW_COMMAND to its path';
  return new PatternTestError(`\`${program}\` ${why}; ${help}`, { code: null });
}

/**
 * Where a program is, in the absolute folders of the PATH. The folder where we are is none of
 * them: Windows would look there first, and a project could bring the program.
 */
function located(program) {
  if (path.basename(program) !== program) return program;
  const isWhole = ENDINGS.some((ending) => program.toLowerCase().endsWith(ending));
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  return folders
    .flatMap((folder) =>
      (isWhole ? [''] : ENDINGS).map((ending) => path.join(folder, program + ending)),
    )
    .find(isRunnable);
}

function isRunnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function run(given, input) {
  const [program, ...first] = command();
  return new Promise((resolve, reject) => {
    const place = located(program);
    if (place === undefined) {
      reject(unreached(program, 'is not on the PATH'));
      return;
    }
    const child = spawn(place, [...first, ...given], { windowsHide: true });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
    child.on('error', (cause) => {
      const isMissing = cause.code === 'ENOENT';
      reject(
        unreached(program, isMissing ? 'is not on the PATH' : `cannot be run: ${cause.message}`),
      );
    });
    child.on('close', (code) => resolve({ code, out, err }));
    // A program that ended before it read its input is told of by how it ended.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
