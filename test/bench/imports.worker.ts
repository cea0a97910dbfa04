// Reads label files of ImageNet's size with the systems' readers and with the bare libraries in turn, and lists a zip; asked by imports-loops.ts.
import { pathsOf } from '../../src/catalog/rows.ts';
import { loadSystem } from '../../src/formats/systems.ts';
import type { FormatId } from '../../src/formats/types.ts';
import { collectImport } from '../../src/jobs/import/collect.ts';
import { createDatasetFiles } from '../../src/jobs/import/files.ts';
import { createRowFinder } from '../../src/jobs/import/row-finder.ts';
import { listZip } from '../../src/source/zip/list.ts';
import { type BareFormat, readBare, rewriteHdf5 } from './bare/label-files.ts';
import { type Compared, compare } from './bare/timing.ts';
import { walkZip, zipOf } from './bare/zip.ts';
import { buildImageNet, ROWS } from './imagenet.ts';

export type Task =
  | { kind: 'index' }
  | { kind: 'read'; system: FormatId; format: BareFormat; files: File[] }
  | { kind: 'cancel'; system: FormatId; files: File[] }
  | { kind: 'write-hdf5'; file: File }
  | { kind: 'zip'; entries: number };

const scope = self as unknown as { postMessage(answer: unknown): void }; // a worker's scope; TypeScript's page library types `self` as a window

/** Made when it is first needed: writing needs none. */
let dataset: { finder(): (path: string) => number; pictures: readonly string[] } | undefined;

function imageNet() {
  if (dataset) return dataset;
  const { table } = buildImageNet();
  const ids = table.order.all();
  dataset = { finder: () => createRowFinder(table, ids), pictures: pathsOf(table, ids) };
  return dataset;
}

const filesOf = (files: readonly File[]) =>
  createDatasetFiles({
    name: 'imagenet',
    pictures: imageNet().pictures,
    others: [],
    source: null,
    extra: new Map(files.map((file) => [file.name, file])),
  });

async function readerOf(system: FormatId, given: readonly File[]) {
  const format = await loadSystem(system);
  const files = filesOf(given);
  const [best] = await format.detect(files);
  if (!best) throw new Error(`${system} does not know its own files`);
  return (signal?: AbortSignal) =>
    collectImport(
      format,
      files,
      best.options,
      { rowCount: ROWS, rowOf: imageNet().finder() },
      signal ? { signal } : {},
    );
}

async function read(system: FormatId, format: BareFormat, files: readonly File[]): Promise<Compared> {
  const collect = await readerOf(system, files);
  return compare(
    3,
    async () => {
      const { rows, labels } = await collect();
      if (rows.length < 0.99 * ROWS || labels.values.length < 1000) throw new Error('the import is not whole');
    },
    async () => {
      const rows = await readBare(format, files);
      if (rows !== ROWS) throw new Error(`the bare library read ${rows} rows`);
    },
  );
}

/** Seconds from the wish to the end. */
async function cancel(system: FormatId, files: readonly File[]): Promise<number> {
  const collect = await readerOf(system, files);
  const controller = new AbortController();
  let from = 0;
  setTimeout(() => {
    from = performance.now();
    controller.abort();
  }, 500);
  const ended = await collect(controller.signal).then(
    () => 'complete',
    () => 'cancelled',
  );
  if (ended === 'complete') throw new Error('the import was over before it was cancelled');
  return (performance.now() - from) / 1000;
}

function answer(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'index': {
      imageNet();
      const from = performance.now();
      const { size } = filesOf([]).pictures;
      return Promise.resolve({ size, seconds: (performance.now() - from) / 1000 });
    }
    case 'read':
      return read(task.system, task.format, task.files);
    case 'cancel':
      return cancel(task.system, task.files);
    case 'write-hdf5':
      return rewriteHdf5(task.file);
    case 'zip':
      return zip(task.entries);
  }
}

async function zip(entries: number): Promise<Compared> {
  const blob = zipOf([...new Set(imageNet().pictures)].slice(0, entries));
  return compare(
    31,
    async () => {
      const listing = await listZip(blob, 'pictures.zip');
      if (listing.entries.length !== entries || listing.refused.length > 0) throw new Error('the listing is not whole');
    },
    async () => {
      if ((await walkZip(blob)).length !== entries) throw new Error('the plain walk is not whole');
    },
  );
}

self.onmessage = async ({ data }: MessageEvent<Task>) => {
  try {
    scope.postMessage(await answer(data));
  } catch (error) {
    setTimeout(() => {
      throw error; // to the page, which waits
    });
  }
};
