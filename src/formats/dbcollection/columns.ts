// Reads one dataset of a dbcollection file as texts or numbers, in bands of whole chunk rows, within stated limits.
import { VitrineError } from '../../shared/errors.ts';
import type { Hdf5Dataset } from './hdf5.ts';
import type { Remarks } from './remarks.ts';
import { asBytes, decodeColumn, type TextEncoding } from './strings.ts';

/** Limits of dbcollection-imagenet files: checked against the shape, before anything is allocated. */
const MAX_WIDTH = 65_536;
const MAX_ROWS = 2 ** 31;
/** A table of classes is read whole. */
const MAX_TABLE_BYTES = 2 ** 27;
/** Bytes of a band: enough that the calls do not count, little enough for any tab. */
const BAND_BYTES = 2 ** 22;
/** A chunk row larger than this is read in parts, although each part inflates it anew. */
const MAX_CHUNK_BYTES = 2 ** 26;

/** Rows and texts of a column: bytes [rows, width], or HDF5's own strings (width 0). */
export interface TextColumn {
  dataset: Hdf5Dataset;
  rows: number;
  width: number;
  /** One string without a dimension of rows, as dbcollection writes a single one. */
  single: boolean;
}

/** Checks a dataset of texts by its shape. Errors: `unreadable` (shape, dtype), `too-large`. */
export function textColumn(dataset: Hdf5Dataset, file: string): TextColumn {
  const { shape, type, path } = dataset;
  if (type !== 'integer' && type !== 'text')
    throw new VitrineError('unreadable', `${file}: ${path} has the dtype ${dataset.typeName}, which holds no texts.`, {
      file,
    });
  const isText = type === 'text';
  if (shape.length < 1 || shape.length > 2 || (isText && shape.length === 2 && shape[1] !== 1))
    throw new VitrineError(
      'unreadable',
      `${file}: ${path} has the shape (${shape.join(', ')}); texts are rows of characters.`,
      { file },
    );
  const single = !isText && shape.length === 1;
  const rows = single ? 1 : (shape[0] ?? 0);
  const width = isText ? 0 : (shape.at(-1) ?? 0);
  refuseLarge(dataset, rows, width, file);
  return { dataset, rows, width, single };
}

function refuseLarge({ path }: Hdf5Dataset, rows: number, width: number, file: string): void {
  if (width > MAX_WIDTH || rows > MAX_ROWS)
    throw new VitrineError(
      'too-large',
      `${file}: ${path} claims ${rows.toLocaleString('en')} rows of ${width.toLocaleString('en')}, which is too large.`,
      { file },
    );
}

/** Bytes [rows, width] of a band of a column. */
export function bytesOf(column: TextColumn, from: number, to: number, file: string): Uint8Array {
  const values = column.single ? column.dataset.read(0, column.width) : column.dataset.read(from, to);
  const bytes = Array.isArray(values) ? null : asBytes(values);
  if (bytes) return bytes;
  throw new VitrineError('unreadable', `${file}: ${column.dataset.path} has a dtype whose values are no characters.`, {
    file,
  });
}

/** Half-open ranges of rows that are cheap to read: whole chunk rows, a few MB. */
export function* bands(dataset: Hdf5Dataset, rows: number): Generator<[from: number, to: number]> {
  const rowBytes = Math.max(1, dataset.rowBytes);
  const chunk = Math.max(1, dataset.chunkRows ?? 1);
  const most = Math.max(1, Math.floor(MAX_CHUNK_BYTES / rowBytes));
  const step = Math.min(most, Math.max(1, Math.floor(BAND_BYTES / rowBytes / chunk)) * chunk);
  for (let from = 0; from < rows; from += step) yield [from, Math.min(rows, from + step)];
}

/**
 * A small table of texts, whole. What is odd about it is remarked upon under `place`. Errors: `unreadable` (damaged, shape, dtype),
 * `too-large`, `unsupported`.
 */
export function readTable(dataset: Hdf5Dataset, place: string, remarks: Remarks, file: string): string[] {
  const column = textColumn(dataset, file);
  if (column.rows * Math.max(column.width, dataset.rowBytes) > MAX_TABLE_BYTES)
    throw new VitrineError('too-large', `${file}: ${dataset.path} is too large for a table of classes.`, { file });
  if (column.single) remarkOnSingle(place, remarks);
  if (column.width === 0) {
    const texts = dataset.read(0, column.rows);
    return Array.isArray(texts) ? texts : [];
  }
  const { values, zeros, encoding } = decodeColumn(bytesOf(column, 0, column.rows, file), column.width);
  remarkOnTexts(place, { zeros, encoding }, remarks);
  return values;
}

/** Says that a text has no dimension of rows. */
export const remarkOnSingle = (place: string, remarks: Remarks): number =>
  remarks.push({
    place,
    about: 'one-string-stored-as-1-d',
    text: `${place} holds one text without a dimension of rows, as dbcollection writes a single one.`,
  });

/** Says how bytes above 127 were read, and that zeros stood inside texts. */
export function remarkOnTexts(
  place: string,
  { zeros, encoding }: { zeros: number; encoding: TextEncoding },
  remarks: Remarks,
): void {
  if (zeros > 0)
    remarks.push({
      place,
      about: 'nul-inside-a-string',
      text: `${zeros.toLocaleString('en')} texts of ${place} hold a NUL inside, which is dropped as dbcollection does.`,
    });
  if (encoding !== 'ascii')
    remarks.push({
      place,
      about: `read-as-${encoding}`,
      text: `${place} has characters beyond ASCII; they are read as ${encoding === 'utf-8' ? 'UTF-8' : 'Latin-1'}.`,
    });
}

/**
 * Whole numbers of a dataset of rank 2, band by band, row-major [to - from, columns]. Errors: `unreadable` (damaged, shape, dtype, fractions),
 * `too-large`.
 */
export function* readNumbers(
  dataset: Hdf5Dataset,
  file: string,
): Generator<{ from: number; rows: number; columns: number; values: Int32Array | Float64Array }> {
  const { shape, type, path } = dataset;
  if (type !== 'integer' && type !== 'float')
    throw new VitrineError('unreadable', `${file}: ${path} has the dtype ${dataset.typeName}, which holds no ids.`, {
      file,
    });
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2)
    throw new VitrineError(
      'unreadable',
      `${file}: ${path} has the shape (${shape.join(', ')}) instead of rows and columns.`,
      { file },
    );
  if (rows > MAX_ROWS) refuseLarge(dataset, rows, columns, file);
  for (const [from, to] of bands(dataset, rows)) {
    const raw = dataset.read(from, to);
    yield { from, rows: to - from, columns, values: raw instanceof Int32Array ? raw : asNumbers(raw, path, file) };
  }
}

function asNumbers(raw: string[] | ArrayLike<number | bigint>, path: string, file: string): Float64Array {
  const values = Float64Array.from({ length: raw.length }, (_, i) => Number(raw[i]));
  const fraction = values.findIndex((value) => !Number.isInteger(value));
  if (fraction < 0) return values;
  throw new VitrineError(
    'unreadable',
    `${file}: ${path} has a dtype with fractions (${values[fraction]}); ids are whole numbers.`,
    { file },
  );
}
