// Streams metadata files into rows, issues and a summary in which every record is accounted for.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { byCodePoint } from '../pictures.ts';
import type { DatasetFiles, FormatOptions, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { createColumns } from './columns.ts';
import { loadNotes } from './load-notes.ts';
import { imagefolderOptions } from './options.ts';
import { kindOf, placeOf } from './places.ts';
import { readCsvRecords } from './read-csv.ts';
import { type OnRecord, type ReadStep, readJsonLines, readJsonValues } from './read-jsonl.ts';
import { readParquetRecords } from './read-parquet.ts';
import { createRecordTaker } from './records.ts';

/** Rows of a batch, about; a block of lines is not cut. */
const BATCH = 4000;

/** Reads the chosen metadata files in order. Errors: `bad-input` when none is chosen, those of the files, `aborted`. */
export async function* readImagefolder(
  files: DatasetFiles,
  given: FormatOptions,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const options = imagefolderOptions(given);
  if (options.files.length === 0)
    throw new VitrineError('bad-input', 'No metadata file is chosen. Choose a metadata.jsonl, .csv or .parquet.');
  const columns = createColumns();
  const taker = createRecordTaker(files.pictures, options, columns);
  const sizes = await Promise.all(options.files.map((file) => files.size(file)));
  const total = Math.max(
    1,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let before = 0;
  let lost = 0;
  const described = new Set<string>();
  for (const [n, file] of options.files.entries()) {
    const place = placeOf(file, options.splits, options.files.length > 1);
    let rows: ImportRow[] = [];
    let issues: ImportIssue[] = [];
    const onRecord: OnRecord = (record) => taker.take(record, place, rows, issues);
    for await (const step of stepsOf(files, file, options.shape, onRecord, signal)) {
      throwIfAborted(signal);
      lost += step.lost;
      issues.push(...step.issues);
      for (const { path } of rows) described.add(path);
      const progress = (before + step.bytes) / total;
      for (let at = 0; at === 0 || at < rows.length; at += BATCH)
        yield { rows: rows.slice(at, at + BATCH), issues: at === 0 ? issues : [], progress };
      rows = [];
      issues = [];
    }
    before += sizes[n] ?? 0;
  }
  const { found, imported, classes, multiLabel } = taker.counts;
  const silent = files.pictures.size - described.size;
  return {
    found: found + lost,
    imported,
    leftOut: found - imported + lost,
    classes: [...classes].sort(byNumberOrCodePoint).map((name) => ({ name })),
    fields: columns.fields(),
    multiLabel,
    notes: [
      ...(silent > 0
        ? [`${silent.toLocaleString('en')} of ${files.pictures.size.toLocaleString('en')} pictures have no metadata.`]
        : []),
      ...loadNotes(files, options.files, { lost, columns }),
    ],
  };
}

function stepsOf(
  files: DatasetFiles,
  file: string,
  shape: 'lines' | 'values',
  onRecord: OnRecord,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadStep, void, undefined> {
  const kind = kindOf(file);
  const chunks = () => files.chunks(file, signal ? { signal } : {});
  if (kind === 'parquet') return readParquetRecords(files, file, onRecord, signal);
  if (kind === 'csv') return readCsvRecords(chunks, file, onRecord, signal);
  return shape === 'values' ? readJsonValues(chunks(), file, onRecord) : readJsonLines(chunks(), file, onRecord);
}

/** Classes that are numbers in the order of numbers, others by code point, as Hugging Face sorts names. */
function byNumberOrCodePoint(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  return a !== '' && b !== '' && !Number.isNaN(x - y) ? x - y : byCodePoint(a, b);
}
