// How a pattern's own tests run: `describe`, `test` and `expect` are there without an import, and a
// test has the time that a synthesis takes. No settings of the folder where they run take part.
import { fileURLToPath } from 'node:url';

const library = new URL('../packages/testing/index.js', import.meta.url);
const MINUTES = 60_000;

export default {
  cacheDir: process.env.ACE_FLOW_CACHE,
  css: { postcss: { plugins: [] } },
  envDir: false,
  resolve: { alias: { '@ace-flow/testing': fileURLToPath(library) } },
  test: { globals: true, testTimeout: 5 * MINUTES, hookTimeout: 5 * MINUTES },
};
