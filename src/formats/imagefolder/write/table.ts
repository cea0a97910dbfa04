// Writes metadata.csv and metadata.parquet: the records of the file that was imported with what changed, then pictures that it does not name.

import { readCsv } from '../../text/csv.ts';
import type { ExportDataset, FieldValue, WriteContext } from '../../types.ts';
import { createColumns } from '../columns.ts';
import { readParquetRecords } from '../read-parquet.ts';
import { extras, labelValue, type RecordView, textOf } from './changes.ts';
import type { WriteOptions } from './options.ts';
import { prepareOriginals } from './originals.ts';

interface Place {
  path: string;
  folder: string;
  belongs: (path: string) => boolean;
}
type Bytes = Uint8Array<ArrayBuffer>;
type Values = ReadonlyMap<string, FieldValue>;

const PART = 1 << 16;

/** The bytes of a metadata.csv, with commas, LF and quotes where they are needed. Errors: those of reading the original, `aborted`. */
export async function* csvContent(
  dataset: ExportDataset,
  options: WriteOptions,
  place: Place,
  context: WriteContext,
): AsyncGenerator<Bytes, void, undefined> {
  const originals = await csvOriginals(place.path, context);
  const columns = columnsOf(dataset, options, originals?.header ?? []);
  const encoder = new TextEncoder();
  let text = `${columns.map(quoteCell).join(',')}\n`;
  for await (const values of finalRecords(dataset, options, place, originals?.records ?? null, context)) {
    text += `${columns.map((key) => quoteCell(textOf(values.get(key) ?? null))).join(',')}\n`;
    if (text.length < PART) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

/** The bytes of a metadata.parquet with snappy; integers, numbers, booleans and text have their types, nested values are JSON text. */
export async function* parquetContent(
  dataset: ExportDataset,
  options: WriteOptions,
  place: Place,
  context: WriteContext,
): AsyncGenerator<Bytes, void, undefined> {
  const originals = await parquetOriginals(place.path, context);
  const records = (): AsyncIterable<Values> =>
    finalRecords(dataset, options, place, originals?.records ?? null, context);
  const typing = createColumns();
  for await (const values of records()) for (const [key, value] of values) typing.add(typing.at(key), value);
  const types = new Map(typing.fields().map(({ name, type }) => [name, parquetType(type)]));
  const columns = columnsOf(dataset, options, originals?.header ?? []).map((name) => ({
    name,
    type: types.get(name) ?? ('STRING' as const),
    nullable: true,
  }));
  const rows = async function* (): AsyncGenerator<Record<string, unknown>> {
    for await (const values of records())
      yield Object.fromEntries(columns.map(({ name, type }) => [name, parquetValue(values.get(name) ?? null, type)]));
  };
  const { ByteWriter, parquetWriteRows } = await import('hyparquet-writer');
  const writer = new ByteWriter();
  await parquetWriteRows({ writer, rows: rows(), columns });
  const bytes = new Uint8Array(writer.getBuffer());
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}

function parquetType(type: string): 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'STRING' {
  return type === 'integer' ? 'INT64' : type === 'number' ? 'DOUBLE' : type === 'boolean' ? 'BOOLEAN' : 'STRING';
}

function parquetValue(value: FieldValue, type: ReturnType<typeof parquetType>): unknown {
  if (value === null) return null;
  if (type === 'STRING') return textOf(value);
  return type === 'INT64' && typeof value === 'number' ? BigInt(value) : value;
}

/** Columns of the original in their order, then those that are new. */
function columnsOf(dataset: ExportDataset, options: WriteOptions, header: readonly string[]): string[] {
  const fields = Object.fromEntries((dataset.fields ?? []).map(({ name }) => [name, null]));
  const sample = { path: '', split: null, labels: [], predicted: null, confidence: null, fields };
  return [
    ...new Set([
      ...(header.length > 0 ? header : ['file_name']),
      options.labelKey,
      ...extras(sample, options).map(({ key }) => key),
    ]),
  ];
}

/** Every record as it is to be written. */
async function* finalRecords(
  dataset: ExportDataset,
  options: WriteOptions,
  { folder, belongs }: Place,
  records: (() => AsyncIterable<Values>) | null,
  { signal }: WriteContext,
): AsyncGenerator<Values, void, undefined> {
  const list = dataset.multiLabel || options.labelKey === 'categories';
  const views = async function* (): AsyncGenerator<RecordView> {
    if (records !== null) yield* records();
  };
  const originals = await prepareOriginals(dataset, folder, options, belongs, views, signal);
  if (records !== null)
    for await (const values of records()) {
      signal?.throwIfAborted();
      const verdict = await originals.judge(values);
      if (!verdict.keep) continue;
      const changed = new Map(values);
      for (const { key, value } of verdict.changes) changed.set(key, value);
      yield changed;
    }
  for await (const row of originals.rest()) {
    signal?.throwIfAborted();
    const values = new Map<string, FieldValue>();
    values.set('file_name', folder === '' ? row.path : row.path.slice(folder.length + 1));
    if (row.labels.length > 0) values.set(options.labelKey, labelValue(row.labels, list));
    for (const { key, value } of extras(row, options)) if (value !== null) values.set(key, value);
    yield values;
  }
}

interface Originals {
  header: string[];
  records: () => AsyncIterable<Values>;
}

/** Cells as they stand: nothing is typed, so that '007' stays. */
async function csvOriginals(path: string, context: WriteContext): Promise<Originals | null> {
  const first = await context.original(path);
  if (first === null) return null;
  let header: string[] = [];
  for await (const block of readCsv(first, { file: path })) {
    if (block.header) header = block.header.cells;
    if (header.length > 0) break;
  }
  return {
    header,
    async *records() {
      const chunks = await context.original(path);
      if (chunks === null) return;
      for await (const { rows } of readCsv(chunks, {
        file: path,
        ...(context.signal ? { signal: context.signal } : {}),
      }))
        for (const { cells } of rows)
          yield new Map(header.flatMap((key, n) => (cells[n] ? [[key, cells[n]] as const] : [])));
    },
  };
}

async function parquetOriginals(path: string, context: WriteContext): Promise<Originals | null> {
  const chunks = await context.original(path);
  if (chunks === null) return null;
  const pieces: Bytes[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const files = {
    size: async () => bytes.length,
    bytes: async (_: string, from = 0, to = bytes.length) => bytes.slice(from, to),
  };
  let waiting: Values[] = [];
  const records = async function* (): AsyncGenerator<Values> {
    const steps = readParquetRecords(files, path, ({ keys, values, count }) => {
      waiting.push(new Map(keys.slice(0, count).map((key, n) => [key, values[n] ?? null])));
    });
    for await (const _ of steps) {
      yield* waiting;
      waiting = [];
    }
  };
  let header: string[] = [];
  for await (const record of records()) {
    header = [...record.keys()];
    break;
  }
  waiting = [];
  return { header, records };
}

const quoteCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
