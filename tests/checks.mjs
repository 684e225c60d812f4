// Type-checks and lints projects, with one TypeScript program for both, looks at their formatting,
// and tells the GraphQL schema that Amplify makes of their data resource.
//
// The commands `tsc -b`, `eslint .`, `prettier --check .` find the same faults. Each reads all that
// it needs of packages for itself and for each project, which takes most of their time: here that is
// read once for all.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerWith } from './answering.mjs';

const [packages] = process.argv.slice(2);
const { default: ts } = await import(`${packages}/typescript/lib/typescript.js`);
const { ESLint } = await import(`${packages}/eslint/lib/api.js`);
const prettier = await import(`${packages}/prettier/index.mjs`);
const { register } = await import(`${packages}/tsx/dist/esm/api/index.mjs`);
register();

const names = {
  getCurrentDirectory: () => process.cwd(),
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};
/** The files of packages, read once for all applications, which read them alike. */
const shared = new Map();

function hostOf(options, sources) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  const { target, module, moduleDetection, moduleResolution, strict } = options;
  const settings = [target, module, moduleDetection, moduleResolution, strict].join();
  host.getSourceFile = (path, language, ...rest) => {
    if (!path.includes('/node_modules/')) return read(path, language, ...rest);
    const key = `${settings} ${path}`;
    if (!sources.has(key)) {
      const plain = { ...language, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
      sources.set(key, read(path, plain, ...rest));
    }
    return sources.get(key);
  };
  return host;
}

/** Makes the programs of a project and of all it refers to, as `tsc -b` does. */
function programsOf(path, sources) {
  const host = {
    ...ts.sys,
    getCurrentDirectory: () => dirname(path),
    onUnRecoverableConfigFileDiagnostic: (fault) => {
      throw new Error(ts.formatDiagnostic(fault, names));
    },
  };
  const read = ts.getParsedCommandLineOfConfigFile(path, undefined, host);
  const { fileNames, options, projectReferences = [], errors } = read;
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, names));
  const own = { rootNames: fileNames, options, host: hostOf(options, sources) };
  return [
    ...(fileNames.length > 0 ? [ts.createProgram(own)] : []),
    ...projectReferences.flatMap((other) =>
      programsOf(ts.resolveProjectReferencePath(other), sources),
    ),
  ];
}

const NOT_WRITTEN = new Set(['node_modules', '.git', 'dist', 'cdk.out']);

/** The files of a project that somebody writes or generates. */
async function filesOf(project) {
  const entries = await readdir(project, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.split('/').some((part) => NOT_WRITTEN.has(part)));
}

/** The files in which nothing was found, by their path in a project and their text. */
const clean = new Set();

/** What the lint rules say; a file that is the same in many projects is looked at in one. */
async function lint(project, programs) {
  const eslint = new ESLint({
    cwd: project,
    overrideConfig: {
      files: ['**/*.{ts,tsx}'],
      languageOptions: {
        parserOptions: { programs, projectService: false, tsconfigRootDir: project },
      },
    },
  });
  const texts = new Map();
  for (const file of await filesOf(project)) {
    if (!/\.(?:[cm]?js|tsx?)$/.test(file) || (await eslint.isPathIgnored(file))) continue;
    texts.set(file, `${relative(project, file)}\n${await readFile(file, 'utf8')}`);
  }
  if (texts.size === 0) throw new Error('no files');
  const open = [...texts.keys()].filter((file) => !clean.has(texts.get(file)));
  const found = open.length > 0 ? await eslint.lintFiles(open) : [];
  const faulty = found.filter(({ messages }) => messages.length > 0);
  for (const { filePath, messages } of found) {
    if (messages.length === 0) clean.add(texts.get(filePath));
  }
  const format = await eslint.loadFormatter('stylish');
  return format.format(faulty);
}

/** The files of a project that are not as Prettier prints them. */
async function misprinted(project) {
  const ignorePath = ['.gitignore', '.prettierignore'].map((name) => join(project, name));
  const found = [];
  let seen = 0;
  for (const file of await filesOf(project)) {
    const { ignored, inferredParser } = await prettier.getFileInfo(file, { ignorePath });
    if (ignored || !inferredParser) continue;
    const options = { ...(await prettier.resolveConfig(file)), filepath: file };
    if (!(await prettier.check(await readFile(file, 'utf8'), options))) found.push(file);
    seen += 1;
  }
  if (seen === 0) throw new Error('no files');
  return found;
}

const { DataFactory } = await import(`${packages}/@aws-amplify/backend-data/lib/factory.js`);

await answerWith({
  misprinted,
  schema: async (project) => {
    // Of one backend there is one in a process; here there are many.
    DataFactory.factoryCount = 0;
    const place = pathToFileURL(join(project, 'amplify', 'data', 'resource.ts'));
    const { data } = await import(place.href);
    return data.props.schema.transform().schema;
  },
  /** What is wrong with the types of what a configuration of TypeScript names, whatever it is. */
  types: async (configuration) => {
    // Read by itself: kept for each configuration, the files of packages would fill the memory.
    const programs = programsOf(resolve(configuration), new Map());
    const faults = programs.flatMap((program) => [...ts.getPreEmitDiagnostics(program)]);
    return ts.formatDiagnostics(faults, names);
  },
  /** What is wrong with a project's types, and what its lint rules say: nothing, as texts. */
  check: async (project) => {
    const programs = programsOf(resolve(project, 'tsconfig.json'), shared);
    if (programs.length === 0) throw new Error('no programs');
    const faults = programs.flatMap((program) => [...ts.getPreEmitDiagnostics(program)]);
    return { types: ts.formatDiagnostics(faults, names), lint: await lint(project, programs) };
  },
});
