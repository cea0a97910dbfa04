// `npm run fuzz [-- <files per decoder> [<start of a decoder's name>]]`: mutated corpus files through every decoder that is not the browser's own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root, stop } from '../../.scripts/install.mjs';

prepare();
const { runnerImport } = await import('vite'); // runs TypeScript; there only after prepare()
const { growth, isSound, openFuzzer } = /** @type {typeof import('./fuzz.ts')} */ (await load('fuzz.ts'));
const { openTarget, targetNames } = /** @type {typeof import('./targets.ts')} */ (await load('targets.ts'));

const count = Number(process.argv[2] ?? 20_000);
const names = targetNames.filter((name) => name.startsWith(process.argv[3] ?? ''));
if (!(count > 0) || names.length === 0)
  stop("Usage: npm run fuzz [-- <files per decoder> [<start of a decoder's name>]]");
const corpora = join(root, '..', 'shared', 'corpora');
const mark = count / 10;

const cache = join(root, '.cache');
mkdirSync(cache, { recursive: true });
const fuzzer = await openFuzzer(root, cache);
console.log(
  '| decoder | originals | files | read | refused | hangs | crashes | heap at a tenth, at the end | of WebAssembly | seconds |',
);
console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- | ---: |');
/** @type {string[]} */
const problems = [];
for (const name of names) {
  const { originals } = openTarget(name, corpora);
  if (originals.length === 0) {
    problems.push(`${name}: there are no files for it in ${corpora}`);
    continue;
  }
  const outcome = await fuzzer.run(name, { corpora, count, seed: 20_000, mark });
  const { files, read, refused, hangs, crashes, heap, wasm, ms } = outcome;
  const grown = growth(outcome);
  const cells = [
    name,
    originals.length,
    files,
    read,
    refused,
    hangs.length,
    crashes.length,
    heap ? `${mega(heap.mark)}, ${mega(heap.end)} MB (× ${grown?.toFixed(2)})` : '',
    wasm?.end ? `${mega(wasm.mark)}, ${mega(wasm.end)} MB` : '',
    Math.round(ms / 1000),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  problems.push(...hangs.map((index) => `${name}: file ${index} hangs`));
  problems.push(...crashes.map(({ index, message }) => `${name}: file ${index}: ${message}`));
  if (!isSound(outcome, true) && hangs.length + crashes.length === 0) problems.push(`${name}: its heap grows`);
}
fuzzer.close();
console.log(problems.length === 0 ? '\nNothing hung, crashed or grew.' : `\n${problems.join('\n')}`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {number} bytes */
function mega(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @param {string} name of a module in this folder @returns {Promise<unknown>} its exports */
async function load(name) {
  return (await runnerImport(join(import.meta.dirname, name), { configFile: false, root, logLevel: 'error' })).module;
}
