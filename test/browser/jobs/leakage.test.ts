// Files of equal bytes: told from files of equal size, across splits, and from where a stopped search was.
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Progress } from '../../../src/shared/progress.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder, removeFile, writeFile } from './folder.ts';
import { openAndWalk, TEST_DATABASE, type TestSession } from './open.ts';

let store: Store;
let session: TestSession | undefined;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await session?.close();
  session = undefined;
  store.close();
  await deleteDB(TEST_DATABASE);
});

/** Longer than the beginning that is compared first; the middle and the end tell them apart. */
const long = (end: string): string => `${'x'.repeat(100_000)}${end}`;

test('equal files are grouped whatever their names, those in several splits first; equal size alone is no equality', async () => {
  const folder = await makeFolder('leakage', {
    'train/cat/1.jpg': 'one',
    'train/cat/2.jpg': 'two', // the size of 1.jpg
    'train/cat/copy.jpg': long('a'),
    'train/dog/copy.jpg': long('a'),
    'train/dog/again.jpg': long('a'),
    'train/dog/other.jpg': long('b'), // the size and the beginning of the copies
    'train/dog/alone.jpg': 'a size of its own',
    'test/cat/leak.jpg': 'one',
    'train/cat/empty.jpg': '',
    'train/dog/empty.jpg': '',
  });
  session = await openAndWalk(store, folder);
  const report = await session.duplicates.find();
  expect(report.groups.map(({ paths, splits }) => [[...paths].sort(), splits])).toEqual([
    [
      ['test/cat/leak.jpg', 'train/cat/1.jpg'],
      ['test', 'train'],
    ],
    [['train/cat/copy.jpg', 'train/dog/again.jpg', 'train/dog/copy.jpg'], ['train']],
    [['train/cat/empty.jpg', 'train/dog/empty.jpg'], ['train']],
  ]);
  const rows = await session.rows();
  for (const { ids, paths } of report.groups) expect(paths.map((path) => rows.get(path)?.id)).toEqual(ids);
  expect(report).toMatchObject({ total: 3, acrossSplits: 1, files: 7, bytes: 3 + 2 * 100_001, unreadable: 0 });
});

test('only files of equal size are opened', async () => {
  session = await openAndWalk(
    store,
    await makeFolder('leakage-sizes', { 'a.jpg': '1', 'b.jpg': '12', 'c.jpg': '123' }),
  );
  const read = vi.spyOn(crypto.subtle, 'digest');
  expect(await session.duplicates.find()).toMatchObject({ groups: [], total: 0, files: 0, bytes: 0 });
  expect(read).not.toHaveBeenCalled();
});

test('a search that was stopped goes on where it was and finds the same', async () => {
  const names = Array.from({ length: 40 }, (_, i) => [`${i % 2 ? 'train' : 'test'}/cat/${i}.jpg`, long(String(i % 7))]);
  session = await openAndWalk(store, await makeFolder('leakage-stop', Object.fromEntries(names)));
  const stopping = new AbortController();
  const { digest } = crypto.subtle;
  const read = vi.spyOn(crypto.subtle, 'digest').mockImplementation((...args) => {
    if (read.mock.calls.length === 55) stopping.abort();
    return digest.apply(crypto.subtle, args);
  });
  await expect(session.duplicates.find({ signal: stopping.signal })).rejects.toMatchObject({ code: 'aborted' });
  expect(read.mock.calls.length).toBeLessThan(60);

  const seen: Progress[] = [];
  const report = await session.duplicates.find({ onProgress: (progress) => seen.push(progress) });
  expect(read.mock.calls.length).toBe(80); // 40 beginnings and 40 files, each once in both runs together
  expect(seen.find(({ step }) => step === 'Whole files')?.done).toBeGreaterThanOrEqual(15);
  expect(report).toMatchObject({ total: 7, acrossSplits: 7, files: 40 });

  read.mockClear();
  expect(await session.duplicates.find()).toEqual(report);
  expect(read).not.toHaveBeenCalled();
});

test('a file that changed is read again after a rescan; one that is gone is counted', async () => {
  const folder = await makeFolder('leakage-change', { 'a/1.jpg': 'same', 'b/1.jpg': 'same', 'b/2.jpg': 'same' });
  session = await openAndWalk(store, folder);
  expect((await session.duplicates.find()).files).toBe(3);
  await writeFile(folder, 'a/1.jpg', 'diff');
  await session.walking.run('rescan');
  expect((await session.duplicates.find()).groups.map(({ paths }) => paths.sort())).toEqual([['b/1.jpg', 'b/2.jpg']]);
  await writeFile(folder, 'b/3.jpg', 'diff');
  await session.walking.run('rescan');
  await removeFile(folder, 'b/3.jpg'); // equal size, not read yet, and gone
  expect(await session.duplicates.find()).toMatchObject({ total: 1, files: 2, unreadable: 1 });
});

test('nothing is read once the dataset is closed', async () => {
  session = await openAndWalk(store, await makeFolder('leakage-close', { 'a/1.jpg': 'same', 'b/1.jpg': 'same' }));
  const finding = session.duplicates.find();
  const ended = expect(finding).rejects.toMatchObject({ code: 'aborted' });
  await session.close();
  session = undefined;
  await ended;
});
