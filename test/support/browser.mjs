// Finds the Chromium that tests run in, and gets one where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { root } from '../../.scripts/install.mjs';

/**
 * Where an installed Chrome or Chromium may be, best first.
 *
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    const inside = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
    return ['/Applications', `${env.HOME}/Applications`].flatMap((folder) => inside.map((name) => `${folder}/${name}`));
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const inside = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    return folders.flatMap((folder) => (folder ? inside.map((name) => `${folder}\\${name}`) : []));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The browser for tests: `CHROMIUM_PATH`, an installed Chrome or Chromium, or what Playwright has downloaded. Gets nothing.
 *
 * @returns {string | undefined} its path
 */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!works(named))
      throw new Error(`CHROMIUM_PATH names ${named}, which is no browser that starts: correct or unset it.`);
    return named;
  }
  return [...usualPlaces(process.platform, process.env), chromium.executablePath()].find(works);
}

/**
 * The browser for tests, downloaded or installed where there is none.
 *
 * @returns {string} its path; throws one sentence that says what to install
 */
export function getBrowser() {
  const present = findBrowser();
  if (present) return present;
  console.log('No Chrome or Chromium is installed: downloading the one of Playwright …');
  run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', '--no-shell', 'chromium']);
  // without the system's libraries a downloaded browser does not start; the system's package brings them
  if (works(chromium.executablePath())) return chromium.executablePath();
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That did not work: installing the package chromium …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], env);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env);
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error('The tests need a browser: install Google Chrome or Chromium, or set CHROMIUM_PATH to one.');
}

/** @param {string} path @returns {boolean} whether there is a browser that starts */
function works(path) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true; // there --version opens a window
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /Chrom/.test(stdout);
}

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] */
function run(command, args, env) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 300_000,
    env: { ...process.env, ...env },
  });
  if (result.status !== 0)
    console.log(
      `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`.trim().split('\n').slice(-5).join('\n'),
    );
}
