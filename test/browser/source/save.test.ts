// Replacing a file: whole or not at all, the old one kept, never over a picture.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensurePermission, missingFeatures, sourceFromInput } from '../../../src/source/pick.ts';
import { findReplaced, openReplacement } from '../../../src/source/save.ts';

let root: FileSystemDirectoryHandle;
const folderName = 'save-test';
const now = new Date(2026, 10, 21, 9, 30, 5);

beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  root = await storage.getDirectoryHandle(folderName, { create: true });
});
afterEach(async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry(folderName, { recursive: true });
});

async function save(path: string, text: string): Promise<{ bytes: number; backup?: string }> {
  const file = await openReplacement(root, path, { now });
  await file.write(text);
  return file.commit();
}

async function read(path: string): Promise<string> {
  const parts = path.split('/');
  let folder = root;
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(parts.at(-1) ?? '')).getFile()).text();
}

const names = async (): Promise<string[]> => (await Array.fromAsync(root.keys())).sort();

test('a new file is written with its folders, and nothing is kept', async () => {
  expect(await save('train/metadata.jsonl', 'é\n')).toEqual({ bytes: 3 });
  expect(await read('train/metadata.jsonl')).toBe('é\n');
});

test('a replaced file is kept once under a dated name', async () => {
  await save('train.csv', 'old');
  expect(await findReplaced(root, 'train.csv', now)).toMatchObject({
    bytes: 3,
    backup: 'train.csv.bak-20261121-093005',
  });
  expect(await save('train.csv', 'new')).toEqual({ bytes: 3, backup: 'train.csv.bak-20261121-093005' });
  expect(await read('train.csv')).toBe('new');
  expect(await read('train.csv.bak-20261121-093005')).toBe('old');
  expect(await save('train.csv', 'new')).toEqual({ bytes: 3 }); // the same content again
  expect((await save('train.csv', 'newer')).backup).toBe('train.csv.bak-20261121-093005-2');
  expect(await names()).toEqual(['train.csv', 'train.csv.bak-20261121-093005', 'train.csv.bak-20261121-093005-2']);
});

test('until commit the old file is whole, and after discard nothing has changed', async () => {
  await save('train.csv', 'old');
  const file = await openReplacement(root, 'train.csv');
  await file.write('x'.repeat(3_000_000));
  expect(await read('train.csv')).toBe('old');
  await file.discard();
  expect(await read('train.csv')).toBe('old');
  const fresh = await openReplacement(root, 'new.csv');
  await fresh.write('x');
  await fresh.discard();
  expect(await names()).toEqual(['train.csv']);
});

test('an abort while writing discards what was written', async () => {
  await save('train.csv', 'old');
  const controller = new AbortController();
  const file = await openReplacement(root, 'train.csv', { signal: controller.signal });
  await file.write('half');
  controller.abort();
  await expect(file.write('more')).rejects.toMatchObject({ code: 'aborted' });
  expect(await read('train.csv')).toBe('old');
  await save('train.csv', 'after'); // the lock was given back
});

test('a file that is being saved is busy for others', async () => {
  const file = await openReplacement(root, 'train.csv');
  await expect(openReplacement(root, 'train.csv')).rejects.toMatchObject({ code: 'busy' });
  await file.discard();
  await save('train.csv', 'x');
});

test('pictures are never written, and a folder of the name is told', async () => {
  await expect(openReplacement(root, 'cat/1.JPG')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(findReplaced(root, 'cat/1.png')).rejects.toMatchObject({ code: 'bad-input' });
  await root.getDirectoryHandle('train.csv', { create: true });
  await expect(openReplacement(root, 'train.csv')).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('folder'),
  });
});

test('a file that is not there replaces nothing', async () => {
  expect(await findReplaced(root, 'nowhere/train.csv')).toBeNull();
});

test('this browser lacks nothing, and private storage needs no permission', async () => {
  expect(missingFeatures()).toEqual([]);
  expect(await ensurePermission(root, 'readwrite')).toBe('granted');
});

test('files of a folder input become paths below the chosen folder', () => {
  const file = (path: string): File => {
    const made = new File(['x'], path.split('/').at(-1) ?? '');
    Object.defineProperty(made, 'webkitRelativePath', { value: path });
    return made;
  };
  const transfer = new DataTransfer();
  for (const path of ['set/a/1.png', 'set/2.png']) transfer.items.add(file(path));
  const list = Object.assign([file('set/a/1.png'), file('set/2.png')], { item: () => null });
  expect(sourceFromInput(list as unknown as FileList)).toMatchObject({
    kind: 'files',
    name: 'set',
    files: [{ path: 'a/1.png' }, { path: '2.png' }],
  });
});
