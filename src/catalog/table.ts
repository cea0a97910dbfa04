// A dataset in memory: its columns, classes, layout and default order. Everything else in this folder is a function over it.
import { VitrineError } from '../shared/errors.ts';
import { ClassTable } from './classes.ts';
import { BitsColumn } from './columns/bits.ts';
import { BLOCK_MASK, BLOCK_ROWS, BLOCK_WORDS, EMPTY, FULL, type Words } from './columns/block.ts';
import { CodedColumn } from './columns/coded.ts';
import { SetDictionary, StringDictionary } from './columns/dictionary.ts';
import { IntegerColumn } from './columns/integer.ts';
import { RealColumn } from './columns/real.ts';
import { TextColumn } from './columns/text.ts';
import { DefaultOrder } from './order.ts';
import { BUILT_IN_COLUMNS, type ColumnDescription, DERIVED_FIELDS, type Storage } from './schema.ts';
import type { Field, FieldType, Layout, SampleId } from './types.ts';

export type ColumnData = CodedColumn | IntegerColumn | RealColumn | BitsColumn | TextColumn;

/** A column: what it is, and its values. */
export interface Column {
  description: ColumnDescription;
  data: ColumnData;
}

type DataOf<S extends Storage> = S extends 'category' | 'class' | 'class-set' | 'string-set'
  ? CodedColumn
  : S extends 'integer'
    ? IntegerColumn
    : S extends 'float32' | 'float64'
      ? RealColumn
      : S extends 'flag' | 'boolean'
        ? BitsColumn
        : TextColumn;

/** The built-in columns by name with their exact types. */
type BuiltIn = {
  readonly [Name in keyof typeof BUILT_IN_COLUMNS]: DataOf<(typeof BUILT_IN_COLUMNS)[Name]['storage']>;
};

/** Rows for which one condition holds: 512 words a block, each with the stamp of what it was evaluated from. */
interface ConditionRows {
  words: Words;
  stamps: number[];
  /** What codes meant. */
  meaning: string;
}

/** One open dataset. */
export interface Table {
  /** Rows ever made, tombstones included; ids are 0 … rowCount - 1. */
  rowCount: number;
  /** Every column by name, built-in or from metadata. */
  readonly columns: Map<string, Column>;
  readonly builtIn: BuiltIn;
  readonly classes: ClassTable;
  readonly order: DefaultOrder;
  layout: Layout | null;
  /** Things computed from columns, with the stamp of what they were computed from. */
  readonly memo: Map<string, { stamp: string; value: unknown }>;
  /** Rows for which a condition holds, by condition. */
  readonly conditions: Map<string, ConditionRows>;
  /** All rows, tombstones included, sorted by one field, by field and direction; the one used longest ago is first. */
  readonly sorted: Map<string, { stamp: string; ids: Uint32Array }>;
  /** What the newest checkpoint holds: rows, classes, version of the order, and the version of each block by `column/block`. */
  saved: { rows: number; classes: number; order: number; blocks: Map<string, number> };
}

/** An empty dataset. */
export function createTable(): Table {
  const classes = new ClassTable();
  const columns = new Map<string, Column>();
  const built: Record<string, ColumnData> = {};
  for (const description of Object.values(BUILT_IN_COLUMNS)) {
    const data = createData(description.storage, classes);
    columns.set(description.name, { description, data });
    built[description.name] = data;
  }
  const builtIn = built as BuiltIn; // made from the same list just above
  const { directory, name } = builtIn;
  const paths = directory.domain.kind === 'strings' ? directory.domain.strings.values : [];
  const order = new DefaultOrder(directory, paths, name);
  const saved = { rows: 0, classes: 0, order: 0, blocks: new Map<string, number>() };
  return {
    rowCount: 0,
    columns,
    builtIn,
    classes,
    order,
    layout: null,
    memo: new Map(),
    conditions: new Map(),
    sorted: new Map(),
    saved,
  };
}

function createData(storage: Storage, classes: ClassTable): ColumnData {
  switch (storage) {
    case 'integer':
      return new IntegerColumn();
    case 'float32':
      return new RealColumn(Float32Array);
    case 'float64':
      return new RealColumn(Float64Array);
    case 'flag':
      return new BitsColumn(true);
    case 'boolean':
      return new BitsColumn(false);
    case 'category':
      return new CodedColumn({ kind: 'strings', strings: new StringDictionary() });
    case 'class':
      return new CodedColumn({ kind: 'class', classes });
    case 'class-set':
      return new CodedColumn({ kind: 'class-set', sets: new SetDictionary(), classes });
    case 'string-set':
      return new CodedColumn({ kind: 'string-set', sets: new SetDictionary(), strings: new StringDictionary() });
    case 'text':
    case 'json':
      return new TextColumn();
  }
}

const STORAGE_OF: Record<FieldType, Storage> = {
  integer: 'integer',
  number: 'float64',
  boolean: 'boolean',
  category: 'category',
  text: 'text',
  classes: 'string-set',
  date: 'integer',
  json: 'json',
};

/** Adds a column of metadata. Errors: `bad-input` when the dataset has a field of that name. */
export function addColumn(table: Table, field: Field): Column {
  if (table.columns.has(field.name) || field.name in DERIVED_FIELDS)
    throw new VitrineError('bad-input', `This dataset already has a field “${field.name}”. Choose another name.`);
  const description = { ...field, storage: STORAGE_OF[field.type] };
  const column: Column = { description, data: createData(description.storage, table.classes) };
  table.columns.set(field.name, column);
  return column;
}

/**
 * The metadata column of a field, made where it is missing. One of another type without any value (an import that was taken back) gives
 * way. Errors: `bad-input` when the name means something else in this dataset.
 */
export function ensureColumn(table: Table, field: Field): Column {
  const known = table.columns.get(field.name);
  if (known?.description.origin === 'metadata') {
    if (known.description.type === field.type) return known;
    if (!hasValues(table, known)) {
      table.columns.delete(field.name);
      for (const key of table.saved.blocks.keys()) if (key.startsWith(`${field.name}/`)) table.saved.blocks.delete(key); // else a new block of the same version would not be written
      table.memo.clear();
      table.conditions.clear();
      table.sorted.clear();
    }
  }
  return addColumn(table, field);
}

/** True when any row has a value in a column. */
export function hasValues(table: Table, { description, data }: Column): boolean {
  return memoized(table, `any/${description.name}`, [data], () => {
    for (let b = 0; b < blockCount(table); b++) {
      if (data.blocks[b] === undefined) continue;
      if (
        data instanceof RealColumn
          ? data.blocks[b]?.some((value) => !Number.isNaN(value))
          : data.presence(b).some(Boolean)
      )
        return true;
    }
    return false;
  });
}

/** Bytes that the rows take in memory: columns and the default order. */
export function tableBytes(table: Table): number {
  let bytes = table.order.all().byteLength;
  for (const { data } of table.columns.values()) bytes += data.bytes();
  return bytes;
}

/** True when the row exists and its file is (still) there. */
export function isPresent(table: Table, id: SampleId): boolean {
  return id >= 0 && id < table.rowCount && !table.builtIn.removed.at(id);
}

/** Number of blocks that the rows fill. */
export const blockCount = (table: Table): number => Math.ceil(table.rowCount / BLOCK_ROWS);

/** Rows of a block that are present, one bit a row. To be read, not written. */
export function presentWords(table: Table, b: number): Words {
  const removed = table.builtIn.removed.yes(b);
  const rows = Math.min(BLOCK_ROWS, table.rowCount - b * BLOCK_ROWS);
  if (rows === BLOCK_ROWS && removed === EMPTY) return FULL;
  const words = new Uint32Array(BLOCK_WORDS);
  for (let w = 0; w << 5 < rows; w++) {
    const inside = rows - (w << 5) >= 32 ? 0xffffffff : (1 << (rows & 31)) - 1;
    words[w] = inside & ~(removed[w] ?? 0);
  }
  return words;
}

/** A word of one bit for a row inside its block. */
export const bitOf = (words: Words, row: number): number => ((words[(row & BLOCK_MASK) >>> 5] ?? 0) >>> (row & 31)) & 1;

/** Sum of the versions of one block in several columns: grows when any of them changes. */
export function blockStamp(columns: readonly ColumnData[], b: number): number {
  let stamp = 0;
  for (const column of columns) stamp += column.versions[b] ?? 0;
  return stamp;
}

/** A text that differs when any value of the columns, the meaning of a code, or the set of present rows differs. */
export function stampOf(table: Table, columns: readonly ColumnData[]): string {
  const all = [...columns, table.builtIn.removed];
  let sum = 0;
  for (let b = blockCount(table) - 1; b >= 0; b--) sum += blockStamp(all, b);
  const meanings = columns.map((column) => (column instanceof CodedColumn ? column.meaning : ''));
  return `${table.rowCount}:${sum}:${meanings.join()}`;
}

/** The value computed from columns, computed again only when they changed. */
export function memoized<T>(table: Table, name: string, columns: readonly ColumnData[], compute: () => T): T {
  const stamp = stampOf(table, columns);
  const known = table.memo.get(name);
  if (known?.stamp === stamp) return known.value as T; // one name is always computed by one function
  const value = compute();
  table.memo.set(name, { stamp, value });
  return value;
}
