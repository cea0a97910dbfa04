// What the repository promises as a whole: its dependencies, its top level, and that it names no machine and no registry.
import { readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** A new one needs a sentence in docs/decisions.md: what it saves, its size, who maintains it. */
const dependencies = [
  '@cornerstonejs/codec-charls',
  '@cornerstonejs/codec-openjpeg',
  '@cornerstonejs/codec-openjph',
  '@kobalte/core',
  '@zip.js/zip.js',
  'dicom-parser',
  'geotiff',
  'h5wasm',
  'hyparquet',
  'hyparquet-writer',
  'idb',
  'lucide-solid',
  'onnxruntime-web',
  'papaparse',
  'solid-js',
  'yaml',
  'zstddec',
];
const devDependencies = [
  '@axe-core/playwright',
  '@biomejs/biome',
  '@playwright/test',
  '@types/node',
  '@types/papaparse',
  '@types/wicg-file-system-access',
  '@vitest/browser-playwright',
  'fast-check',
  'knip',
  'oxlint',
  'oxlint-tsgolint',
  'playwright',
  'typescript',
  'vite',
  'vite-plugin-pwa',
  'vite-plugin-solid',
  'vitest',
];

const topLevel =
  /^(package\.json|package-lock\.json|vite\.config\.ts|tsconfig\.json|index\.html|README\.md|LICENSE|CHANGELOG\.md|\..+|(src|public|models|test|docs)\/.*)$/;

/** Names that .gitignore leaves out; its lines are plain names and one `*.ending`. The checkout may have come without git. */
const ignored = ['.git', ...readFileSync('.gitignore', 'utf8').split(/\s+/).filter(Boolean)].map((line) =>
  line.replace(/\/$/, ''),
);

const files = filesBelow('');

/** Every file of the repository, '/'-separated. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder || '.', { withFileTypes: true }).flatMap((entry) => {
    if (ignored.some((name) => entry.name === name || (name.startsWith('*') && entry.name.endsWith(name.slice(1)))))
      return [];
    return entry.isDirectory() ? filesBelow(`${folder}${entry.name}/`) : [`${folder}${entry.name}`];
  });
}

/** Text of a file, or undefined when it is binary or has just been removed. */
function textOf(file: string): string | undefined {
  try {
    const bytes = readFileSync(file);
    return bytes.includes(0) ? undefined : bytes.toString('utf8');
  } catch {
    return undefined;
  }
}

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

  test('lists the expected dependencies and no other', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(dependencies);
    expect(Object.keys(manifest.devDependencies)).toEqual(devDependencies);
  });

  test('agrees with the lock file', () => {
    expect(lock.packages[''].dependencies).toEqual(manifest.dependencies);
    expect(lock.packages[''].devDependencies).toEqual(manifest.devDependencies);
  });

  test('has a lock file with a checksum for every package and no place of download', () => {
    for (const [folder, entry] of Object.entries<{ integrity?: string; resolved?: string }>(lock.packages)) {
      if (folder === '') continue;
      expect([folder, entry.resolved]).toEqual([folder, undefined]);
      expect([folder, entry.integrity]).toEqual([folder, expect.stringMatching(/^sha512-/)]);
    }
  });
});

test('the top level holds nothing that has a place elsewhere', () => {
  expect(files.filter((file) => !topLevel.test(file))).toEqual([]);
});

describe('no file names', () => {
  /** Files where `pattern` matches, with the match. */
  function mentions(pattern: RegExp): string[] {
    return files.flatMap((file) => {
      const found = textOf(file)?.match(pattern);
      return found ? [`${file}: ${found[0]}`] : [];
    });
  }
  const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  test('a folder of somebody’s machine', () => {
    // built from parts, so that this file does not find itself
    const users = ['home', 'Users'].map((name) => `/${name}/\\w+/`);
    const here = [resolve('.'), dirname(resolve('.')), homedir()].filter(
      (path) => path.length > 1 && path !== tmpdir(),
    );
    const paths = [...users, '[A-Z]:\\\\+Users\\\\', ...here.map((path) => `${literally(path)}/`)];
    expect(mentions(new RegExp(`(?<![\\w.~@-])(${paths.join('|')})[^\\s'"]*`))).toEqual([]);
  });

  test('a package registry', () => {
    const own = process.env.npm_config_registry;
    const hosts = [
      'registry\\.(npmjs|yarnpkg|npmmirror)\\.\\w+',
      'npm\\.pkg\\.github',
      ...(own ? [literally(new URL(own).host)] : []),
    ];
    expect(mentions(new RegExp(hosts.join('|'), 'i')).filter((line) => !line.startsWith('test/unit/project/'))).toEqual(
      [],
    );
  });
});
