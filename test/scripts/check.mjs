// `npm run check`: format, lint, types, floating promises, dead exports and the import table. Each counts as one test.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, root } from '../../.scripts/install.mjs';
import { add, lastLine, nothing, single } from './results.mjs';

/** Name, the package's own file that starts it, arguments. */
const tools = /** @type {const} */ ([
  [
    'format and lint',
    '@biomejs/biome/bin/biome',
    ['ci', '--error-on-warnings', '--reporter=concise', '--colors=off', '.'],
  ],
  ['types', 'typescript/bin/tsc', ['--noEmit']],
  ['floating promises', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']],
  ['dead exports', 'knip/bin/knip.js', ['--no-progress']],
  ['modules that only tests use', 'knip/bin/knip.js', ['--no-progress', '--production', '--include', 'files']],
]);

/**
 * Runs every check, also after one has failed, and shows the output of those that fail.
 *
 * @returns {Promise<import('./results.mjs').Result>}
 */
export async function check() {
  let all = nothing();
  /** @param {string} name @param {() => string | undefined | Promise<string | undefined>} problems */
  const one = async (name, problems) => {
    const started = Date.now();
    const found = await problems();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(found === undefined ? `  ✓ ${name} ${seconds} s` : `  ✗ ${name} ${seconds} s\n${found}`);
    all = add(all, single(found === undefined, `check > ${name}`));
  };
  for (const [name, file, args] of tools) await one(name, () => output(file, [...args]));
  await one('import table', async () => {
    // needs Vite's parser, which is there only after prepare()
    const { sourceProblems } = await import('../support/source-rules.mjs');
    return sourceProblems(join(root, 'src')).join('\n') || undefined;
  });
  return all;
}

/** @param {string} file below node_modules @param {string[]} args @returns {string | undefined} what the tool says when it fails */
function output(file, args) {
  const { FORCE_COLOR: _, ...env } = process.env;
  const result = spawnSync(process.execPath, [join(root, 'node_modules', file), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 2 ** 20,
    env: { ...env, NO_COLOR: '1' },
  });
  if (result.status === 0) return undefined;
  return `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`.trim() || 'It failed without a word.';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare();
  const result = await check();
  console.log(lastLine(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
}
