// The lines of label.csv: one sample as rows of the guide's forms, and cells as RFC 4180 quotes them.
import type { ExportRow } from '../types.ts';
import { NOTHING } from './label-rows.ts';
import { type DeepqWriteOptions, severalLabels } from './write-options.ts';

/** One line without its end. Purely numeric class names are quoted, as the guide wants; so is what a reader could take for another delimiter. */
export function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell, i) =>
      /[",;\t\r\n]/.test(cell) || /^\s|\s$/.test(cell) || (i === 1 && /^\d+$/.test(cell)) ? quoted(cell) : cell,
    )
    .join(',');
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A sample that nothing was decided for has no row: training leaves it out. */
export const isDecided = ({ labels, negatives = [] }: ExportRow): boolean => labels.length > 0 || negatives.length > 0;

/**
 * Lines of one sample under `name`; none where nothing was decided. Errors: `bad-input` for several labels in rows that hold one.
 */
export function linesOf(
  row: ExportRow,
  name: string,
  classes: readonly string[],
  options: DeepqWriteOptions,
): string[] {
  switch (options.rows) {
    case 'one-hot': {
      if (!isDecided(row)) return [];
      const labels = new Set(row.labels);
      return classes.map((className) => lineOf([name, className, labels.has(className) ? '1' : '0']));
    }
    case 'single': {
      if (row.labels.length > 1) throw severalLabels(row.path, options);
      return row.labels.map((label) => lineOf([name, label]));
    }
    case 'boxes': {
      const boxes = listsOf(row, 'boxes');
      if (boxes?.length === 0) return [lineOf([name, NOTHING, '', '', '', ''])];
      return (boxes ?? []).map((box) => lineOf([name, ...box]));
    }
    case 'masks':
      return (listsOf(row, 'masks') ?? []).map((mask) => lineOf([name, ...mask]));
  }
}

/** The lists of a field as cells: texts, and numbers as they are spelled; null where the sample has none. */
export function listsOf(row: ExportRow, field: string): string[][] | null {
  const value = row.fields?.[field];
  const text = typeof value === 'object' && value !== null ? value.json : typeof value === 'string' ? value : null;
  if (text === null) return null;
  const lists: unknown = JSON.parse(spellNumbers(text));
  if (!Array.isArray(lists)) return null;
  return lists.filter(Array.isArray).map((list) => list.map(String));
}

/** JSON with its numbers as texts, so that 3.50 stays 3.50. */
function spellNumbers(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
