// Formats texts as a project's own Prettier, and then ESLint if asked, would leave them.
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { root, withLint, files } = JSON.parse(await text(process.stdin));
const resolve = createRequire(path.join(root, "package.json")).resolve;
const load = (name) => import(pathToFileURL(resolve(name)).href);

async function formatter() {
  const prettier = await load("prettier");
  const { resolveConfig, getFileInfo, format } = prettier.default ?? prettier;
  const ignorePath = [".gitignore", ".prettierignore"].map((name) => path.join(root, name));
  return async (file, said) => {
    const { ignored, inferredParser } = await getFileInfo(file, { ignorePath });
    if (ignored || !inferredParser) {
      return said;
    }
    const options = await resolveConfig(file, { editorconfig: true });
    return format(said, { ...options, filepath: file }).catch((error) => {
      // A text that cannot be parsed stays as it is.
      if (error.loc) {
        return said;
      }
      throw error;
    });
  };
}

async function linter() {
  const { ESLint } = await load("eslint");
  const eslint = new ESLint({ cwd: root, fix: true, warnIgnored: false });
  return async (file, said) => {
    const [found] = await eslint.lintText(said, { filePath: file });
    return found?.output ?? said;
  };
}

const steps = [await formatter(), ...(withLint ? [await linter()] : [])];
const tidied = [];
for (const { name, said } of files) {
  let now = said;
  for (const step of steps) {
    now = await step(path.join(root, name), now);
  }
  tidied.push(now);
}
process.stdout.write(JSON.stringify(tidied));
