// Small dbcollection files and datasets for tests, and what is read back of them.

import { rowsOf, textRows } from '../../../../src/formats/dbcollection/content.ts';
import type { Hdf5File } from '../../../../src/formats/dbcollection/hdf5.ts';
import { openHdf5 } from '../../../../src/formats/dbcollection/hdf5.ts';
import { createHdf5Writer, type Hdf5Writer } from '../../../../src/formats/dbcollection/hdf5-write.ts';
import { openSets } from '../../../../src/formats/dbcollection/set.ts';
import { writer } from '../../../../src/formats/dbcollection/writer.ts';
import type { ExportDataset, ExportRow, FormatOptions, WriteContext } from '../../../../src/formats/types.ts';

export const exportRow = (path: string, split: string | null, labels: readonly string[]): ExportRow => ({
  path,
  split,
  labels,
  predicted: null,
  confidence: null,
});

export const exportOf = (rows: readonly ExportRow[], over: Partial<ExportDataset> = {}): ExportDataset => ({
  name: 'pictures',
  classes: [...new Set(rows.flatMap(({ labels }) => labels))],
  splits: [...new Set(rows.flatMap(({ split }) => split ?? []))],
  multiLabel: rows.some(({ labels }) => labels.length > 1),
  layout: null,
  size: rows.length,
  excluded: 0,
  filtered: false,
  async *rows() {
    for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3);
  },
  ...over,
});

/** Every file that an export writes, by path. */
export async function written(
  dataset: ExportDataset,
  options: FormatOptions = {},
  context: Partial<WriteContext> & { originalBytes?: Uint8Array<ArrayBuffer> } = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const { originalBytes } = context;
  const all: WriteContext = {
    original: async () => (originalBytes ? once(originalBytes.slice()) : null),
    picture: async () => new Blob(),
    ...context,
  };
  for await (const { path, content } of writer.write(dataset, { ...writer.defaults(dataset), ...options }, all)) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of content) parts.push(part);
    files.set(path, new Uint8Array(await new Blob(parts).arrayBuffer()));
  }
  return files;
}

async function* once(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}

/** The only file that an export writes. */
export async function writtenFile(...args: Parameters<typeof written>): Promise<Uint8Array<ArrayBuffer>> {
  const [bytes, ...others] = (await written(...args)).values();
  if (bytes === undefined || others.length > 0) throw new Error('not exactly one file was written');
  return bytes;
}

/** Makes a file by hand: what dbcollection never writes, but others do. */
export async function handmade(make: (file: Hdf5Writer) => void): Promise<Uint8Array<ArrayBuffer>> {
  const file = await createHdf5Writer();
  make(file);
  return file.finish();
}

/** A set of dbcollection's form with some of it replaced. */
export function putSet(
  file: Hdf5Writer,
  group: string,
  { names, classes, ids }: { names: string[]; classes: string[]; ids: [number, number][] },
): void {
  file.group(group);
  file.rows(group, 'image_filenames', textRows(names, 'latin-1'));
  file.rows(group, 'classes', textRows(classes, 'latin-1'));
  file.rows(group, 'object_ids', rowsOf(Int32Array.from(ids.flat()), 2));
}

export interface ReadSample {
  path: string;
  labels: readonly string[];
}

/** Sets of a file with all their samples, and 'place: about' of every remark. */
export async function readBack(bytes: Uint8Array<ArrayBuffer>, base: 'auto' | '0' | '1' = 'auto') {
  return within(bytes, (hdf5) => {
    const { sets, remarks } = openSets(hdf5, 'a.h5', base);
    const read = sets.map((set): [string, ReadSample[]] => [
      set.name,
      [...set.names()].flatMap(({ from, names }) => names.map((path, i) => ({ path, labels: set.labelsOf(from + i) }))),
    ]);
    const tables = sets.map(
      ({ name, classes, words, descriptions }) => [name, { classes, words, descriptions }] as const,
    );
    return {
      sets: Object.fromEntries(read),
      tables: Object.fromEntries(tables),
      remarks: remarks.map(({ place, about }) => `${place}: ${about}`),
    };
  });
}

export async function within<T>(bytes: Uint8Array<ArrayBuffer>, use: (file: Hdf5File) => T): Promise<T> {
  const hdf5 = await openHdf5(bytes.slice(), 'a.h5');
  try {
    return use(hdf5);
  } finally {
    hdf5.close();
  }
}
