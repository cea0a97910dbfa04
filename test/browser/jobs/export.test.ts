// Exports into a folder: the plan shows what is replaced, writing swaps all files in together.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportDataset, ExportRow } from '../../../src/formats/types.ts';
import { planExport, writeExport } from '../../../src/jobs/export.ts';
import type { LineExportOptions } from '../../../src/jobs/export-types.ts';

let root: FileSystemDirectoryHandle;
const options: LineExportOptions = {
  format: 'csv',
  files: 'per-split',
  prefix: '',
  predictions: false,
  probabilities: false,
};

beforeEach(async () => {
  const storage = await navigator.storage.getDirectory();
  root = await storage.getDirectoryHandle('export-test', { create: true });
});
afterEach(async () => {
  const storage = await navigator.storage.getDirectory();
  await storage.removeEntry('export-test', { recursive: true });
});

function dataset(count: number, fail = false): ExportDataset {
  return {
    name: 'set',
    classes: ['cat', 'dog'],
    splits: ['train', 'validation'],
    multiLabel: false,
    layout: null,
    size: count,
    excluded: 0,
    filtered: false,
    async *rows() {
      for (let from = 0; from < count; from += 4096) {
        yield Array.from({ length: Math.min(4096, count - from) }, (_, i): ExportRow => {
          const n = from + i;
          const split = n % 10 === 0 ? 'validation' : 'train';
          return {
            path: `${split}/${n}.png`,
            split,
            labels: [n % 3 ? 'cat' : 'dog'],
            predicted: null,
            confidence: null,
          };
        });
        if (fail) throw new DOMException('full', 'QuotaExceededError');
      }
    },
  };
}

const put = async (name: string, text: string): Promise<void> => {
  const writable = await (await root.getFileHandle(name, { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
};
const read = async (name: string): Promise<string> => (await (await root.getFileHandle(name)).getFile()).text();
const names = async (): Promise<string[]> => (await Array.fromAsync(root.keys())).sort();

test('the plan names the file that is replaced, its copy, and columns that would be lost', async () => {
  await put('train.csv', 'image_path,label,caption\na.png,cat,"a cat"\n');
  const plan = await planExport(dataset(30), options, root);
  expect(plan.files).toMatchObject([
    { path: 'validation.csv', rows: 3, replaces: null },
    {
      path: 'train.csv',
      rows: 27,
      replaces: { bytes: 43, backup: expect.stringMatching(/^train\.csv\.bak-\d{8}-\d{6}$/) },
    },
  ]);
  expect(plan.warnings.join()).toContain('train.csv has columns that the new file will not have: caption');
  expect(await names()).toEqual(['train.csv']); // a plan writes nothing
});

test('100,000 rows are written whole, and the replaced file is kept', async () => {
  await put('train.csv', 'old');
  const { files } = await writeExport(dataset(100_000), options, root);
  expect(files).toMatchObject([
    { path: 'validation.csv', rows: 10_000 },
    { path: 'train.csv', rows: 90_000 },
  ]);
  const text = await read('train.csv');
  expect(text.length).toBe(files[1]?.bytes);
  expect(text.split('\n')).toHaveLength(90_002);
  expect(text.slice(0, 37)).toBe('image_path,label\ntrain/1.png,cat\ntrai');
  expect(await read(files[1]?.backup ?? '')).toBe('old');
});

test('a failure or cancel in the middle leaves every file as it was', async () => {
  await put('train.csv', 'old');
  await expect(writeExport(dataset(100_000, true), options, root)).rejects.toThrow();
  const controller = new AbortController();
  const cancelled = writeExport(dataset(100_000), options, root, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
  expect(await read('train.csv')).toBe('old');
  expect(await names()).toEqual(['train.csv']);
});
