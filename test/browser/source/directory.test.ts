// Walking and reading a real directory handle; the browser's private storage is one that needs no permission.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSource } from '../../../src/source/open.ts';
import type { Source, WalkBatch } from '../../../src/source/types.ts';

let root: FileSystemDirectoryHandle;
const name = 'walk-test';

beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  root = await storage.getDirectoryHandle(name, { create: true });
});
afterEach(async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry(name, { recursive: true }).catch(() => undefined);
});

async function put(path: string, text = path): Promise<void> {
  const parts = path.split('/');
  let folder = root;
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
  const writable = await (await folder.getFileHandle(parts.at(-1) ?? '', { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
}

const open = (): Source => openSource({ kind: 'directory', handle: root });

async function walk(source: Source, from?: string[]): Promise<WalkBatch[]> {
  const batches: WalkBatch[] = [];
  for await (const batch of source.walk(from ? { from } : {})) batches.push(batch);
  return batches;
}

test('pictures are shown and everything else is left out with its reason', async () => {
  for (const path of [
    'a.png',
    'B.JPG',
    'train/cat/1.webp',
    'labels.csv',
    'notes',
    '.hidden.png',
    '.git/x.png',
    'x.jpg.crswap',
  ])
    await put(path);
  const batches = await walk(open());
  expect(batches.map(({ directory }) => directory)).toEqual(['', 'train', 'train/cat']);
  expect(batches[0]?.names.toSorted()).toEqual(['B.JPG', 'a.png']);
  expect(batches[2]?.names).toEqual(['1.webp']);
  expect(
    Object.fromEntries(batches.flatMap(({ leftOut }) => leftOut.map(({ path, reason }) => [path, reason]))),
  ).toEqual({
    'labels.csv': 'metadata',
    notes: 'not-an-image',
    '.hidden.png': 'hidden',
    '.git': 'hidden',
    'x.jpg.crswap': 'swap',
  });
});

test('folders come in natural order, and the walk goes on from what is left', async () => {
  for (const path of ['10/a.png', '9/a.png', '9/deep/b.png']) await put(path);
  const all = await walk(open());
  expect(all.map(({ directory }) => directory)).toEqual(['', '9', '9/deep', '10']);
  expect(all[0]?.folders.toSorted()).toEqual(['10', '9']);
  expect((await walk(open(), ['10', '9/deep'])).map(({ directory }) => directory)).toEqual(['9/deep', '10']);
});

test('no file is opened by a walk', async () => {
  await put('a/1.png');
  let opened = 0;
  const original = FileSystemFileHandle.prototype.getFile;
  FileSystemFileHandle.prototype.getFile = function () {
    opened++;
    return original.call(this);
  };
  try {
    await walk(open());
    expect(opened).toBe(0);
  } finally {
    FileSystemFileHandle.prototype.getFile = original;
  }
});

test('folders are opened once for many files', async () => {
  for (let i = 0; i < 20; i++) await put(`a/b/${i}.png`);
  const source = open();
  let opened = 0;
  const original = FileSystemDirectoryHandle.prototype.getDirectoryHandle;
  FileSystemDirectoryHandle.prototype.getDirectoryHandle = function (...args) {
    opened++;
    return original.apply(this, args);
  };
  try {
    const texts = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await source.file(`a/b/${i}.png`)).text()),
    );
    expect(texts[7]).toBe('a/b/7.png');
    expect(opened).toBe(2);
  } finally {
    FileSystemDirectoryHandle.prototype.getDirectoryHandle = original;
  }
});

test('a file that is gone, a folder that is gone and a refused name are told by path', async () => {
  await put('a/1.png');
  const source = open();
  await source.file('a/1.png');
  await root.removeEntry('a', { recursive: true });
  await expect(source.file('a/1.png')).rejects.toMatchObject({ code: 'not-found', file: 'a/1.png' });
  await expect(source.file('b:c.png')).rejects.toMatchObject({ code: 'not-found', file: 'b:c.png' });
  await put('a/1.png', 'again');
  expect(await (await source.file('a/1.png')).text()).toBe('again'); // no handle of the removed folder is kept
});

test('a subfolder that goes away during the walk is left out, the rest is walked', async () => {
  for (const path of ['a/1.png', 'b/1.png']) await put(path);
  const batches: WalkBatch[] = [];
  for await (const batch of open().walk()) {
    batches.push(batch);
    if (batch.directory === '') await root.removeEntry('a', { recursive: true });
  }
  expect(batches.flatMap(({ leftOut }) => leftOut)).toEqual([{ path: 'a', reason: 'unreadable-folder' }]);
  expect(batches.flatMap(({ names }) => names)).toEqual(['1.png']);
});

test('a root that was removed ends the walk with a sentence', async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry(name, { recursive: true });
  await expect(walk(open())).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('moved, renamed or deleted'),
  });
});

test('a fired signal ends the walk as aborted', async () => {
  await put('a.png');
  await expect(open().walk({ signal: AbortSignal.abort() }).next()).rejects.toMatchObject({ code: 'aborted' });
});
