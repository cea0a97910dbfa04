// An edit that gives each row its own label, split and metadata at once: what an import commits, and what scripts set.
import { readCell } from '../cells.ts';
import { hasValues, type Table } from '../table.ts';
import type { Field, Scalar } from '../types.ts';
import {
  type ClassChange,
  type EditedColumn,
  type EditValue,
  type JournalEntry,
  metadataColumn,
  type RowChange,
} from './entry.ts';
import { always, change, classIds, entryOf } from './parts.ts';
import { packValues, type ValueList } from './rows-code.ts';

/** One value a row: `values[codes[i]]`; a negative code says nothing of the row, which keeps what it has. */
export interface GivenValues<T> {
  values: readonly T[];
  codes: Int32Array;
}

/** Values for rows, in the order of `rows`. */
export interface RowValues {
  /** What happened, for people. */
  text: string;
  /** Ascending ids of present rows. */
  rows: Uint32Array;
  /** Class names that are to exist, in this order; those of labels that are not among them follow. */
  classes: readonly string[];
  /** Class names; []: unlabelled. */
  labels?: GivenValues<readonly string[]>;
  negatives?: GivenValues<readonly string[]>;
  splits?: GivenValues<string | null>;
  /** Fields of metadata with their values; JSON as its raw text. A known field must have the same type. */
  fields: readonly { field: Field; given: GivenValues<Scalar | null> }[];
  /** What imported files said of the rows, taken or not: an import may be repeated as long as nobody edits the row. Absent: no import. */
  imported?: { labels: GivenValues<string>; splits: GivenValues<string> };
}

/** Labels as imported files gave them, as one text: whether a later reading says something else is told by it. */
export const statementOf = (names: readonly string[]): string => JSON.stringify(names);

/** The entry that gives rows their values. Rows about which nothing is said keep what they have. Errors: `bad-input` (a class name). */
export function planValues(
  table: Table,
  { text, rows, classes, labels, negatives, splits, fields, imported }: RowValues,
): JournalEntry {
  const made: ClassChange[] = [];
  if (classes.length > 0) classIds(table, classes, made);
  const columns: RowChange['columns'] = [];
  // a class is made only for a label that some row gets
  const setsOf = ({ values, codes }: GivenValues<readonly string[]>): EditValue[] => {
    const used = new Set(codes);
    return values.map((names, code) => {
      const ids = used.has(code) ? classIds(table, names, made) : [];
      return ids.length === 0 ? null : ids.sort((a, b) => a - b);
    });
  };
  const add = (column: EditedColumn, given: GivenValues<EditValue>): void => {
    const { before } = change(table, column, rows, always(null));
    columns.push({ column, before, after: merged(before, given) });
  };
  const marks = (
    said: Int32Array,
    edited: 'labelEdited' | 'splitEdited',
    mark: 'labelImported' | 'splitImported',
  ): void => {
    const codes = said.map((code) => (code < 0 ? -1 : 0));
    add(edited, { values: [true], codes });
    add(mark, { values: [imported !== undefined], codes });
  };

  if (labels) {
    add('label', { values: setsOf(labels), codes: labels.codes });
    marks(labels.codes, 'labelEdited', 'labelImported');
  }
  if (negatives) add('negatives', { values: setsOf(negatives), codes: negatives.codes });
  if (splits) {
    add('split', splits);
    marks(splits.codes, 'splitEdited', 'splitImported');
  }
  if (imported) {
    add('importedLabel', imported.labels);
    add('importedSplit', imported.splits);
  }
  for (const { field, given } of fields) {
    const before = presentCells(table, field.name, rows);
    columns.push({ column: metadataColumn(field.name), before, after: merged(before, given) });
  }
  const entry = entryOf(table, text, rows, made, columns);
  const fresh = fields
    .filter(({ field }) => table.columns.get(field.name)?.description.type !== field.type)
    .map(({ field }) => field);
  return fresh.length === 0 ? entry : { ...entry, fields: fresh };
}

/** `given` where it says something, else what was there. */
function merged(before: ValueList<EditValue>, given: GivenValues<EditValue>): ValueList<EditValue> {
  const { codes, values } = given;
  const keys = codes.map((code, i) => (code >= 0 ? code : -1 - (before.codes?.[i] ?? 0)));
  return packValues(keys, (key) => (key >= 0 ? (values[key] ?? null) : (before.values[-1 - key] ?? null)));
}

/** Values of a metadata column as they are; none where there is no such column yet. */
function presentCells(table: Table, name: string, rows: Uint32Array): ValueList<EditValue> {
  const column = table.columns.get(name);
  if (column === undefined || !hasValues(table, column)) return always(null);
  const codeOf = new Map<Scalar | null, number>();
  const values: (Scalar | null)[] = [];
  const codes = Int32Array.from(rows, (id) => {
    const value = readCell(column, id);
    let code = codeOf.get(value);
    if (code === undefined) {
      code = values.push(value) - 1;
      codeOf.set(value, code);
    }
    return code;
  });
  return packValues(codes, (code) => values[code] ?? null);
}
