// Makes a fresh checkout ready: tells when Node is too old, and installs the packages of the lock file when they are missing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's top folder, without a trailing separator. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * One sentence when `version` is older than `wanted`, both like '20.19' or '20.19.3'; undefined when it will do.
 *
 * @param {string} version
 * @param {string} wanted
 * @returns {string | undefined}
 */
export function nodeProblem(version, wanted) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return `Vitrine needs Node ${wanted} or newer and this is Node ${version}: install a newer one from nodejs.org and run the command again.`;
}

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock
 */

/**
 * The folders that the lock file wants and that are not installed in that version. Optional packages of other platforms do not count.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json, which npm writes after every installation
 * @returns {string[]}
 */
export function missingPackages(wanted, installed) {
  return Object.entries(wanted.packages)
    .filter(([folder, entry]) => {
      if (folder === '' || entry.link) return false;
      const present = installed?.packages[folder];
      return present ? present.version !== entry.version : !entry.optional;
    })
    .map(([folder]) => folder);
}

/** Ends the process with a sentence when Node is too old. */
export function requireNode() {
  const problem = nodeProblem(process.versions.node, readJson('package.json').engines.node.replace('>=', ''));
  if (problem) stop(problem);
}

/** Installs what is missing; ends the process with a sentence when that cannot be done. */
export function prepare() {
  requireNode();
  const hidden = join('node_modules', '.package-lock.json');
  const missing = missingPackages(
    readJson('package-lock.json'),
    existsSync(join(root, hidden)) ? readJson(hidden) : undefined,
  );
  if (missing.length === 0) return;
  console.log('Installing packages (needs the network, once) …');
  const [command, ...before] = npm();
  const result = spawnSync(
    /** @type {string} */ (command),
    // not `ci`: that refuses where a registry lacks the binaries of other platforms, which nobody here needs
    [...before, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, encoding: 'utf8', shell: command === 'npm.cmd', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (result.status === 0) return;
  console.error(`${result.stderr ?? ''}${result.error ?? ''}`.trim().split('\n').slice(0, 20).join('\n'));
  stop('The packages could not be installed, for the reason above: check the network and run the command again.');
}

/**
 * Prints one sentence and ends the process as failed.
 *
 * @param {string} sentence
 * @returns {never}
 */
export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** How to call npm: the one that runs this script, otherwise the one of the path. */
function npm() {
  const own = process.env.npm_execpath;
  if (own && /^npm(-cli)?\.c?js$/.test(basename(own))) return [process.execPath, own];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** @param {string} path below the top folder */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
