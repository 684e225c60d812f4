// Says of each line what Amplify thinks of it: of paths of files, or of a function's schedule.
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(join(packages, '@aws-amplify', file)).href);
const { validateStorageAccessPaths } = await load(
  'backend-storage/lib/validate_storage_access_paths.js',
);
const { convertFunctionSchedulesToScheduleProps } = await load(
  'backend-function/lib/schedule_parser.js',
);

function complaint({ paths, schedule, timeout }) {
  try {
    if (paths) validateStorageAccessPaths(paths);
    else convertFunctionSchedulesToScheduleProps({ timeout: { toSeconds: () => timeout } }, schedule);
    return null;
  } catch (error) {
    return error.message;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(complaint(JSON.parse(line)))}\n`);
}
