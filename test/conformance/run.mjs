// `npm run conformance [-- <folder>]`: every case of the dataset systems and every file of their corpora, judged; fails when one fails.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare, root } from '../../.scripts/install.mjs';

prepare();
const { createServer, isRunnableDevEnvironment } = await import('vite'); // runs TypeScript; there only after prepare()
// A server, not `runnerImport`: modules are still loaded, when first needed, while the cases run.
const vite = await createServer({
  configFile: false,
  root,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
const { ssr } = vite.environments;
if (!isRunnableDevEnvironment(ssr)) throw new Error('Vite has no environment that runs modules here.');
const { readSuites, tally } = /** @type {typeof import('./runner.ts')} */ (
  await ssr.runner.import(join(import.meta.dirname, 'runner.ts'))
);

const shared = join(root, '..', 'shared');
const folder = resolve(process.argv[2] ?? join(shared, 'conformance'));
const beside = join(folder, '..', 'corpora');
const { suites, absent } = readSuites(folder, existsSync(beside) ? beside : join(shared, 'corpora'));
for (const what of absent) console.log(`skipped: there is no ${what}`);

const totals = { passed: 0, failed: 0, notApplicable: 0 };
for (const suite of suites) {
  const { name, passed, failures, notApplicable } = await tally(suite);
  const excused = notApplicable.reduce((sum, { count }) => sum + count, 0);
  console.log(`${name}: ${passed} passed, ${failures.length} failed, ${excused} not applicable`);
  for (const { why, count } of notApplicable) console.log(`  ${count} × not applicable: ${why}`);
  for (const failure of failures) console.log(`  failed: ${failure.name}: ${failure.why}`);
  totals.passed += passed;
  totals.failed += failures.length;
  totals.notApplicable += excused;
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.notApplicable} not applicable.`);
// Vite and the browser of the decoders keep handles that nothing waits for.
process.stdout.write('', () => process.exit(totals.failed > 0 || suites.length === 0 ? 1 : 0));
