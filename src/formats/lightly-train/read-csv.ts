// Reads a split that is a CSV, row by row in LightlyTrain's order of checks, with a reason for each row that it would skip.
import { VitrineError } from '../../shared/errors.ts';
import { type CellType, convertCell, proposeType } from '../text/cells.ts';
import { type CsvIssue, type CsvRow, cellPlace, readCsv } from '../text/csv.ts';
import { readCsvHead } from '../text/csv-head.ts';
import type { FieldValue, ImportIssue } from '../types.ts';
import { isListed } from './extensions.ts';
import { stripPython } from './labels.ts';
import type { Reading, SplitStep } from './read.ts';
import { createResolver, isAbsolute } from './resolve.ts';

/** Python's csv module stops at longer cells. */
const PYTHON_CELL = 131_072;

/** Where the columns stand. `extra`: the others, which LightlyTrain ignores and Vitrine keeps as fields. */
interface Columns {
  image: number;
  label: number;
  extra: { index: number; name: string }[];
}

/** Rows of a CSV. Errors: `bad-input` when a column is missing, and those of the CSV reader. */
export async function* readCsvSplit(
  reading: Reading,
  file: string,
  split: string,
): AsyncGenerator<SplitStep, void, undefined> {
  const { files, options, counts, signal } = reading;
  const { delimiter } = await readCsvHead(files, file, [options.csv_image_column, options.csv_label_column]);
  const csv = { file, delimiter, ...(signal ? { signal } : {}) };
  const size = Math.max(await files.size(file), 1);
  const resolve = createResolver(files.pictures, file);
  let columns: Columns | undefined;
  let kinds: readonly (CellType | null)[] = [];
  for await (const block of readCsv(files.chunks(file), csv)) {
    const step: SplitStep = { rows: [], issues: [], share: Math.min(block.bytes / size, 1) };
    if (!columns && block.header) {
      columns = findColumns(reading, file, block.header, delimiter);
      kinds = await kindsOf(reading, file, delimiter, columns);
      step.issues.push(...oddities(file, block.header, block, columns));
    }
    for (const issue of block.issues) step.issues.push(tell(file, issue, block.header?.cells.length ?? 0));
    for (const row of columns ? block.rows : []) {
      counts.found++;
      if (row.cells.some((cell) => cell.length > PYTHON_CELL)) step.issues.push(longCell(file, row.line));
      const issue = readRow(reading, row, { file, split, columns: columns ?? NONE, kinds, resolve }, step);
      if (issue) {
        counts.leftOut++;
        step.issues.push({ kind: 'left-out', file, line: row.line, ...issue });
      } else counts.imported++;
    }
    yield step;
  }
  if (!columns)
    throw new VitrineError('bad-input', `${file} is empty: it has no header with the column names.`, { file });
}

const NONE: Columns = { image: -1, label: -1, extra: [] };

interface RowContext {
  file: string;
  split: string;
  columns: Columns;
  kinds: readonly (CellType | null)[];
  resolve: ReturnType<typeof createResolver>;
}

type LeftOut = Pick<ImportIssue, 'reason' | 'text' | 'path' | 'column'>;

/** Adds the row to the step; or says why it is left out. The order of the checks is LightlyTrain's. */
function readRow(
  reading: Reading,
  row: CsvRow,
  { file, split, columns, kinds, resolve }: RowContext,
  { rows, issues }: SplitStep,
): LeftOut | null {
  const { options, labels } = reading;
  const written = stripPython(row.cells[columns.image] ?? '');
  const cell = stripPython(row.cells[columns.label] ?? '');
  const at = (index: number): { column: number } => ({ column: cellPlace(row, Math.max(index, 0)).column });
  if (written === '') return { reason: 'empty-path', text: 'The cell of the picture is empty.', ...at(columns.image) };
  const path = { path: written };
  if (cell === '')
    return { reason: 'empty-label', text: 'The cell of the label is empty.', ...path, ...at(columns.label) };
  if (!isListed(written))
    return {
      reason: 'extension',
      text: 'LightlyTrain does not read files with this extension.',
      ...path,
      ...at(columns.image),
    };
  const found = resolve(written);
  if ('missing' in found) return { ...missing(written, found.also), ...path, ...at(columns.image) };
  const parsed = labels.read(cell);
  const note = (reason: string, text: string): void => {
    issues.push({ kind: 'note', file, line: row.line, path: written, reason, text, ...at(columns.label) });
  };
  if (parsed.labels.length === 0 && (parsed.ignored.length > 0 || options.ignore_classes.length > 0)) {
    const text =
      parsed.ignored.length > 0 ? `Its class “${parsed.ignored[0]}” is to be ignored.` : 'Its label is empty.';
    return { reason: 'ignored-class', text, ...path, ...at(columns.label) };
  }
  if (parsed.labels.length > 1 && options.classification_task === 'multiclass')
    return {
      reason: 'several-labels',
      text: `${written} has several labels (${parsed.labels.join(', ')}), but the task is multiclass. Choose multilabel.`,
      ...path,
      ...at(columns.label),
    };
  if (parsed.labels.length === 0)
    note('empty-label', 'The label holds separators only: the picture has none of the classes.');
  for (const name of parsed.unknown)
    note('unknown-class', `“${name}” is not in the class map. It is kept; LightlyTrain stops here.`);
  for (const text of parsed.notIds)
    note(
      'not-an-id',
      `“${text}” is no whole number, but the labels are to be ids. It is kept; LightlyTrain stops here.`,
    );
  for (const name of parsed.ignored) note('ignored-class', `“${name}” is to be ignored.`);
  if (found.how === 'backslashes')
    note('backslashes', 'The path is written with \\, which LightlyTrain reads on Windows only.');
  if (found.how === 'elsewhere')
    note('elsewhere', `Read as ${found.path}: nothing lies where the path leads from ${file}.`);
  if (isAbsolute(written)) reading.notes.add('Absolute paths were matched by their last parts.');
  if (parsed.labels.length > 1) reading.severalLabels = true;
  const fields = fieldsOf(reading, row, columns, kinds);
  rows.push({ path: found.path, split, labels: parsed.labels, file, line: row.line, ...(fields ? { fields } : {}) });
  return null;
}

function missing(path: string, also: readonly string[]): LeftOut {
  if (also.length === 0) return { reason: 'missing-file', text: `There is no picture ${path}.` };
  const shown = also.slice(0, 3).join(', ');
  return { reason: 'ambiguous-path', text: `${also.length} pictures fit ${path} equally well: ${shown}.` };
}

function fieldsOf(
  { keys }: Reading,
  row: CsvRow,
  { extra }: Columns,
  kinds: readonly (CellType | null)[],
): Record<string, FieldValue> | undefined {
  if (extra.length === 0) return undefined;
  const fields: [string, FieldValue][] = [];
  for (const { index, name } of extra) {
    const cell = row.cells[index] ?? '';
    if (cell === '') continue;
    const type = kinds[index] ?? 'string';
    const value = convertCell(cell, type) ?? cell;
    keys.add(name, type, value);
    fields.push([name, value]);
  }
  return Object.fromEntries(fields);
}

/** Errors: `bad-input` naming the column that is missing and those that are there. */
function findColumns({ options }: Reading, file: string, header: CsvRow, delimiter: string): Columns {
  const { cells } = header;
  // Of two columns with one name the last counts, as in Python's DictReader.
  const find = (name: string): number => {
    const index = cells.lastIndexOf(name);
    if (index >= 0) return index;
    const alike = cells.find((cell) => cell.trim().toLowerCase() === name.trim().toLowerCase());
    const hint =
      alike === undefined
        ? 'Choose the column in the options'
        : `“${alike}” is written otherwise: choose it in the options`;
    const listed = cells.slice(0, 12).map((cell) => `“${cell}”`);
    throw new VitrineError(
      'bad-input',
      `${file}, line ${header.line}, has no column “${name}”; it has ${listed.join(', ')}${delimiter === ',' ? '' : ` between “${delimiter}”`}. ${hint}.`,
      { file, line: header.line },
    );
  };
  const [image, label] = [find(options.csv_image_column), find(options.csv_label_column)];
  const extra = [...new Set(cells)]
    .filter((name) => name !== '' && name !== options.csv_image_column && name !== options.csv_label_column)
    .map((name) => ({ index: cells.lastIndexOf(name), name }));
  return { image, label, extra };
}

/** What the cells of the extra columns are, over the whole file; a pass of its own, only where there are some. */
async function kindsOf(
  { files, signal }: Reading,
  file: string,
  delimiter: string,
  { extra }: Columns,
): Promise<(CellType | null)[]> {
  const kinds: (CellType | null)[] = [];
  if (extra.length === 0) return kinds;
  for await (const { rows } of readCsv(files.chunks(file), { file, delimiter, ...(signal ? { signal } : {}) }))
    for (const { cells } of rows)
      for (const { index } of extra) kinds[index] = proposeType(kinds[index] ?? null, cells[index] ?? '');
  return kinds;
}

/** What LightlyTrain would stumble over in the file as a whole, although Vitrine reads it. */
function oddities(
  file: string,
  header: CsvRow,
  { mark, encoding, delimiter }: { mark: boolean; encoding: string; delimiter: string },
  { image, label }: Columns,
): ImportIssue[] {
  const note = (reason: string, text: string): ImportIssue => ({ kind: 'note', file, line: 1, reason, text });
  const issues: ImportIssue[] = [];
  if (encoding !== 'utf-8')
    issues.push(note('utf-16', 'The file is UTF-16; LightlyTrain reads UTF-8 only. Save it as UTF-8.'));
  else if (mark) {
    const first = image === 0 || label === 0;
    const then = first ? `, so that LightlyTrain misses the column “${header.cells[0]}”` : '';
    issues.push(
      note('byte-order-mark', `The file begins with a byte order mark${then}. Save it as UTF-8 without one.`),
    );
  }
  if (delimiter !== ',')
    issues.push(
      note(
        'delimiter',
        `The columns are divided by “${delimiter}”; LightlyTrain reads commas only and misses the column “${header.cells[image]}”.`,
      ),
    );
  if (header.line > 1)
    issues.push(
      note(
        'blank-first-line',
        `The first line is blank; LightlyTrain takes it for the header and misses the column “${header.cells[image]}”.`,
      ),
    );
  return issues;
}

function tell(file: string, { kind, line, column, count, names }: CsvIssue, width: number): ImportIssue {
  const note = (text: string): ImportIssue => ({ kind: 'note', file, line, column, reason: kind, text });
  switch (kind) {
    case 'too-many-fields':
      return note(
        `The row has ${count} cells under ${width} columns; the last are not read. Put quotes around cells with commas, also around several labels.`,
      );
    case 'too-few-fields':
      return note(`The row has ${count} cells for ${width} columns; the others count as empty.`);
    case 'duplicate-header':
      return note(
        `Two columns are named ${(names ?? []).map((name) => `“${name}”`).join(', ')}; the last one counts. Rename one.`,
      );
    case 'nul':
      return note('A cell holds a NUL character, which most programs cannot read.');
    case 'stray-quote':
      return note('A quote stands inside a cell without quotes and is kept as text.');
  }
}

const longCell = (file: string, line: number): ImportIssue => ({
  kind: 'note',
  file,
  line,
  reason: 'long-cell',
  text: `A cell is longer than ${PYTHON_CELL} characters, the field limit at which LightlyTrain stops.`,
});
