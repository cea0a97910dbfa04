// A table as blocks of bytes and one small record, and back; blocks that did not change are not written again.
import { VitrineError } from '../shared/errors.ts';
import type { ClassRecord } from './classes.ts';
import { BLOCK_ROWS, BLOCK_SHIFT } from './columns/block.ts';
import { CodedColumn } from './columns/coded.ts';
import { IntegerColumn } from './columns/integer.ts';
import { BUILT_IN_COLUMNS } from './schema.ts';
import { addColumn, blockCount, type Column, createTable, type Table } from './table.ts';
import type { Field, Layout } from './types.ts';

/** Name under which the default order is stored, as a column of row ids by position. */
const ORDER = '#order';
const META_VERSION = 1;

/** A block to be written; `version` is what the table holds now. */
export interface BlockKey {
  column: string;
  block: number;
  version: number;
}

/** What the blocks alone do not tell. */
export interface TableMeta {
  version: number;
  rowCount: number;
  /** Columns of metadata; the built-in ones are known. */
  columns: Field[];
  /** Texts by code, and sets by code, of each coded column. */
  dictionaries: { column: string; strings: string[]; sets: number[][] }[];
  classes: ClassRecord[];
  classFolders: string[];
  layout: Layout | null;
  /** Names of all blocks: one that is not found again is lost. */
  blocks: [column: string, count: number[]][];
  /** Version of the default order when it was stored, null when it was not settled. */
  order: number | null;
}

/** Blocks that changed since the newest checkpoint. The default order is among them once every folder is complete. */
export function dirtyBlocks(table: Table): BlockKey[] {
  const keys: BlockKey[] = [];
  const add = (column: string, block: number, version: number): void => {
    if (table.saved.blocks.get(`${column}/${block}`) !== version) keys.push({ column, block, version });
  };
  for (const [name, { data }] of table.columns)
    data.blocks.forEach((block, b) => {
      if (block !== undefined) add(name, b, data.versions[b] ?? 0);
    });
  if (table.order.settled && table.saved.order !== table.order.version)
    for (let b = 0; b << BLOCK_SHIFT < table.order.all().length; b++)
      keys.push({ column: ORDER, block: b, version: table.order.version });
  return keys;
}

/** The bytes of a block as it is now (a copy). See columns/block.ts for their layout. Errors: `bad-input` for a block that is not there. */
export function encodeBlock(table: Table, { column, block }: BlockKey): Uint8Array<ArrayBuffer> {
  const rows = Math.min(BLOCK_ROWS, table.rowCount - (block << BLOCK_SHIFT));
  const data = column === ORDER ? orderColumn(table, block) : table.columns.get(column)?.data;
  const bytes = data?.encode(block, rows);
  if (bytes) return bytes;
  throw new VitrineError('bad-input', `There is no block ${block} of “${column}”.`);
}

/** One block of the default order as a column; positions without a row (of damaged folders) have none. */
function orderColumn(table: Table, b: number): IntegerColumn {
  const column = new IntegerColumn();
  const order = table.order.all();
  const end = Math.min(order.length, (b + 1) << BLOCK_SHIFT);
  for (let i = b << BLOCK_SHIFT; i < end; i++) column.write(i, order[i] ?? 0);
  return column;
}

/** The record that goes with the blocks. Blocks and record must be encoded at one instant: without awaiting anything in between. */
export function encodeMeta(table: Table): TableMeta {
  const all = [...table.columns];
  return {
    version: META_VERSION,
    rowCount: table.rowCount,
    columns: all.flatMap(([name, { description }]) => {
      const { storage: _, ...field } = description;
      return name in BUILT_IN_COLUMNS ? [] : [field];
    }),
    dictionaries: all.flatMap(([column, { data }]) => {
      if (!(data instanceof CodedColumn) || data.domain.kind === 'class') return [];
      const strings = 'strings' in data.domain ? [...data.domain.strings.values] : [];
      const sets = 'sets' in data.domain ? data.domain.sets.sets.map((set) => [...set]) : [];
      return [{ column, strings, sets }];
    }),
    classes: table.classes.records.map((record) => ({ ...record })),
    classFolders: [...table.classes.folders],
    layout: table.layout,
    blocks: all.map(([name, { data }]) => [name, data.blocks.flatMap((block, b) => (block === undefined ? [] : [b]))]),
    order: table.order.settled ? table.order.version : null,
  };
}

/** Remembers that these blocks and this record are durable. */
export function markSaved(table: Table, keys: readonly BlockKey[], meta: TableMeta): void {
  for (const { column, block, version } of keys)
    if (column !== ORDER) table.saved.blocks.set(`${column}/${block}`, version);
  table.saved.rows = meta.rowCount;
  table.saved.classes = meta.classes.length;
  table.saved.order = meta.order ?? -1;
}

/** What the newest checkpoint holds: a journal entry must need no more than this. */
export function saved(table: Table): { rows: number; classes: number } {
  return { rows: table.saved.rows, classes: table.saved.classes };
}

/** A stored block. */
export interface StoredBlock {
  column: string;
  block: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Rebuilds a table. The bytes become its memory: hand them over. `lost` names blocks that are missing or cannot be read; their rows have
 * no value there, and rows without a name or folder are removed, so that a rescan adds their files again. Errors: `newer-version`,
 * `storage-damaged` when the record itself is not whole.
 */
export function restoreTable(
  meta: unknown,
  blocks: Iterable<StoredBlock>,
): { table: Table; lost: { column: string; block: number }[] } {
  const record = checkMeta(meta);
  const table = createTable();
  table.rowCount = record.rowCount;
  record.classes.forEach((entry, id) => {
    table.classes.put(id, entry);
  });
  table.classes.folders = new Set(record.classFolders);
  table.layout = record.layout;
  for (const field of record.columns) addColumn(table, field);
  for (const { column, strings, sets } of record.dictionaries) fillDictionary(table.columns.get(column), strings, sets);

  const order = new IntegerColumn();
  const expected = new Set(record.blocks.flatMap(([column, indexes]) => indexes.map((b) => `${column}/${b}`)));
  for (const { column, block, bytes } of blocks) {
    const data = column === ORDER ? order : table.columns.get(column)?.data;
    if (data === undefined || block >= blockCount(table)) continue;
    if (column !== ORDER && !expected.has(`${column}/${block}`)) continue; // of a column that another took the place of
    try {
      data.decode(block, bytes);
    } catch (error) {
      if (error instanceof VitrineError && error.code === 'newer-version') throw error;
      continue; // stays in `expected`: lost
    }
    expected.delete(`${column}/${block}`);
    if (column !== ORDER) table.saved.blocks.set(`${column}/${block}`, data.versions[block] ?? 0);
  }
  const lost = [...expected].map((key) => {
    const cut = key.lastIndexOf('/');
    return { column: key.slice(0, cut), block: Number(key.slice(cut + 1)) };
  });
  for (const { column, block } of lost) if (column === 'name' || column === 'directory') removeBlock(table, block);
  table.order.restore(table.rowCount, record.order === null || lost.length > 0 ? null : orderOf(table, order));
  table.saved.rows = table.rowCount;
  table.saved.classes = table.classes.records.length;
  table.saved.order = record.order === null || lost.length > 0 ? -1 : table.order.version;
  return { table, lost };
}

function checkMeta(meta: unknown): TableMeta {
  const record = meta as Partial<TableMeta> | null | undefined; // looked at field by field below; the store's checksum covers the rest
  if (typeof record?.version === 'number' && record.version > META_VERSION)
    throw new VitrineError(
      'newer-version',
      'This dataset was written by a newer Vitrine. Reload the page to get the newer version.',
    );
  const { version, rowCount, columns = [], dictionaries = [], classes = [], classFolders = [], blocks } = record ?? {};
  if (version === undefined || rowCount === undefined || !Array.isArray(blocks))
    throw new VitrineError('storage-damaged', 'The record of this dataset is damaged. Open the folder again.');
  const { layout = null, order = null } = record ?? {};
  return { version, rowCount, columns, dictionaries, classes, classFolders, blocks, layout, order };
}

function fillDictionary(column: Column | undefined, strings: readonly string[], sets: readonly number[][]): void {
  if (!(column?.data instanceof CodedColumn)) return;
  const { domain } = column.data;
  if ('strings' in domain) for (const text of strings) domain.strings.intern(text);
  if ('sets' in domain) for (const set of sets) domain.sets.intern(set);
}

/** Rows that cannot be named any more are gone; a rescan finds their files as new ones. */
function removeBlock(table: Table, b: number): void {
  const end = Math.min(table.rowCount, (b + 1) << BLOCK_SHIFT);
  for (let row = b << BLOCK_SHIFT; row < end; row++) {
    table.builtIn.removed.write(row, true);
    table.builtIn.directory.clear(row);
  }
}

function orderOf(table: Table, column: IntegerColumn): Uint32Array<ArrayBuffer> | null {
  const ids = new Uint32Array(table.rowCount);
  for (let b = 0; b < blockCount(table); b++) {
    const block = column.blocks[b];
    if (block === undefined) return null;
    const start = b << BLOCK_SHIFT;
    const { values, base } = block;
    const length = Math.min(BLOCK_ROWS, table.rowCount - start);
    for (let i = 0; i < length; i++) ids[start + i] = base + (values[i] ?? 0);
  }
  return ids;
}
