// `npm run bench`: builds, serves, runs each benchmark in a browser of its own, prints the tables and writes them into docs/benchmarks.md.
// `npm run bench -- catalog` runs those whose file name starts so and replaces only their sections; those that take many minutes run only so.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt } from '../../.scripts/build.mjs';
import { prepare, root, stop } from '../../.scripts/install.mjs';
import { serve } from '../../.scripts/serve.mjs';
import { table, withSections } from './report.mjs';

prepare();
const { runnerImport } = await import('vite'); // runs TypeScript; there only after prepare()
const { getBrowser } = await import('../support/browser.mjs');
process.env.CHROMIUM_PATH = getBrowser();
if (!isBuilt(root) && !build()) stop('Vitrine could not be built, for the reason above.');
const { launch } = /** @type {typeof import('../support/launch.ts')} */ (await load('test/support/launch.ts'));
const server = await serve({ folder: join(root, 'dist'), port: 0 });

const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'test', 'bench'))
  .filter(
    (name) =>
      /\.bench\.(ts|mjs)$/.test(name) && (wanted.length === 0 || wanted.some((start) => name.startsWith(start))),
  )
  .sort();
if (files.length === 0) stop('There is no benchmark of that name in test/bench.');

/** @type {{ title: string, text: string }[]} */
const sections = [];
let version = '';
for (const file of files) {
  const bench = /** @type {import('./types.ts').Bench} */ (await load(`test/bench/${file}`));
  if (bench.long && wanted.length === 0) continue;
  console.log(`\n── ${bench.name}`);
  const [busy = 0] = loadavg();
  const profile = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const context = await launch({ profile, grantFileSystem: { origin: server.origin, read: true, write: true } });
  try {
    version = context.browser()?.version() ?? version;
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(server.origin);
    const print = (/** @type {string} */ line) => console.log(`  ${line}`);
    const rows = await bench.run({ page, context, origin: server.origin, print });
    if (rows.length === 0) continue;
    console.log(table(rows));
    sections.push({ title: bench.name, text: `${machine(busy)}\n\n${table(rows)}` });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
await server.close();
const page = join(root, 'docs', 'benchmarks.md');
const head =
  '# Benchmarks\n\nWritten by `npm run bench`. A ratio compares ours with the yardstick named beside it, both measured in turn in the same run: ours ÷ yardstick ' +
  'for times that should be small (≤), yardstick ÷ ours for rates that should be high (≥). Medians; of embedding the best round.';
if (sections.length > 0) {
  writeFileSync(page, withSections(head, existsSync(page) ? readFileSync(page, 'utf8') : '', sections));
  console.log('\nWritten to docs/benchmarks.md.');
}

/** What the numbers of a section belong to. @param {number} busy load over the last minute, before it began */
function machine(busy) {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const browser =
    version || execFileSync(/** @type {string} */ (process.env.CHROMIUM_PATH), ['--version'], { encoding: 'utf8' });
  const shared = busy > cpus().length ? ` · busy with other work (load ${busy.toFixed(1)})` : '';
  return (
    `${new Date().toISOString().slice(0, 10)} · ${cpu?.model.trim()} · ${cpus().length} cores · ${memory} · ${type()} · ` +
    `Chromium ${browser.replace(/[^\d.]/g, '')} · Node ${process.versions.node}${shared}`
  );
}

/** @param {string} path of a module below the top folder @returns {Promise<unknown>} its exports */
async function load(path) {
  return (await runnerImport(join(root, path), { configFile: false, root, logLevel: 'error' })).module;
}
