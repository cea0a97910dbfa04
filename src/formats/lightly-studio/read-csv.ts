// Reads metadata out of a CSV with a column of file names, and LightlyStudio's export of classifications.
import { VitrineError } from '../../shared/errors.ts';
import { type CellType, convertCell, proposeType } from '../text/cells.ts';
import { type CsvBlock, type CsvIssue, type CsvRow, cellPlace, readCsv } from '../text/csv.ts';
import { readCsvHead } from '../text/csv-head.ts';
import type { FieldValue, ImportIssue } from '../types.ts';
import { CLASSIFICATION_COLUMNS } from './options.ts';
import type { Reading, Step } from './read.ts';

/** Metadata: the column of file names, and every other column as a key. Empty cells say nothing. */
export async function* readMetadataCsv(reading: Reading): AsyncGenerator<Step, void, undefined> {
  const { options, keys, match, counts } = reading;
  const types = await typesOf(reading, options.name_column);
  let first = true;
  for await (const block of blocksOf(reading, [options.name_column])) {
    const step: Step = { rows: [], issues: issuesOf(options.file, block, first), bytes: block.bytes };
    first = false;
    const { header } = block;
    const name = header?.cells.lastIndexOf(options.name_column) ?? -1;
    for (const row of block.rows) {
      counts.found++;
      const written = row.cells[name] ?? '';
      const place = { file: options.file, line: row.line };
      const found = match(written);
      if ('reason' in found) {
        counts.leftOut++;
        step.issues.push({ kind: 'left-out', ...place, column: cellPlace(row, name).column, path: written, ...found });
        continue;
      }
      const note = (index: number, reason: string, text: string): void => {
        step.issues.push({ kind: 'note', ...place, column: cellPlace(row, index).column, path: written, reason, text });
      };
      if (found.byPath)
        note(name, 'path', `“${written}” is a path; the script on LightlyStudio's page matches bare file names only.`);
      const fields: [string, FieldValue][] = [];
      for (const [index, key] of header?.cells.entries() ?? []) {
        if (index === name || header?.cells.lastIndexOf(key) !== index) continue;
        const cell = row.cells[index] ?? '';
        const type = types.get(key) ?? 'string';
        const value = cell === '' ? undefined : convertCell(cell, type);
        if (cell === '' && type !== 'string')
          note(index, 'empty-cell', `“${key}” is empty: the picture gets no value ('').`);
        if (cell !== '' && value === undefined)
          note(index, 'not-of-type', `“${key}” is ${cell}, which is no ${type}: the picture gets no value.`);
        if (value === undefined) continue;
        if (typeof value === 'number' && !Number.isFinite(value)) {
          note(
            index,
            'not-finite',
            `“${key}” is ${cell}, which is no number that could be filtered: the picture gets no value.`,
          );
          continue;
        }
        keys.add(key, type, value);
        fields.push([key, value]);
      }
      step.rows.push({
        path: found.path,
        ...place,
        ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
      });
      counts.imported++;
    }
    yield step;
  }
}

/** Classifications: one row for each label of a picture; confidence and source become fields. */
export async function* readClassifications(reading: Reading): AsyncGenerator<Step, void, undefined> {
  const { options, keys, match, counts, classes, pictures } = reading;
  const [pathColumn, classColumn, confidenceColumn, sourceColumn] = CLASSIFICATION_COLUMNS;
  let first = true;
  for await (const block of blocksOf(reading, [pathColumn, classColumn])) {
    const step: Step = { rows: [], issues: issuesOf(options.file, block, first), bytes: block.bytes };
    first = false;
    const columnOf = (name: string): number => block.header?.cells.lastIndexOf(name) ?? -1;
    for (const row of block.rows) {
      counts.found++;
      const cell = (name: string): string => row.cells[columnOf(name)] ?? '';
      const [written, label] = [cell(pathColumn), cell(classColumn)];
      const place = { file: options.file, line: row.line };
      const found = label === '' ? { reason: 'empty-label', text: 'The cell of the class is empty.' } : match(written);
      if ('reason' in found) {
        counts.leftOut++;
        step.issues.push({ kind: 'left-out', ...place, path: written, ...found });
        continue;
      }
      classes.add(label);
      pictures.set(found.path, (pictures.get(found.path) ?? 0) + 1);
      const fields: Record<string, FieldValue> = {};
      const confidence = convertCell(cell(confidenceColumn), 'float');
      if (typeof confidence === 'number' && Number.isFinite(confidence)) {
        keys.add('label_confidence', 'float', confidence);
        fields.label_confidence = confidence;
      } else if (cell(confidenceColumn) !== '')
        step.issues.push({
          kind: 'note',
          ...place,
          path: written,
          reason: 'not-a-number',
          text: `The confidence is ${cell(confidenceColumn)}, which is no number.`,
        });
      const source = cell(sourceColumn);
      if (source !== '') {
        keys.add(sourceColumn, 'string', source);
        fields[sourceColumn] = source;
      }
      step.rows.push({ path: found.path, labels: [label], fields, ...place });
      counts.imported++;
    }
    yield step;
  }
}

/** Blocks of the file under the delimiter that fits. Errors: `bad-input` when a column is missing. */
async function* blocksOf(
  { files, options: { file }, signal }: Reading,
  columns: readonly string[],
): AsyncGenerator<CsvBlock, void, undefined> {
  const { delimiter } = await readCsvHead(files, file, columns);
  let header: CsvRow | null = null;
  for await (const block of readCsv(files.chunks(file), { file, delimiter, ...(signal ? { signal } : {}) })) {
    header ??= block.header;
    const missing = columns.find((name) => header !== null && !header.cells.includes(name));
    if (missing !== undefined)
      throw new VitrineError(
        'bad-input',
        `${file}, line ${header?.line ?? 1}, has no column “${missing}”; it has ${(header?.cells ?? [])
          .slice(0, 12)
          .map((one) => `“${one}”`)
          .join(', ')}.`,
        { file, line: header?.line ?? 1 },
      );
    yield block;
  }
  if (!header)
    throw new VitrineError('bad-input', `${file} is empty: it has no header with the column names.`, { file });
}

/** Types of all columns over the whole file; a pass of its own. */
async function typesOf(reading: Reading, nameColumn: string): Promise<Map<string, CellType>> {
  const proposed: (CellType | null)[] = [];
  let names: readonly string[] = [];
  for await (const { header, rows } of blocksOf(reading, [nameColumn])) {
    names = header?.cells ?? names;
    for (const { cells } of rows)
      for (let i = 0; i < cells.length; i++) proposed[i] = proposeType(proposed[i] ?? null, cells[i] ?? '');
  }
  return new Map(names.map((name, i) => [name, reading.options.types.get(name) ?? proposed[i] ?? 'string']));
}

function issuesOf(
  file: string,
  { issues, header, mark, encoding, delimiter }: CsvBlock,
  first: boolean,
): ImportIssue[] {
  const note = (reason: string, text: string): ImportIssue => ({ kind: 'note', file, line: 1, reason, text });
  return [
    ...(first && (mark || encoding !== 'utf-8')
      ? [
          note(
            'byte-order-mark',
            `The file begins with a byte order mark; LightlyStudio's script then misses the column '${header?.cells[0] ?? ''}'.`,
          ),
        ]
      : []),
    ...(first && delimiter !== ','
      ? [note('delimiter', `The columns are divided by “${delimiter}”; LightlyStudio's script reads commas only.`)]
      : []),
    ...issues.map((issue) => tell(file, issue, header?.cells.length ?? 0)),
  ];
}

function tell(file: string, { kind, line, column, count, names }: CsvIssue, width: number): ImportIssue {
  const texts = {
    'too-many-fields': `The row has ${count} cells under ${width} columns; the last are not read. Put quotes around cells with commas.`,
    'too-few-fields': `The row has ${count} cells for ${width} columns; the others count as empty.`,
    'duplicate-header': `Several columns are named ${(names ?? []).join(', ')}; the last one counts. Rename one.`,
    nul: 'A cell holds a NUL character, which most programs cannot read.',
    'stray-quote': 'A quote stands inside a cell without quotes and is kept as text.',
  };
  return { kind: 'note', file, line, column, reason: kind, text: texts[kind] };
}
