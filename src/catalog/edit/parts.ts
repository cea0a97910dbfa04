// Parts that every edit is built from: rows that are there, values before and after, classes to make.
import { VitrineError } from '../../shared/errors.ts';
import { type ClassRecord, checkClassName } from '../classes.ts';
import type { CodedColumn } from '../columns/coded.ts';
import type { Table } from '../table.ts';
import type { ClassId } from '../types.ts';
import {
  type ClassChange,
  type EditedColumn,
  type EditValue,
  type JournalEntry,
  presentOf,
  type RowChange,
} from './entry.ts';
import { checkRows, packRows, packValues, type ValueList } from './rows-code.ts';

/** Those of a command’s rows that are present, ascending. Errors: `not-found`, `no-data`, `bad-input`. */
export function rowsFor(table: Table, rows: Uint32Array): Uint32Array {
  const kept = presentOf(table, checkRows(rows, table.rowCount));
  if (kept.length > 0) return kept;
  throw new VitrineError('not-found', 'The selected pictures are no longer in the folder.');
}

/** An entry of one row change. */
export function entryOf(
  table: Table,
  text: string,
  ids: Uint32Array,
  classes: ClassChange[],
  columns: RowChange['columns'],
): JournalEntry {
  // Marks that are set already and sets that stay empty need no place in the journal. Labels and splits always do: another reading of the
  // folders may give these rows another value between undo and redo.
  const changed = columns.filter(
    ({ column, before, after }) => column === 'label' || column === 'split' || !isConstant(before, after),
  );
  return {
    text,
    rows: ids.length,
    needs: { rows: (ids[ids.length - 1] ?? -1) + 1, classes: table.classes.records.length },
    classes,
    changes: changed.length === 0 ? [] : [{ rows: packRows(ids), columns: changed }],
  };
}

function isConstant(before: ValueList<EditValue>, after: ValueList<EditValue>): boolean {
  const [old, next] = [before.values[0], after.values[0]];
  return before.values.length === 1 && after.values.length === 1 && old === next;
}

/** Values of a column as they are. */
function present(table: Table, name: EditedColumn, ids: Uint32Array): ValueList<EditValue> {
  const column = table.builtIn[name];
  if ('flag' in column) return packValues(column.gather(ids), (code) => code === 1);
  const { domain } = column;
  return packValues(column.gather(ids, -1), (code): EditValue => {
    if (code < 0) return null;
    return domain.kind === 'class-set' ? (domain.sets.sets[code] ?? []) : column.label(code);
  });
}

/** The same value for every row. */
export const always = (value: EditValue): ValueList<EditValue> => ({ values: [value], codes: null });
/** A column that changes: its values as they are, and as they become. */
export const change = (table: Table, column: EditedColumn, ids: Uint32Array, after: ValueList<EditValue>) => ({
  column,
  before: present(table, column, ids),
  after,
});

/** What a set column becomes when `next` is done to the members of each row. */
export function changedSets(
  column: CodedColumn,
  ids: Uint32Array,
  next: (members: readonly number[]) => readonly number[],
): ValueList<EditValue> {
  const members = column.members();
  return packValues(column.gather(ids, -1), (code): EditValue => {
    const set = next(code < 0 ? [] : (members[code] ?? []));
    return set.length === 0 ? null : [...new Set(set)].sort((a, b) => a - b);
  });
}

/** Ids of class names; names that are new become classes of the entry. */
export function classIds(table: Table, names: readonly string[], made: ClassChange[]): ClassId[] {
  return [...new Set(names)].map((name) => {
    const id = table.classes.named(name);
    if (id >= 0) return id;
    const earlier = made.find(({ after }) => after.name === name);
    if (earlier) return earlier.id;
    checkClassName(name);
    made.push(newClass(table.classes.records.length + made.length, name));
    return table.classes.records.length + made.length - 1;
  });
}

/** A class that an entry makes. */
export function newClass(id: ClassId, name: string): ClassChange {
  const after: ClassRecord = { name, folder: null, kept: true, state: 'active' };
  return { id, before: { ...after, state: 'removed' }, after };
}
