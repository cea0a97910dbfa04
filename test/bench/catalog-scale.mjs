// `node --max-old-space-size=12000 test/bench/catalog-scale.mjs 10000000`: what the catalog costs at any number of rows, in Node, in CPU time.
import { join } from 'node:path';
import { prepare, root, stop } from '../../.scripts/install.mjs';

prepare();
const rows = Number(process.argv[2] ?? 10_000_000);
if (!Number.isInteger(rows) || rows < 1) stop('Say how many rows: node test/bench/catalog-scale.mjs 10000000');
const { runnerImport } = await import('vite');
/** @template T @param {string} path @returns {Promise<T>} */
const load = async (path) =>
  /** @type {T} */ ((await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module);
const { catalogAtScale } = /** @type {typeof import('./catalog-scale-loops.ts')} */ (
  await load('test/bench/catalog-scale-loops.ts')
);
await catalogAtScale(rows, (line) => console.log(line));
