// `npm run corpus [-- <folder>]`: every image of the corpora through the built application in a real browser, judged by their rules.
import { join, resolve } from 'node:path';
import { build, isBuilt } from '../../.scripts/build.mjs';
import { prepare, root, stop } from '../../.scripts/install.mjs';
import { serve } from '../../.scripts/serve.mjs';

prepare();
const { createServer, runnerImport } = await import('vite'); // runs TypeScript; there only after prepare()
const { getBrowser } = await import('../support/browser.mjs');
process.env.CHROMIUM_PATH = getBrowser();
const { openBrowser, readCorpora, runCorpus } = /** @type {typeof import('./runner.ts')} */ (await load('runner.ts'));
const { corpusTable, failures, shortfalls, shownOtherwise } = /** @type {typeof import('./report.ts')} */ (
  await load('report.ts')
);

const folder = resolve(process.argv[2] ?? join(root, '..', 'shared', 'corpora'));
const files = readCorpora(folder);
if (files.length === 0) stop(`There is no index.jsonl of images in or below ${folder}.`);
if (!isBuilt(root) && !build()) stop('Vitrine could not be built, for the reason above.');

const server = await serve({ folder: join(root, 'dist'), port: 0 });
const { browser, context } = await openBrowser();
console.log(`${files.length} files in Chromium ${browser.version()} …`);
const started = Date.now();
let done = 0;
const judged = await runCorpus(files, {
  context,
  origin: server.origin,
  onJudged: () => {
    if (++done % 250 === 0) console.log(`  ${done} after ${seconds()} s`);
  },
});
await browser.close();
await server.close();

const table = corpusTable(judged);
const short = shortfalls(judged);
console.log(`\n${table}\n`);
console.log(short.length === 0 ? 'No file falls short.' : `Fall short (${short.length}):\n  ${short.join('\n  ')}`);
const otherwise = shownOtherwise(judged);
if (otherwise.length > 0) console.log(`Shown otherwise (${otherwise.length}):\n  ${otherwise.join('\n  ')}`);
const headers = await headersOf();
console.log(
  headers.length === 0
    ? 'Sizes, EXIF data and DICOM tags are those of the indexes.'
    : `Header fields differ (${headers.length}):\n  ${headers.join('\n  ')}`,
);
const slowest = judged.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
console.log(
  `Slowest: ${slowest.map(({ corpus, entry, ms }) => `${corpus}/${entry.file} ${Math.round(ms)} ms`).join(', ')}`,
);
const passed = failures(judged).length + headers.length === 0;
console.log(`${judged.length} files in ${seconds()} s: ${passed ? 'passed' : 'failed'}.`);
process.exitCode = passed ? 0 : 1;

function seconds() {
  return Math.round((Date.now() - started) / 1000);
}

/** The header readers load what each format needs when they need it: their modules have to stay open. */
async function headersOf() {
  const modules = await createServer({
    configFile: false,
    root,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  const { headerShortfalls } = /** @type {typeof import('./headers.ts')} */ (
    await modules.ssrLoadModule(join(import.meta.dirname, 'headers.ts'))
  );
  const short = await headerShortfalls(files);
  await modules.close();
  return short;
}

/** @param {string} name of a module in this folder @returns {Promise<unknown>} its exports */
async function load(name) {
  return (await runnerImport(join(import.meta.dirname, name), { configFile: false, root, logLevel: 'error' })).module;
}
