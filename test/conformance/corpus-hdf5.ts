// Judges the HDF5 reader by the files of the HDF5 corpus and the decoded columns in its index, which h5py read.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bands, bytesOf, textColumn } from '../../src/formats/dbcollection/columns.ts';
import { type Hdf5Dataset, type Hdf5File, openHdf5 } from '../../src/formats/dbcollection/hdf5.ts';
import { decodeRows } from '../../src/formats/dbcollection/strings.ts';
import { toVitrineError, VitrineError } from '../../src/shared/errors.ts';
import { failed, notApplicable, type Outcome, passed } from './types.ts';

/** A dataset as h5py saw it; the corpus' README and `read_hdf5.py` explain it. */
interface Column {
  shape: number[];
  filters: string[];
  n?: number;
  first?: unknown[];
  sha256?: string;
  read_error?: string;
}

interface Entry {
  file: string;
  ok: boolean;
  error?: string;
  sets?: Record<string, Record<string, Column>>;
  /** Groups or objects that h5py could not open. */
  errors?: string[];
  dangling?: string[];
}

export async function* runCorpus(folder: string): AsyncGenerator<{ name: string; outcome: Outcome }> {
  const lines = readFileSync(join(folder, 'index.jsonl'), 'utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const entry: Entry = JSON.parse(line);
    yield { name: entry.file, outcome: await judge(entry, new Uint8Array(readFileSync(join(folder, entry.file)))) };
  }
}

async function judge(entry: Entry, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  let file: Hdf5File;
  try {
    file = await openHdf5(bytes, entry.file);
  } catch (error) {
    const { code, message } = toVitrineError(error);
    if (code === 'internal') throw error;
    return entry.ok ? failed(`it is refused: ${message}`) : passed;
  }
  try {
    if (!entry.ok) return failed(`it is opened, though h5py says: ${entry.error}`);
    const outcomes = Object.entries(entry.sets ?? {}).flatMap(([group, columns]) =>
      Object.entries(columns).map(([name, column]) => judgeColumn(file, group, name, column)),
    );
    if (entry.errors?.length) outcomes.push(judgeDamaged(file));
    return (
      outcomes.find(({ status }) => status === 'failed') ??
      outcomes.find(({ status }) => status === 'not applicable') ??
      passed
    );
  } finally {
    file.close();
  }
}

/** A damaged group must be an error, never an empty one. */
function judgeDamaged(file: Hdf5File): Outcome {
  try {
    file.entries('/');
    return failed('a damaged group is listed without an error');
  } catch (error) {
    return error instanceof VitrineError ? passed : failed(String(error));
  }
}

const TEXTS = ['image_filenames', 'classes', 'labels', 'descriptions', 'object_fields'];

function judgeColumn(file: Hdf5File, group: string, name: string, column: Column): Outcome {
  const path = group === '/' ? `/${name}` : `${group}/${name}`;
  const unknown = column.filters.find((filter) => !FILTERS.has(filter));
  try {
    const dataset = file.dataset(path);
    if (dataset.shape.join() !== column.shape.join()) return failed(`${path} has the shape ${dataset.shape.join()}`);
    if (column.sha256 === undefined && column.read_error === undefined) return judgeFirst(dataset, column);
    const sha =
      TEXTS.includes(name) && dataset.typeName.startsWith('uint') ? textsHash(dataset, column) : numbersHash(dataset);
    if (column.read_error !== undefined) return failed(`${path} is read, though h5py says: ${column.read_error}`);
    return sha === column.sha256 ? passed : failed(`${path} has other values than h5py reads`);
  } catch (error) {
    const { code, message } = toVitrineError(error);
    if (code === 'internal') throw error;
    if (column.read_error !== undefined) return passed;
    if (unknown !== undefined && code === 'unsupported' && message.includes(unknown))
      return notApplicable(`compressed with ${unknown}, which Vitrine names and refuses`);
    if (code === 'too-large') return passed; // claims more than the stated limits
    if (column.shape.length > 2 && message.includes('shape')) return passed; // no rows of characters
    return failed(`${path}: ${message}`);
  }
}

/** Filters of the HDF5 library itself. */
const FILTERS = new Set(['deflate', 'shuffle', 'fletcher32', 'scaleoffset', 'nbit', 'szip']);

/** dbcollection's own decoding: Latin-1, without any zero. */
function textsHash(dataset: Hdf5Dataset, { n = 0 }: Column): string {
  const column = textColumn(dataset, 'corpus');
  const texts: string[] = [];
  for (const [from, to] of bands(dataset, column.rows))
    texts.push(...decodeRows(bytesOf(column, from, to, 'corpus'), column.width, 'latin-1').values);
  return texts.length === n ? hash(texts.join('\n')) : `${texts.length} texts`;
}

/** Values as 32-bit integers, little-endian, row by row. */
function numbersHash(dataset: Hdf5Dataset): string {
  const sum = createHash('sha256');
  for (const [from, to] of bands(dataset, dataset.shape[0] ?? 0))
    sum.update(new Uint8Array(Int32Array.from<string | number | bigint>(dataset.read(from, to), Number).buffer));
  return sum.digest('hex');
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Strings of HDF5's own types and fractions: only their first values are in the index. */
function judgeFirst(dataset: Hdf5Dataset, { first = [] }: Column): Outcome {
  const values = Array.from<unknown>(dataset.read(0, dataset.shape[0] ?? 0)).slice(0, first.length);
  return JSON.stringify(values) === JSON.stringify(first)
    ? passed
    : failed(`${dataset.path} begins with ${JSON.stringify(values)}`);
}
