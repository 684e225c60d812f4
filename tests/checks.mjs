// Type-checks and lints projects, with one TypeScript program for both.
//
// The commands `tsc -b` and `eslint .` find the same faults. Each reads all packages' types for
// itself and for each project, which takes most of their time: here they are read once for all.
import { dirname, resolve } from 'node:path';
import { answerWith } from './answering.mjs';

const [packages] = process.argv.slice(2);
const { default: ts } = await import(`${packages}/typescript/lib/typescript.js`);
const { ESLint } = await import(`${packages}/eslint/lib/api.js`);

const names = {
  getCurrentDirectory: () => process.cwd(),
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
};
/** The files of packages, read once for all programs that read them alike. */
const sources = new Map();

function hostOf(options) {
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
function programsOf(path) {
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
  const own = { rootNames: fileNames, options, host: hostOf(options) };
  return [
    ...(fileNames.length > 0 ? [ts.createProgram(own)] : []),
    ...projectReferences.flatMap((other) => programsOf(ts.resolveProjectReferencePath(other))),
  ];
}

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
  const found = await eslint.lintFiles(['.']);
  if (found.length === 0) throw new Error('no files');
  const format = await eslint.loadFormatter('stylish');
  return format.format(found.filter(({ messages }) => messages.length > 0));
}

await answerWith({
  /** What is wrong with a project's types, and what its lint rules say: nothing, as texts. */
  check: async (project) => {
    const programs = programsOf(resolve(project, 'tsconfig.json'));
    if (programs.length === 0) throw new Error('no programs');
    const faults = programs.flatMap((program) => [...ts.getPreEmitDiagnostics(program)]);
    return { types: ts.formatDiagnostics(faults, names), lint: await lint(project, programs) };
  },
});
