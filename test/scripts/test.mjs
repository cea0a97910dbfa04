// `npm test`: installs what is missing, then checks, unit, browser and end-to-end tests; `npm test -- unit` runs some of them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuilt } from '../../.scripts/build.mjs';
import { prepare, root, stop } from '../../.scripts/install.mjs';
import { check } from './check.mjs';
import { add, lastLine, nothing, readPlaywright, readVitest, single, withVerdict } from './results.mjs';

/** A step that hangs ends as a failure instead of never. */
const stepLimitMs = 15 * 60_000;
const cache = join(root, '.cache');

/** In this order: what is fast and tells most comes first. @type {Record<string, () => Promise<import('./results.mjs').Result>>} */
const steps = {
  check,
  unit: () => vitest('unit'),
  browser: () => vitest('browser'),
  build: async () => single(isBuilt(root) || build(), 'build'),
  e2e: playwright,
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in steps));
if (unknown) stop(`There is no step ${unknown}: choose from ${Object.keys(steps).join(', ')}.`);
const names = Object.keys(steps).filter((name) => chosen.length === 0 || chosen.includes(name));

prepare();
mkdirSync(cache, { recursive: true });
const started = Date.now();
let total = nothing();
for (const name of names) {
  const stepStarted = Date.now();
  console.log(`\n── ${name}`);
  const result = await steps[name]?.().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return single(false, `${name}: ${error instanceof Error ? error.message : error}`);
  });
  if (!result) continue;
  total = add(total, result);
  console.log(`   ${name}: ${lastLine(result)} in ${seconds(stepStarted)} s`);
}
console.log(`\nAll steps took ${seconds(started)} s.`);
if (total.failed > 0) console.log(`Failed:\n${total.failures.map((name) => `  ${name}`).join('\n')}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(lastLine(total));

/** @param {'unit' | 'browser'} project */
async function vitest(project) {
  const file = join(cache, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return await report(project, 'vitest/vitest.mjs', [...args, '--silent=passed-only'], file, readVitest);
}

async function playwright() {
  const file = join(cache, 'e2e.json');
  const args = ['test', '-c', join('test', 'e2e', 'playwright.config.ts')];
  return await report('e2e', '@playwright/test/cli.js', args, file, readPlaywright);
}

/**
 * Runs a test runner, whose own output goes to the terminal, and reads its JSON report.
 *
 * @template T
 * @param {string} name of the step
 * @param {string} program below node_modules
 * @param {string[]} args
 * @param {string} file where the report will be
 * @param {(report: T) => import('./results.mjs').Result} read
 */
async function report(name, program, args, file, read) {
  /** @type {Record<string, string>} */
  const env = {};
  if (name !== 'unit') {
    const { getBrowser } = await import('../support/browser.mjs'); // needs Playwright, which is there only after prepare()
    env.CHROMIUM_PATH = getBrowser();
  }
  rmSync(file, { force: true });
  const ok = await run([join(root, 'node_modules', program), ...args], env);
  let result = nothing();
  try {
    result = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`${name} wrote no report: ${error instanceof Error ? error.message : error}`);
    return single(false, `${name}: the runner wrote no report, see above`);
  }
  return withVerdict(result, ok, name);
}

/** @param {string[]} args @param {Record<string, string>} env @returns {Promise<boolean>} whether it ended with 0 */
function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      signal: AbortSignal.timeout(stepLimitMs),
    });
    child.once('error', (error) => {
      console.error(error.name === 'AbortError' ? `Stopped after ${stepLimitMs / 60_000} minutes.` : error.message);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}

/** @param {number} since */
function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(0);
}
