// Vitrine's own reading of a case's files: every record accounted for, every value as it stands in the file.
import { imagefolder } from '../../../src/formats/imagefolder/index.ts';
import type { FieldValue, ImportIssue, ImportRow, ImportSummary } from '../../../src/formats/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { datasetFiles } from './dataset-files.ts';

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

interface Reading {
  rows: ImportRow[];
  issues: ImportIssue[];
  summary: ImportSummary;
}

/** What is lost or changed when Vitrine reads the metadata files as it proposes to, or null. */
export async function losses(files: Files): Promise<string | null> {
  const seen = datasetFiles(files);
  for (const { options, title } of await imagefolder.detect(seen)) {
    let reading: Reading;
    try {
      reading = await readAll(files, options);
    } catch (error) {
      // A file that cannot be used as a whole must say so with its name.
      if (error instanceof VitrineError && error.message.includes(error.file ?? 'metadata')) continue;
      return `${title}: ${String(error)}`;
    }
    const why = unaccounted(reading, options.shape === 'values') ?? changedValue(reading, files);
    if (why !== null) return `${title}: ${why}`;
  }
  return null;
}

async function readAll(files: Files, options: Readonly<Record<string, unknown>>): Promise<Reading> {
  const rows: ImportRow[] = [];
  const issues: ImportIssue[] = [];
  const reader = imagefolder.read(datasetFiles(files), options);
  for (;;) {
    const step = await reader.next();
    if (step.done) return { rows, issues, summary: step.value };
    rows.push(...step.value.rows);
    issues.push(...step.value.issues);
  }
}

function unaccounted({ rows, issues, summary }: Reading, severalOnALine: boolean): string | null {
  const { found, imported, leftOut } = summary;
  if (found !== imported + leftOut) return `${found} found, but ${imported} imported and ${leftOut} left out`;
  const told = issues.filter(({ kind }) => kind === 'left-out').length;
  if (told !== leftOut) return `${leftOut} left out, but ${told} told`;
  const places = new Set(rows.map(({ file, line }) => `${file}:${line}`));
  if (severalOnALine && rows.length >= imported) return null;
  return places.size === imported ? null : `${imported} imported, but rows of ${places.size} records`;
}

/** Values of JSON lines as JSON.parse has them, integers beyond 2^53 and nested ones as their raw text; cells as they stand. */
function changedValue({ rows }: Reading, files: Files): string | null {
  const texts = new Map<string, string[]>();
  for (const { file, line = 0, fields = {} } of rows) {
    if (file.endsWith('.parquet')) continue;
    const lines = texts.get(file) ?? new TextDecoder().decode(files.get(file)).split('\n');
    texts.set(file, lines);
    const raw = lines[line - 1] ?? '';
    for (const [key, value] of Object.entries(fields))
      if (!stands(value, key, raw, file)) return `${file}, line ${line}: ${key} became ${JSON.stringify(value)}`;
  }
  return null;
}

function stands(value: FieldValue, key: string, line: string, file: string): boolean {
  if (value !== null && typeof value === 'object') return line.includes(value.json);
  if (file.endsWith('.csv')) {
    // A cell may go over several lines; its first one is enough.
    const shown = String(value).split('\n')[0]?.replaceAll('"', '""') ?? '';
    return line.toLowerCase().includes(shown.toLowerCase()) || line.split(',').some((cell) => Number(cell) === value);
  }
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(line);
  } catch {
    return true; // Objects over several lines and literals that JSON.parse does not know.
  }
  return Object.is(parsed[key], value);
}
