// The rows of label.csv: which of the guide's forms they are in, and what each says.
import { VitrineError } from '../../shared/errors.ts';
import type { CsvRow } from '../text/csv.ts';

/** Numbers keep their spelling. */
export type Said =
  | { kind: 'listed' }
  | { kind: 'class'; name: string; value: boolean }
  | { kind: 'nothing' }
  | { kind: 'box'; name: string; numbers: readonly string[] }
  | { kind: 'mask'; name: string; width: string; height: string; mask: string };

/** What a row says with what is odd about it, or why it says nothing. */
export type Judged = { name: string; said: Said; notes: string[] } | { wrong: string; reason: string; name: string };

/** Form of a file: how many cells a row has, and which of them are dropped because they are empty everywhere. */
export interface RowForm {
  columns: number;
  /** Cells at the end that are empty in every row. */
  dropped: number;
  /** Whether the first row is a header. */
  header: boolean;
}

/** What the guide's version of 2021 writes for an image that was looked at and shows nothing. */
export const NOTHING = 'nothing to label';

const COLUMNS = [1, 2, 3, 5, 6];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The form that the first rows have. `isPicture`: a name is one of a picture, by match or by extension. Errors: `bad-input` for other numbers of columns. */
export function formOf(rows: readonly CsvRow[], file: string, isPicture: (name: string) => boolean): RowForm {
  const [first] = rows;
  if (first === undefined) return { columns: 0, dropped: 0, header: false };
  const cells = first.cells.map((cell) => cell.trim());
  const third = cells[2];
  const header = !isPicture(cells[0] ?? '') && (third === undefined || !NUMBER.test(third)) && third !== '';
  const body = header && rows.length > 1 ? rows.slice(1) : rows;
  const widths = body.map((row) => row.cells.length);
  const width = Math.max(...widths);
  const isTrailing =
    width !== 6 &&
    width > 1 &&
    body.every((row) => row.cells.length === width && (row.cells.at(-1) ?? '').trim() === '');
  const columns = width - (isTrailing ? 1 : 0);
  const wide = body.find((row) => row.cells.length > 1) ?? first;
  const form = { columns: isTrailing ? columns : wide.cells.length, dropped: isTrailing ? 1 : 0, header };
  if (!COLUMNS.includes(form.columns)) throw columnsError(file, wide, form.columns);
  return form;
}

/** The error for a row with another number of columns than the file's. */
export function columnsError(file: string, { line, cells }: CsvRow, columns: number): VitrineError {
  const text = COLUMNS.includes(columns)
    ? `has ${cells.length} columns where the file has ${columns}`
    : `has ${cells.length} columns`;
  return new VitrineError(
    'bad-input',
    `${file}, line ${line} ${text}. DeepQ's label.csv has 1, 2, 3, 5 or 6 columns, the same in every row.`,
    { file, line },
  );
}

/** White space at either end; letters, digits and quotes are told by one look. */
const isPadded = (cell: string): boolean =>
  cell !== '' && (isSpace(cell.charCodeAt(0)) || isSpace(cell.charCodeAt(cell.length - 1)));

const isSpace = (unit: number): boolean => unit <= 0x20 || (unit >= 0x80 && String.fromCharCode(unit).trim() === '');

/** What a row says. Errors: `bad-input` for another number of columns. */
export function judgeRow(row: CsvRow, form: RowForm, file: string): Judged {
  const { line } = row;
  const raw = form.dropped > 0 ? row.cells.slice(0, -form.dropped) : row.cells;
  const hasSpaces = raw.some(isPadded);
  const cells = hasSpaces ? raw.map((cell) => cell.trim()) : raw;
  const [name = '', className = '', ...rest] = cells;
  const notes: string[] = [];
  const wrong = (reason: string, text: string): Judged => ({ name, reason, wrong: text });
  if (cells.length !== form.columns && cells.length !== 1) throw columnsError(file, row, form.columns);
  if (hasSpaces) notes.push(`There were spaces around cells (line ${line}); they were dropped.`);
  if (name === '') return wrong('no-name', 'The row names no image.');
  if (cells.length === 1) return { name, said: { kind: 'listed' }, notes };
  if (className === '') return wrong('no-class', `The class of ${name} is empty.`);
  if (/^\d+$/.test(className) && !isQuoted(row, 1))
    notes.push(`The class ${className} on line ${line} is a number without quotes; it was read as text.`);
  switch (cells.length) {
    case 2:
      return { name, said: { kind: 'class', name: className, value: true }, notes };
    case 3: {
      const [value = ''] = rest;
      if (!/^[01](\.0*)?$/.test(value)) return wrong('value', `The value of ${name} is “${value}”; it can be 1 or 0.`);
      if (value.length > 1) notes.push(`The value on line ${line} is ${value}; it was read as ${value[0]}.`);
      return { name, said: { kind: 'class', name: className, value: value.startsWith('1') }, notes };
    }
    case 5: {
      const [width = '', height = '', mask = ''] = rest;
      if (!NUMBER.test(width) || !NUMBER.test(height))
        return wrong('number', `The size of the mask of ${name} is no number.`);
      if (mask === '') return wrong('mask', `The mask of ${name} is empty.`);
      return { name, said: { kind: 'mask', name: className, width, height, mask }, notes };
    }
    default: {
      if (className === NOTHING && rest.every((cell) => cell === '')) return { name, said: { kind: 'nothing' }, notes };
      const bad = rest.find((cell) => !NUMBER.test(cell));
      if (bad !== undefined) return wrong('number', `“${bad}” in the box of ${name} is no number.`);
      const [x = 0, y = 0, width = 0, height = 0] = rest.map(Number);
      if (x < 0 || y < 0 || width <= 0 || height <= 0)
        notes.push(`The box of ${name} on line ${line} is empty, or begins outside of the image.`);
      return { name, said: { kind: 'box', name: className, numbers: rest }, notes };
    }
  }
}

/** Whether a cell stood in quotes: then it is longer in the file than its text. The last cell of a row is quoted when any is and the others are not. */
function isQuoted({ cells, at }: CsvRow, index: number): boolean {
  if (at === undefined) return false;
  const quotes = (i: number): boolean => {
    const [line, column, nextLine, nextColumn] = [at[2 * i], at[2 * i + 1], at[2 * i + 2], at[2 * i + 3]];
    if (line === undefined || column === undefined || nextColumn === undefined) return false;
    return line !== nextLine || nextColumn - column - 1 !== (cells[i]?.length ?? 0);
  };
  if (index < cells.length - 1) return quotes(index);
  return !cells.some((_, i) => i < index && quotes(i));
}

/** The file is text, but not of this kind of file. */
export function notText(file: string): VitrineError {
  return new VitrineError(
    'unreadable',
    `${file} is no text: it holds zero bytes. Save it as CSV and import it again.`,
    {
      file,
    },
  );
}
