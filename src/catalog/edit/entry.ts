// A journal entry: what an edit changes, with the values before and after, so that it can be done, undone and replayed.
import { writeCell } from '../cells.ts';
import type { ClassRecord } from '../classes.ts';
import { relabelRows } from '../layout.ts';
import { ensureColumn, type Table } from '../table.ts';
import type { Field } from '../types.ts';
import { type RowSet, unpackRows, type ValueList } from './rows-code.ts';

/** Class ids, a text, a number, yes or no; null: no value. */
export type EditValue = readonly number[] | string | number | boolean | null;

/** Built-in columns that a person changes. The marks of an import go with the next edit of the row: when it is
 * repeated, edited rows are left alone. What the files said stays: a row is touched again only when they say something else. */
export type EditedColumn =
  | 'label'
  | 'negatives'
  | 'split'
  | 'excluded'
  | 'reviewed'
  | 'labelEdited'
  | 'splitEdited'
  | 'labelImported'
  | 'splitImported'
  | 'importedLabel'
  | 'importedSplit';

/** A column of metadata, by the name of its field. */
export type MetadataColumn = `field:${string}`;

export const metadataColumn = (field: string): MetadataColumn => `field:${field}`;

/** New values of some columns for some rows. */
export interface RowChange {
  rows: RowSet;
  columns: { column: EditedColumn | MetadataColumn; before: ValueList<EditValue>; after: ValueList<EditValue> }[];
}

/** A class as it was and as it becomes. */
export interface ClassChange {
  id: number;
  before: ClassRecord;
  after: ClassRecord;
}

/** All that one edit changes. Plain data: structured-cloneable, and the same whatever else happened to the table. */
export interface JournalEntry {
  /** What happened, for people: '1,204 labelled shirt'. */
  text: string;
  /** Pictures that it changes. */
  rows: number;
  /** Rows and classes that must be durable before this entry is. */
  needs: { rows: number; classes: number };
  classes: ClassChange[];
  /** Fields of metadata that come with this edit; taking it back leaves them without values, and so out of sight. */
  fields?: Field[];
  changes: RowChange[];
}

const FIELD_OF: Partial<Record<string, readonly string[]>> = {
  label: ['label', 'labelled', 'disagrees'],
  split: ['split'],
  excluded: ['excluded'],
  reviewed: ['reviewed'],
};

/**
 * Applies or takes back an entry; applying twice is the same as once. Rows that lose their 'edited' mark get what the present layout
 * reads from their folder. Returns the names of the fields whose values changed.
 */
export function applyEntry(table: Table, entry: JournalEntry, direction: 'do' | 'undo'): string[] {
  const fields = new Set<string>();
  for (const { id, before, after } of entry.classes) {
    const record = direction === 'do' ? after : before;
    const folder = table.classes.records[id]?.folder ?? record.folder; // a folder may have claimed the class since
    table.classes.put(id, { ...record, folder });
    for (const field of ['label', 'labelled', 'predicted', 'disagrees']) fields.add(field);
  }
  for (const { id } of entry.classes) table.classes.unite(id);
  for (const field of entry.fields ?? []) ensureColumn(table, field);
  for (const { rows, columns } of entry.changes) {
    const ids = unpackRows(rows);
    for (const { column, before, after } of columns) {
      writeValues(table, column, ids, direction === 'do' ? after : before);
      for (const field of FIELD_OF[column] ?? fieldOfMetadata(column)) fields.add(field);
    }
    if (direction === 'undo' && columns.some(({ column }) => column === 'labelEdited' || column === 'splitEdited'))
      relabelRows(table, ids);
  }
  return [...fields];
}

const isMetadata = (column: EditedColumn | MetadataColumn): column is MetadataColumn => column.startsWith('field:');

const fieldOfMetadata = (column: EditedColumn | MetadataColumn): string[] =>
  isMetadata(column) ? [column.slice('field:'.length)] : [];

function writeValues(
  table: Table,
  name: EditedColumn | MetadataColumn,
  ids: Uint32Array,
  { values, codes }: ValueList<EditValue>,
): void {
  if (isMetadata(name)) {
    const column = table.columns.get(name.slice('field:'.length));
    if (column === undefined) return; // the field's name was taken by another type meanwhile
    for (let i = 0; i < ids.length; i++) {
      const value = values[codes === null ? 0 : (codes[i] ?? 0)] ?? null;
      if (!Array.isArray(value)) writeCell(column, ids[i] ?? 0, value as Exclude<typeof value, readonly number[]>);
    }
    return;
  }
  const column = table.builtIn[name];
  if (!('flag' in column)) {
    const raw = Int32Array.from(values, (value) => rawCode(column.domain, value));
    for (let i = 0; i < ids.length; i++) {
      const code = raw[codes === null ? 0 : (codes[i] ?? 0)] ?? -1;
      if (code < 0) column.clear(ids[i] ?? 0);
      else column.write(ids[i] ?? 0, code);
    }
    return;
  }
  for (let i = 0; i < ids.length; i++) column.write(ids[i] ?? 0, values[codes === null ? 0 : (codes[i] ?? 0)] === true);
}

function rawCode(domain: Table['builtIn']['label']['domain'], value: EditValue): number {
  if (domain.kind === 'strings') return typeof value === 'string' ? domain.strings.intern(value) : -1;
  if (domain.kind === 'class') return -1;
  return Array.isArray(value) && value.length > 0 ? domain.sets.intern(value) : -1;
}

/** Those of `ids` that are present. */
export function presentOf(table: Table, ids: Uint32Array): Uint32Array {
  const { removed } = table.builtIn;
  return removed.blocks.length === 0 ? ids : ids.filter((id) => !removed.at(id));
}
