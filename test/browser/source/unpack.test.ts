// The sample unpacks into private storage and is then a source like any folder.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSource } from '../../../src/source/open.ts';
import { listZip } from '../../../src/source/zip/list.ts';
import { unpackZip } from '../../../src/source/zip/unpack.ts';

let root: FileSystemDirectoryHandle;

beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  root = await storage.getDirectoryHandle('unpack-test', { create: true });
});
afterEach(async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry('unpack-test', { recursive: true });
});

test('the sample unpacks whole and decodes', async () => {
  const zip = await (await fetch('/sample.zip')).blob();
  let last = 0;
  const files = await unpackZip(zip, root, { onProgress: ({ done }) => (last = done) });
  expect(last).toBe(files);
  const source = openSource({ kind: 'directory', handle: root });
  const paths: string[] = [];
  for await (const { directory, names } of source.walk()) paths.push(...names.map((name) => `${directory}/${name}`));
  expect(paths.sort()).toEqual([...(await listZip(zip, 'sample.zip')).entries].map(({ path }) => path).sort());
  for (const path of paths.filter((_, i) => i % 20 === 0)) {
    const bitmap = await createImageBitmap(await source.file(path));
    expect(Math.max(bitmap.width, bitmap.height)).toBeGreaterThanOrEqual(96);
    bitmap.close();
  }
});

test('an abort stops unpacking', async () => {
  const zip = await (await fetch('/sample.zip')).blob();
  const controller = new AbortController();
  const work = unpackZip(zip, root, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(work).rejects.toMatchObject({ code: 'aborted' });
});

test('what is not a zip is refused', async () => {
  await expect(unpackZip(new Blob(['hello']), root)).rejects.toMatchObject({ code: 'unreadable' });
});
