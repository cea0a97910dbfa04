// Judges the CSV reader by the files of the CSV corpus and the readings in its index.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CsvBlock, readCsv } from '../../src/formats/text/csv.ts';
import { VitrineError } from '../../src/shared/errors.ts';
import { failed, type Outcome, passed } from './types.ts';

/** A line of index.jsonl, as far as it is judged; the corpus' README explains it. */
interface Entry {
  file: string;
  encoding: string;
  bom: boolean;
  delimiter: string;
  header: boolean;
  columns?: string[] | null;
  n_rows: number;
  rows_sha256: string;
  rows?: string[][];
  lines?: number[];
  issues: { line: number; kind: string; fields?: number; names?: string[] }[];
  error: { line: number; kind: string; byte?: number } | null;
}

export async function* runCorpus(folder: string): AsyncGenerator<{ name: string; outcome: Outcome }> {
  const lines = readFileSync(join(folder, 'index.jsonl'), 'utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const entry: Entry = JSON.parse(line);
    yield { name: entry.file, outcome: await judge(entry, new Uint8Array(readFileSync(join(folder, entry.file)))) };
  }
}

async function judge(entry: Entry, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome> {
  // Whole, and in pieces that cut line ends, quotes and characters.
  for (const size of [bytes.length, 7, 1].filter((step) => bytes.length / step < 100_000)) {
    const read = await readAll(entry, bytes, Math.max(size, 1));
    const wanted = expected(entry);
    if (JSON.stringify(read) !== JSON.stringify(wanted))
      return failed(`in pieces of ${size} it read ${cut(read)} instead of ${cut(wanted)}`);
  }
  return passed;
}

const cut = (value: unknown): string => JSON.stringify(value).slice(0, 400);

function expected({ error, issues, rows, lines, rows_sha256, columns, encoding, bom, n_rows }: Entry) {
  return {
    encoding,
    bom,
    error,
    columns: columns ?? null,
    n_rows,
    rows_sha256,
    rows: rows ?? null,
    lines: lines ?? null,
    issues: issues.map((issue) => JSON.stringify(issue)).sort(),
  };
}

async function readAll(
  entry: Entry,
  bytes: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<ReturnType<typeof expected>> {
  const blocks: CsvBlock[] = [];
  let error: Entry['error'] = null;
  try {
    const { delimiter, header } = entry;
    for await (const block of readCsv(pieces(bytes, size), { file: entry.file, delimiter, header })) blocks.push(block);
  } catch (caught) {
    if (!(caught instanceof VitrineError)) throw caught;
    error = errorOf(caught);
  }
  // Bytes that are no text: nothing of the file counts.
  const kept = error?.kind === 'encoding' ? [] : blocks;
  const rows = kept.flatMap((block) => block.rows.map(({ cells }) => cells));
  const last = kept.at(-1);
  return {
    encoding: (last ?? blocks.at(-1))?.encoding ?? entry.encoding,
    bom: (last ?? blocks.at(-1))?.mark ?? entry.bom,
    error,
    columns: last?.header?.cells ?? null,
    n_rows: rows.length,
    rows_sha256: createHash('sha256').update(JSON.stringify(rows)).digest('hex'),
    rows: entry.rows ? rows : null,
    lines: entry.lines ? kept.flatMap((block) => block.rows.map(({ line }) => line)) : null,
    issues: kept.flatMap((block) => block.issues.flatMap(issueTexts)).sort(),
  };
}

function issueTexts({ kind, line, count, names }: CsvBlock['issues'][number]): string[] {
  const word = kind.replaceAll('-', '_');
  if (kind === 'stray-quote' || kind === 'nul') return Array(count).fill(JSON.stringify({ line, kind: word }));
  if (names) return [JSON.stringify({ line, kind: word, names })];
  return [JSON.stringify({ line, kind: word, fields: count })];
}

function errorOf({ line = 0, cause, code }: VitrineError): Entry['error'] {
  if (cause instanceof Object && 'byte' in cause) return { line, kind: 'encoding', byte: Number(cause.byte) };
  if (cause instanceof Object && 'kind' in cause) return { line, kind: String(cause.kind).replaceAll('-', '_') };
  return { line, kind: code };
}

async function* pieces(bytes: Uint8Array<ArrayBuffer>, size: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}
