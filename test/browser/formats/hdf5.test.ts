// HDF5 files in the browser: written in the page, read in a worker bit by bit.
import { afterEach, expect, it } from 'vitest';
import { writer } from '../../../src/formats/dbcollection/writer.ts';
import type { ExportDataset, ExportRow } from '../../../src/formats/types.ts';

let worker: Worker | undefined;
afterEach(() => worker?.terminate());

/** What the worker says of a file. */
function readInWorker(file: Blob): Promise<{ samples?: string[][]; atOpen?: number; error?: string }> {
  worker = new Worker(new URL('./hdf5.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<MessageEvent>((resolve, reject) => {
    worker?.addEventListener('message', resolve, { once: true });
    worker?.addEventListener('error', () => reject(new Error('the worker failed')), { once: true });
  });
  worker.postMessage(file);
  return answer.then(({ data }) => data);
}

async function writtenFile(rows: readonly ExportRow[]): Promise<Blob> {
  const dataset: ExportDataset = {
    name: 'pictures',
    classes: ['n01440764', 'n01443537'],
    splits: ['train', 'validation'],
    multiLabel: false,
    layout: null,
    size: rows.length,
    excluded: 0,
    filtered: false,
    async *rows() {
      yield rows;
    },
  };
  const context = { original: async () => null, picture: async () => new Blob() };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const { content } of writer.write(dataset, writer.defaults(dataset), context))
    for await (const part of content) parts.push(part);
  return new Blob(parts);
}

it('writes a file in the page that a worker reads without holding it', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i): ExportRow => {
    const label = i % 2 === 0 ? 'n01440764' : 'n01443537';
    return {
      path: `${label}/${(Math.imul(i, 2654435761) >>> 0).toString(36)}.JPEG`,
      split: i % 10 === 0 ? 'validation' : 'train',
      labels: [label],
      predicted: null,
      confidence: null,
    };
  });
  const file = await writtenFile(rows);
  const { samples = [], atOpen = 0, error } = await readInWorker(file);
  expect(error).toBeUndefined();
  const wanted = rows.map(({ path, split, labels }) => [split === 'validation' ? 'val' : 'train', path, ...labels]);
  const key = (list: string[][]) => list.map((one) => one.join(' ')).sort();
  expect(key(samples)).toEqual(key(wanted));
  expect(atOpen).toBeLessThan(file.size); // names were not read yet
});

it('says by words what is wrong with a file, again and again', async () => {
  const file = await writtenFile([
    { path: 'a.JPEG', split: 'train', labels: ['n01440764'], predicted: null, confidence: null },
  ]);
  expect((await readInWorker(file.slice(0, file.size - 5))).error).toMatch(/truncated/);
  expect((await readInWorker(new Blob(['<html>']))).error).toMatch(/not an HDF5 file/);
  expect((await readInWorker(file)).samples).toEqual([['train', 'a.JPEG', 'n01440764']]);
});
