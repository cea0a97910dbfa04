// Builds dist/, and knows whether the build that is there still belongs to the sources. `npm run build` always builds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, root } from './install.mjs';

/** Everything that a build reads. Vite empties dist/ before it builds, so the stamp there never outlives its build. */
const inputs = [
  'src',
  'public',
  'models',
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stamp = join('dist', '.sources');

/**
 * SHA-256 over names and bytes of all inputs. Contents, not times: a checkout gives every file a new time.
 *
 * @param {string} folder the checkout
 * @returns {string}
 */
export function hashSources(folder) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const full = join(folder, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
      return;
    }
    const bytes = readFileSync(full);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  for (const path of inputs) add(path);
  return hash.digest('hex');
}

/**
 * Whether `dist/` was built from the sources as they are.
 *
 * @param {string} folder the checkout
 * @returns {boolean}
 */
export function isBuilt(folder) {
  const file = join(folder, stamp);
  return existsSync(file) && readFileSync(file, 'utf8') === hashSources(folder);
}

/**
 * Builds with Vite. Its report is shown only when it fails.
 *
 * @returns {boolean} whether it worked
 */
export function build() {
  const started = Date.now();
  console.log('Building …');
  const sources = hashSources(root);
  const result = spawnSync(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (result.status !== 0) {
    console.error(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`.trim());
    return false;
  }
  writeFileSync(join(root, stamp), sources);
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare();
  process.exitCode = build() ? 0 : 1;
}
