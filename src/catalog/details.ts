// What file headers told, kept in columns that exist only once some file has a value for them; and which rows were not read yet.

import { writeCell } from './cells.ts';
import { BLOCK_ROWS, BLOCK_SHIFT } from './columns/block.ts';
import { BUILT_IN_COLUMNS } from './schema.ts';
import { addColumn, blockCount, type Column, isPresent, presentWords, type Table } from './table.ts';
import type { Field, SampleId, Scalar } from './types.ts';

/** What the header of one row's file told. */
export interface RowDetails {
  id: SampleId;
  /** The true format. */
  format: string;
  width?: number;
  height?: number;
  /** Dates are milliseconds since 1970. */
  details: readonly { field: Field; value: Scalar }[];
}

/**
 * Stores what headers told and remembers that these rows were read. A field that the dataset already has from a person's metadata keeps
 * those values. Returns the fields that changed; rows that are gone are passed over.
 */
export function setDetails(table: Table, rows: readonly RowDetails[]): string[] {
  const { detailed, format, width, height } = table.builtIn;
  const changed = new Set<string>();
  for (const row of rows) {
    const { id } = row;
    if (!isPresent(table, id)) continue;
    detailed.write(id, true);
    if (row.format !== 'unknown' && format.textAt(id) !== row.format) {
      format.writeText(id, row.format);
      changed.add('format');
    }
    for (const [name, column, value] of [
      ['width', width, row.width],
      ['height', height, row.height],
    ] as const) {
      if (value === undefined || column.at(id, -1) === value) continue;
      column.write(id, value);
      changed.add(name);
    }
    for (const { field, value } of row.details) {
      const column = columnFor(table, field);
      if (column === undefined) continue;
      writeCell(column, id, value);
      changed.add(field.name);
    }
  }
  return [...changed];
}

/** The file of a row is another now: what its old header told goes. */
export function forgetDetails(table: Table, id: SampleId): void {
  if (!table.builtIn.detailed.at(id)) return;
  table.builtIn.detailed.write(id, false);
  for (const [, { data }] of headerColumns(table)) data.clear(id);
}

/** After blocks of columns were lost: the rows of those that headers fill are read again. */
export function forgetLostDetails(table: Table, lost: readonly { column: string; block: number }[]): void {
  const filled = new Set(['format', 'width', 'height', ...headerColumns(table).map(([name]) => name)]);
  for (const { column, block } of lost) {
    if (!filled.has(column)) continue;
    const end = Math.min(table.rowCount, (block + 1) << BLOCK_SHIFT);
    for (let id = block * BLOCK_ROWS; id < end; id++) table.builtIn.detailed.write(id, false);
  }
}

/** Present rows above `after` whose header was not read yet, ascending, `limit` at most. */
export function rowsWithoutDetails(table: Table, after: number, limit: number): Uint32Array {
  const ids: number[] = [];
  const first = after + 1;
  for (let b = Math.max(0, first >>> BLOCK_SHIFT); b < blockCount(table); b++) {
    const present = presentWords(table, b);
    const done = table.builtIn.detailed.yes(b);
    for (let w = 0; w < present.length; w++) {
      let missing = (present[w] ?? 0) & ~(done[w] ?? 0);
      while (missing !== 0) {
        const low = missing & -missing;
        const id = (b << BLOCK_SHIFT) + (w << 5) + (31 - Math.clz32(low));
        if (id >= first) ids.push(id);
        if (ids.length === limit) return Uint32Array.from(ids);
        missing ^= low;
      }
    }
  }
  return Uint32Array.from(ids);
}

/** Columns that headers brought: not built in, and from the file. */
function headerColumns(table: Table): [string, Column][] {
  return [...table.columns].filter(
    ([name, { description }]) => description.origin === 'file' && !(name in BUILT_IN_COLUMNS),
  );
}

/** The column of a field, made when it is the first value; undefined when the name means something else in this dataset. */
function columnFor(table: Table, field: Field): Column | undefined {
  const known = table.columns.get(field.name);
  if (known === undefined) return addColumn(table, { ...field, origin: 'file' });
  const { origin, type } = known.description;
  return origin === 'file' && type === field.type ? known : undefined;
}
