// Split and label from folders: read once per folder, given to its rows unless a person has edited them.
import type { CodedColumn } from './columns/coded.ts';
import type { Table } from './table.ts';
import type { Layout } from './types.ts';

/** What a folder gives its rows: codes of the split and label columns, -1: none. */
interface FolderReading {
  split: number;
  label: number;
}

/**
 * Reads all folders by `layout` (null: folders tell nothing) and gives split and label to every row whose label or split is not edited.
 * Rows that come later are read the same way. Classes that only the former layout gave are no longer listed.
 */
export function applyLayout(table: Table, layout: Layout | null): void {
  const { directory, split, label, splitEdited, labelEdited } = table.builtIn;
  table.layout = layout;
  table.classes.folders.clear();
  table.classes.version++;
  const readings = new Map<number, FolderReading>();
  for (let row = 0; row < table.rowCount; row++) {
    const code = directory.at(row, -1);
    let reading = readings.get(code);
    if (reading === undefined) {
      reading = readFolder(table, code);
      readings.set(code, reading);
    }
    if (!splitEdited.at(row)) giveCode(split, row, reading.split);
    if (!labelEdited.at(row)) giveCode(label, row, reading.label);
  }
}

/** Gives new rows [from, to) of one folder what the layout reads from it. */
export function labelNewRows(table: Table, directoryCode: number, from: number, to: number): void {
  if (table.layout === null) return;
  const { split, label } = table.builtIn;
  const reading = readFolder(table, directoryCode);
  for (let row = from; row < to; row++) {
    if (reading.split >= 0) split.write(row, reading.split);
    if (reading.label >= 0) label.write(row, reading.label);
  }
}

/** Reads label and split of rows from their folders again, as far as they are not edited. */
export function relabelRows(table: Table, rows: Uint32Array): void {
  if (table.layout === null) return;
  const { directory, split, label, splitEdited, labelEdited } = table.builtIn;
  const readings = new Map<number, FolderReading>();
  for (const row of rows) {
    const code = directory.at(row, -1);
    const reading = readings.get(code) ?? readFolder(table, code);
    readings.set(code, reading);
    if (!splitEdited.at(row)) giveCode(split, row, reading.split);
    if (!labelEdited.at(row)) giveCode(label, row, reading.label);
  }
}

function giveCode(column: CodedColumn, row: number, code: number): void {
  if (column.at(row, -1) === code) return;
  if (code < 0) column.clear(row);
  else column.write(row, code);
}

function readFolder(table: Table, directoryCode: number): FolderReading {
  const { directory, split, label } = table.builtIn;
  const { layout, classes } = table;
  const path = directory.label(directoryCode);
  const parts = path === '' ? [] : path.split('/');
  const splitFolder = layout?.splitLevel == null ? undefined : parts[layout.splitLevel];
  const classFolder = layout?.classLevel == null ? undefined : parts[layout.classLevel];
  const name = layout?.splits.find(([folder]) => folder === splitFolder)?.[1];
  const reading = { split: -1, label: -1 };
  if (name !== undefined && split.domain.kind === 'strings') reading.split = split.domain.strings.intern(name);
  if (classFolder !== undefined && label.domain.kind === 'class-set') {
    classes.folders.add(classFolder);
    reading.label = label.domain.sets.intern([classes.ofFolder(classFolder)]);
  }
  return reading;
}
