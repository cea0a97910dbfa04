// The law of src/ holds, and each of its rules is able to fail: violations are planted in a temporary folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { sourceProblems } from '../../support/source-rules.mjs';
import { table } from '../../support/source-table.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Problems of a source folder that holds just these files; a first comment line is added to each unless `raw`. */
function problemsOf(files: Record<string, string>, raw = false): string[] {
  const src = mkdtempSync(join(tmpdir(), 'vitrine-src-'));
  folders.push(src);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(src, path)), { recursive: true });
    writeFileSync(join(src, path), raw ? text : `// Planted.\n${text}`);
  }
  return sourceProblems(src);
}

test('src/ keeps its own law', () => {
  expect(sourceProblems(resolve('src'))).toEqual([]);
});

describe('the import table', () => {
  test.each([
    ['shared imports nothing', 'shared/a.ts', "import { b } from '../catalog/b.ts'; b();"],
    ['catalog does not see the store', 'catalog/a.ts', "import { b } from '../store/b.ts'; b();"],
    ['nor its types', 'catalog/a.ts', "import type { B } from '../store/b.ts'; export type C = B;"],
    ['nor through export', 'catalog/a.ts', "export * from '../store/b.ts';"],
    ['nor lazily', 'catalog/a.ts', "export const b = () => import('../store/b.ts');"],
    ['nor as the type of an import', 'catalog/a.ts', "export type B = import('../store/b.ts').B;"],
    ['store takes types of catalog only', 'store/a.ts', "import { b } from '../catalog/b.ts'; b();"],
    [
      'an inline type is an import that runs',
      'store/a.ts',
      "import { type B } from '../catalog/b.ts'; export type C = B;",
    ],
    ['formats take types of source only', 'formats/a.ts', "import { b } from '../source/b.ts'; b();"],
    ['jobs never see a worker', 'jobs/a.ts', "import { b } from '../workers/b.ts'; b();"],
    ['workers never see the page', 'workers/a.ts', "import { b } from '../client/b.ts'; b();"],
    ['client picks folders only', 'client/a.ts', "import { b } from '../source/walk.ts'; b();"],
    ['client takes types of the calls only', 'client/a.ts', "import { b } from '../workers/calls.ts'; b();"],
    ['app never sees the store', 'app/a.tsx', "import type { B } from '../store/b.ts'; export type C = B;"],
    ['app starts no worker', 'app/a.tsx', "new Worker(new URL('../workers/b.ts', import.meta.url));"],
    ['the service worker stands alone', 'sw.ts', "import { b } from './shared/b.ts'; b();"],
    ['nothing comes from outside of src', 'shared/a.ts', "import { b } from '../../test/b.ts'; b();"],
    ['workers draw nothing', 'workers/a.ts', "import { createSignal } from 'solid-js'; createSignal();"],
    ['pure folders use no package', 'catalog/a.ts', "import { openDB } from 'idb'; openDB();"],
  ])('%s', (_, path, text) => {
    expect(problemsOf({ [path]: text })).toEqual([
      expect.stringMatching(/^[\w/.]+: (may not import|.* outside of src)/),
    ]);
  });

  test('a folder without a row is refused', () => {
    expect(problemsOf({ 'utils/a.ts': '' })).toEqual(['utils/a.ts: utils has no row in the import table']);
  });

  test('what it allows is no problem', () => {
    const files = {
      'store/a.ts': "import type { B } from '../catalog/b.ts'; export type C = B;",
      'learn/a.ts': "import type { B } from '../onnx/b.ts'; import { c } from './c.ts'; export const d: B = c;",
      'client/a.ts':
        "import { b } from '../source/pick.ts'; import type { C } from '../workers/calls.ts'; export const d: C = b;",
      'main.tsx': "import './app/a.css'; new Worker(new URL('./workers/b.ts', import.meta.url));",
      'backbone/a.ts':
        "import gallery from '../../models/gallery.json'; import * as ort from 'onnxruntime-web'; export { gallery, ort };",
      'formats/a.ts': "import papaparse from 'papaparse'; void papaparse;",
    };
    expect(problemsOf(files)).toEqual([]);
  });

  test('an import in a comment or a string is none', () => {
    const text = "// import { b } from '../store/b.ts';\nexport const a = `import { b } from '../store/b.ts'`;";
    expect(problemsOf({ 'catalog/a.ts': text })).toEqual([]);
  });

  test('no row allows a way back up', () => {
    const names = Object.keys(table).filter((name) => !name.includes('.'));
    const runs = (name: string): string[] => (table[name] ?? []).filter((entry) => names.includes(entry));
    const above = (name: string): Set<string> =>
      new Set([...runs(name), ...runs(name).flatMap((next) => [...above(next)])]);
    for (const name of names) expect(above(name)).not.toContain(name);
  });
});

describe('cycles', () => {
  test('a cycle of imports that run is found, with its files', () => {
    const files = {
      'jobs/a.ts': "import { b } from './b.ts'; export const a = b;",
      'jobs/b.ts': "export { c as b } from './c.ts';",
      'jobs/c.ts': "import { a } from './a.ts'; export const c = a;",
    };
    expect(problemsOf(files)).toEqual(['import cycle: jobs/a.ts → jobs/b.ts → jobs/c.ts → jobs/a.ts']);
  });

  test('types and lazy imports close no cycle', () => {
    const files = {
      'jobs/a.ts': "import { b } from './b.ts'; export const a = b;",
      'jobs/b.ts':
        "import type { a } from './a.ts'; export const b = (): Promise<typeof a> => import('./a.ts').then((m) => m.a);",
    };
    expect(problemsOf(files)).toEqual([]);
  });
});

describe('purity', () => {
  test.each([
    ['document', 'export const a = () => document.title;'],
    ['window', 'export const a = () => window.innerWidth;'],
    ['navigator', 'export const a = navigator?.language;'],
    ['indexedDB', "export const a = () => indexedDB.open('x');"],
    ['fetch', "export const a = async () => await fetch('x');"],
    ['fetch', 'export const a = { fetch };'],
    ['globalThis', "export const a = 'x' in globalThis;"],
    ['process', 'export const a = [process.env];'],
    ['localStorage', 'export function a(b = localStorage.length) { return b; }'],
  ])('pure code does not use %s', (name, text) => {
    expect(problemsOf({ 'catalog/a.ts': text })).toEqual([
      `catalog/a.ts: uses ${name}, and catalog is pure: have it handed in`,
    ]);
  });

  test('a name of its own, a property, a key or a type is no such use', () => {
    const text = [
      'export interface A { window: number; fetch(): void; document?: string }',
      'export const a = (window: number, b: A): number => window + b.window;',
      'export const c = { document: 1, process() {} };',
      'export const d = (one: Document): typeof window => one.defaultView;',
    ];
    expect(problemsOf({ 'catalog/a.ts': text.join('\n') })).toEqual([]);
  });

  test('folders that are not pure may', () => {
    expect(problemsOf({ 'store/a.ts': "export const a = () => indexedDB.open('x');" })).toEqual([]);
  });
});

describe('form', () => {
  test('the first line says why the file exists', () => {
    expect(problemsOf({ 'shared/a.ts': 'export const a = 1;\n' }, true)).toHaveLength(1);
  });

  test('a file has 400 lines at most, style sheets too', () => {
    const lines = (count: number): string => `${Array(count).fill('/* line */').join('\n')}\n`;
    expect(problemsOf({ 'app/a.css': lines(400), 'app/a.ts': lines(400) }, true)).toEqual([]);
    expect(problemsOf({ 'app/a.css': lines(401), 'app/a.ts': lines(401) }, true)).toHaveLength(2);
  });

  test.each(['client/api.ts', 'formats/a.ts', 'pixels/deep/a.ts'])('every export of %s has a docstring', (path) => {
    const text = [
      '/** Doc. */\nexport function a(b: string): void;\nexport function a(b: number): void;\nexport function a(): void {}',
      'export interface B { c: string }',
      '// no docstring\nexport const d = 1;',
      '/** Doc. */\nexport type E = string;',
      'export type { F } from "./f.ts";',
      'interface G { h: string }',
    ];
    expect(problemsOf({ [path]: text.join('\n') })).toEqual([
      `${path}: the export B has no docstring`,
      `${path}: the export d has no docstring`,
    ]);
  });
});
