// Metadata files as the tables that `datasets` makes of them, put together from the peer rules of formats/imagefolder.
import { type ArrowColumn, createArrowTypes } from '../../../src/formats/imagefolder/peers/arrow-types.ts';
import {
  addCell,
  isMissing,
  newPandasColumn,
  pandasType,
} from '../../../src/formats/imagefolder/peers/pandas-types.ts';
import { readParquetRecords } from '../../../src/formats/imagefolder/read-parquet.ts';
import { readCsv } from '../../../src/formats/text/csv.ts';
import { createObjectScanner } from '../../../src/formats/text/json-text.ts';
import { blank } from '../../../src/formats/text/json-tokens.ts';
import { type JsonNode, parseTree } from '../../../src/formats/text/json-tree.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { featureOf, floatOf, integerOf, valueUnder } from './values.ts';

/** The exception of the real reader; `parts` stand in its text. */
export class PeerError extends Error {
  readonly type: string;
  readonly parts: readonly string[];
  constructor(type: string, parts: readonly string[]) {
    super(`${type}: ${parts.join(' … ')}`);
    this.type = type;
    this.parts = parts;
  }
}

/** Columns in order, and rows. */
export interface Table {
  features: Record<string, unknown>;
  rows: Record<string, unknown>[];
  /** Values hold bytes that are no UTF-8: found only when rows are made. */
  badText: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The table of a file; null where there is no row. Errors: `PeerError`. */
export async function readTable(path: string, bytes: Bytes): Promise<Table | null> {
  if (path.endsWith('.csv')) return csvTable(path, bytes);
  if (path.endsWith('.parquet')) return parquetTable(path, bytes);
  return jsonTable(bytes);
}

function jsonTable(bytes: Bytes): Table | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder('utf-8').decode(bytes); // takes a byte order mark off
  const scanner = createObjectScanner();
  const types = createArrowTypes();
  const records = [];
  for (let from = blank(text, 0, text.length); from < text.length; from = blank(text, scanner.end, text.length)) {
    const row = `in row ${records.length}`;
    if (!scanner.scanNext(text, from, text.length)) {
      const { reason } = scanner.mistake ?? { reason: '' };
      throw new PeerError('ArrowInvalid', reason === 'not-object' ? ['Column() changed from object to', row] : [row]);
    }
    const raw = text.slice(from, scanner.end);
    const record = parseTree(raw);
    if (hasHalfPair(record)) throw new PeerError('ArrowInvalid', ['surrogate', row]);
    const refusal = types.add(record);
    if (refusal?.reason === 'twice')
      throw new PeerError('ArrowInvalid', [`Column(${refusal.path}) was specified twice`, row]);
    if (refusal)
      throw new PeerError('ArrowInvalid', [
        `Column(${refusal.path}) changed from ${refusal.from} to ${refusal.to}`,
        row,
      ]);
    records.push(record);
  }
  if (records.length === 0) return null;
  const features = featureOf(types.root);
  return {
    features: isObject(features) ? features : {},
    rows: records.map((record) => {
      const row = valueUnder(types.root, record);
      return isObject(row) ? row : {};
    }),
    badText: !isUtf8(bytes),
  };
}

/** Half of a surrogate pair, in a key or a text. */
function hasHalfPair(node: JsonNode): boolean {
  if (node.type === 'string') return !node.value.isWellFormed();
  if (node.type === 'list') return node.items.some(hasHalfPair);
  return node.type === 'object' && node.members.some(([key, value]) => !key.isWellFormed() || hasHalfPair(value));
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isUtf8(bytes: Bytes): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

async function csvTable(file: string, bytes: Bytes): Promise<Table | null> {
  if (!isUtf8(bytes)) throw new PeerError('UnicodeDecodeError', ["'utf-8' codec can't decode byte"]);
  const records: { cells: string[]; line: number }[] = [];
  const chunks = async function* () {
    yield bytes;
  };
  try {
    for await (const { rows } of readCsv(chunks(), { file, delimiter: ',', header: false })) records.push(...rows);
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    throw new PeerError('ParserError', [`EOF inside string starting at row ${records.length}`]);
  }
  const [header, ...rows] = records;
  if (!header) throw new PeerError('EmptyDataError', ['No columns to parse']);
  const [first] = rows;
  const indexes = Math.max(0, (first?.cells.length ?? 0) - header.cells.length);
  const width = header.cells.length + indexes;
  const long = rows.find(({ cells }) => cells.length > width);
  if (long)
    throw new PeerError('ParserError', [`Expected ${width} fields in line ${long.line}, saw ${long.cells.length}`]);
  if (!first) return null;
  // Longer rows make the first columns an index, which stands last in the table.
  const names = [...columnNames(header.cells), ...Array.from({ length: indexes }, (_, n) => `__index_level_${n}__`)];
  const places = [...header.cells.map((_, n) => n + indexes), ...Array.from({ length: indexes }, (_, n) => n)];
  const types = places.map((place) => {
    const column = newPandasColumn();
    for (const { cells } of rows) addCell(column, cells[place] ?? '');
    const type = pandasType(column);
    if (type === 'too-large') throw new PeerError('OverflowError', ['too large']);
    return type;
  });
  const value = (cell: string, type: string): unknown => {
    if (isMissing(cell)) return null;
    if (type === 'bool') return cell.toLowerCase() === 'true';
    if (type === 'float64') return floatOf(cell.trim());
    return type === 'string' ? cell : integerOf(cell);
  };
  return {
    features: Object.fromEntries(names.map((name, n) => [name, types[n] === 'string' ? 'large_string' : types[n]])),
    rows: rows.map(({ cells }) =>
      Object.fromEntries(names.map((name, n) => [name, value(cells[places[n] ?? 0] ?? '', types[n] ?? 'string')])),
    ),
    badText: false,
  };
}

/** Empty names get a number, repeated ones a suffix. */
function columnNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, n) => {
    const base = cell === '' ? `Unnamed: ${n}` : cell;
    let name = base;
    for (let k = 1; taken.has(name); k++) name = `${base}.${k}`;
    taken.add(name);
    return name;
  });
}

async function parquetTable(path: string, bytes: Bytes): Promise<Table | null> {
  const types = createArrowTypes();
  const records: { keys: string[]; values: unknown[] }[] = [];
  const files = {
    size: async () => bytes.length,
    bytes: async (_: string, from = 0, to = bytes.length) => bytes.slice(from, to),
  };
  const steps = readParquetRecords(files, path, ({ keys, values, count }) => {
    const record = { keys: keys.slice(0, count), values: values.slice(0, count) };
    records.push(record);
    types.add({
      type: 'object',
      members: record.keys.map((key, n) => [key, parseTree(rawOf(record.values[n]))]),
    });
  });
  for await (const _ of steps);
  const columns: Map<string, ArrowColumn> = types.root.members ?? new Map();
  return {
    // A Parquet file has types; of times only those of strings are guessed, so text stays text.
    features: Object.fromEntries(
      [...columns].map(([key, column]) => [key, column.kind === 'string' ? 'string' : featureOf(column)]),
    ),
    rows: records.map(({ keys, values }) => Object.fromEntries(keys.map((key, n) => [key, plainOf(values[n])]))),
    badText: false,
  };
}

const rawOf = (value: unknown): string => (isObject(value) ? String(value.json) : JSON.stringify(value));
function plainOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  const raw = String(value.json);
  return /^-?\d+$/.test(raw) ? integerOf(raw) : JSON.parse(raw);
}
