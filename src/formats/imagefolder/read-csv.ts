// Reads records out of metadata.csv: columns are typed over the whole file first, then rows become values.
import { type CsvIssue, readCsv } from '../text/csv.ts';
import type { FieldValue, ImportIssue } from '../types.ts';
import type { OnRecord, ReadStep } from './read-jsonl.ts';

/** What all cells of a column are; empty cells say nothing. */
export type CellKind = 'empty' | 'integer' | 'number' | 'boolean' | 'text';

const INTEGER = /^-?(0|[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const BOOLEAN = /^(true|false|True|False|TRUE|FALSE)$/;

/** The kind of a column that had `kind` so far and holds `cell`. '007', 'NA' and dates stay text, unlike in pandas. */
export function joinKind(kind: CellKind, cell: string): CellKind {
  if (cell === '' || kind === 'text') return kind;
  const own: CellKind =
    INTEGER.test(cell) && Number.isSafeInteger(Number(cell))
      ? 'integer'
      : NUMBER.test(cell) && !INTEGER.test(cell)
        ? 'number'
        : BOOLEAN.test(cell)
          ? 'boolean'
          : 'text';
  if (kind === 'empty' || kind === own) return own;
  const numbers = (kind === 'integer' || kind === 'number') && (own === 'integer' || own === 'number');
  return numbers ? 'number' : 'text';
}

/** Records of a CSV with a header. `chunks` starts a fresh pass over the file. Errors: those of the CSV reader, with line and column. */
export async function* readCsvRecords(
  chunks: () => AsyncIterable<Uint8Array<ArrayBuffer>>,
  file: string,
  onRecord: OnRecord,
  signal?: AbortSignal,
): AsyncGenerator<ReadStep, void, undefined> {
  const reading = { file, ...(signal ? { signal } : {}) };
  const kinds: CellKind[] = [];
  for await (const { header, rows } of readCsv(chunks(), reading)) {
    for (const { cells } of rows)
      for (let i = 0; i < cells.length; i++) kinds[i] = joinKind(kinds[i] ?? 'empty', cells[i] ?? '');
    if (header) while (kinds.length < header.cells.length) kinds.push('empty');
  }
  const keys: string[] = [];
  const values: FieldValue[] = [];
  let first = true;
  for await (const { header, rows, issues, mark, encoding, bytes, delimiter } of readCsv(chunks(), reading)) {
    const step: ReadStep = { issues: [], lost: 0, bytes };
    if (first) {
      if (mark || encoding !== 'utf-8') step.issues.push(note(file, 'byte-order-mark', markText(encoding)));
      if (delimiter !== ',')
        step.issues.push(
          note(file, 'delimiter', `The columns are divided by “${delimiter}”; Hugging Face reads commas only.`),
        );
      first = false;
    }
    const tooLong = new Set<number>();
    for (const issue of issues) {
      if (issue.kind === 'too-many-fields') tooLong.add(issue.line);
      step.issues.push(tell(issue, file, header?.cells.length ?? 0));
    }
    for (const { cells, line } of rows) {
      if (header === null || tooLong.has(line)) {
        step.lost++;
        continue;
      }
      let count = 0;
      for (let i = 0; i < header.cells.length; i++) {
        const cell = cells[i] ?? '';
        if (cell === '') continue;
        keys[count] = header.cells[i] ?? '';
        values[count++] = cellValue(cell, kinds[i] ?? 'text');
      }
      onRecord({ line, count, keys, values });
    }
    yield step;
  }
}

/** The value of a cell in a column of this kind. */
export function cellValue(cell: string, kind: CellKind): FieldValue {
  if (kind === 'integer' || kind === 'number') return Number(cell);
  return kind === 'boolean' ? cell.toLowerCase() === 'true' : cell;
}

const markText = (encoding: string): string =>
  encoding === 'utf-8'
    ? 'The file begins with a byte order mark, which is left out.'
    : `The file is ${encoding.toUpperCase()}; it is read, but Hugging Face refuses it. Save it as UTF-8.`;

const note = (file: string, reason: string, text: string): ImportIssue => ({
  kind: 'note',
  file,
  line: 1,
  reason,
  text,
});

function tell({ kind, line, column, count, names }: CsvIssue, file: string, width: number): ImportIssue {
  const place = { file, line, column, reason: kind };
  switch (kind) {
    case 'too-many-fields':
      return {
        kind: 'left-out',
        ...place,
        text: `The row has ${count} cells under ${width} columns, so it is left out. Put quotes around cells with commas.`,
      };
    case 'too-few-fields':
      return { kind: 'note', ...place, text: `The row has ${count} cells for ${width} columns; the others are empty.` };
    case 'duplicate-header':
      return {
        kind: 'note',
        ...place,
        text: `Two columns are named ${(names ?? []).map((name) => `“${name}”`).join(', ')}; the last one counts. Rename one.`,
      };
    case 'nul':
      return { kind: 'note', ...place, text: 'A cell holds a NUL character, which most programs cannot read.' };
    case 'stray-quote':
      return { kind: 'note', ...place, text: 'A quote stands inside a cell without quotes and is kept as text.' };
  }
}
