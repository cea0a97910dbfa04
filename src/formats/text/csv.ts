// Reads a CSV file as a stream of blocks of rows under a header, with what is odd about them and where.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import {
  type CsvFault,
  type CsvIssue,
  type CsvRecords,
  type CsvRow,
  countLineEnds,
  createCsvRecords,
} from './csv-records.ts';
import { decodeText, type Encoding } from './encoding.ts';

export type { CsvIssue, CsvRow } from './csv-records.ts';
export { cellPlace } from './csv-records.ts';

/** Rows of a file, in its order. */
export interface CsvBlock {
  /** The first record; null while (or when) there is none, and always with `header: false`. */
  header: CsvRow | null;
  rows: CsvRow[];
  /** In the order of rows; those of the header come with the first block. */
  issues: CsvIssue[];
  delimiter: string;
  encoding: Encoding;
  /** A byte order mark was removed. */
  mark: boolean;
  /** Bytes of the file that were read up to here. */
  bytes: number;
  /** With `raw`, in the last block: what stands behind the last record. */
  rest?: string;
}

/** A record must be held as a whole; no table has such cells. */
const MAX_RECORD = 64 << 20;

/** So much of the first record tells the delimiter. */
const FIRST_LINE = 1 << 16;

/** Delimiters that are tried, the usual one first. */
export const CSV_DELIMITERS: readonly string[] = [',', ';', '\t', '|'];

/**
 * Streams the records of a CSV: RFC 4180, any line ends, also mixed; UTF-8, or UTF-16 with its byte order mark. Lines with nothing at all are
 * passed over; all other records are given, however many cells they have (`too-many-fields`, `too-few-fields` against the header).
 *
 * `delimiter`: when absent, that of `CSV_DELIMITERS` that stands most often in the first record. `header: false`: there is none. `raw`: rows keep
 * their text, so that those of all rows and the `rest` together are the text of the file.
 *
 * Errors: `unreadable` with the line for bytes that are no text, `bad-input` with the line of the opening quote where one is never closed, or of
 * text behind a closing quote, `too-large` for a record over 64 million characters, `aborted`. Blocks before the error are given first.
 */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  {
    file,
    delimiter: wanted,
    header: hasHeader = true,
    maxRecord = MAX_RECORD,
    raw = false,
    signal,
  }: { file: string; delimiter?: string; header?: boolean; maxRecord?: number; raw?: boolean; signal?: AbortSignal },
): AsyncGenerator<CsvBlock, void, undefined> {
  let delimiter = wanted;
  let held = ''; // until the delimiter can be told
  let records: CsvRecords | undefined;
  let header: CsvRow | null = null;
  let state: { encoding: Encoding; mark: boolean; bytes: number } = { encoding: 'utf-8', mark: false, bytes: 0 };
  const block = (piece: string, last: boolean): { block: CsvBlock; fault?: CsvFault } | null => {
    const text = held + piece;
    held = '';
    if (!last && !records && delimiter === undefined && !hasFirstLine(text)) {
      held = text;
      return null;
    }
    delimiter ??= guessDelimiter(text);
    records ??= createCsvRecords(delimiter, maxRecord, raw);
    const { rows, issues, fault } = records.push(text, last);
    if (hasHeader && !header) {
      header = rows.shift() ?? null;
      if (header) issues.push(...duplicates(header));
    }
    if (header) checkWidths(rows, header, issues);
    return { block: { header, rows, issues, delimiter, ...state }, ...(fault ? { fault } : {}) };
  };
  for await (const piece of decodeText(chunks)) {
    throwIfAborted(signal);
    if ('invalid' in piece) throw badBytes(file, piece, records?.line() ?? 1 + countLineEnds(held));
    const { text, ...rest } = piece;
    state = rest;
    const next = block(text, false);
    if (!next) continue;
    if (next.block.rows.length > 0 || next.block.issues.length > 0) yield next.block;
    if (next.fault) throw faultError(file, next.fault);
  }
  const end = block('', true);
  if (end) yield raw ? { ...end.block, rest: records?.rest() ?? '' } : end.block;
  if (end?.fault) throw faultError(file, end.fault);
}

/** The delimiter that stands most often outside quotes in the first line that is not empty; a comma when none does. */
export function guessDelimiter(text: string): string {
  const counts = new Map(CSV_DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let any = false;
  for (const character of text.slice(0, FIRST_LINE)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      if (any) break;
      continue;
    } else if (!quoted) {
      const count = counts.get(character);
      if (count !== undefined) counts.set(character, count + 1);
    }
    any = true;
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

const hasFirstLine = (text: string): boolean => text.length >= FIRST_LINE || /[^\r\n][\r\n]/.test(text);

function checkWidths(rows: readonly CsvRow[], header: CsvRow, issues: CsvIssue[]): void {
  const width = header.cells.length;
  for (const { cells, line } of rows) {
    if (cells.length === width) continue;
    const kind = cells.length > width ? 'too-many-fields' : 'too-few-fields';
    issues.push({ kind, line, column: 1, count: cells.length });
  }
}

function duplicates(header: CsvRow): CsvIssue[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of header.cells) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  if (twice.size === 0) return [];
  return [{ kind: 'duplicate-header', line: header.line, column: 1, count: twice.size, names: [...twice] }];
}

function badBytes(file: string, at: { invalid: number; encoding: Encoding }, line: number): VitrineError {
  const name = at.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  return new VitrineError(
    'unreadable',
    `${file}, line ${line}: byte ${at.invalid.toLocaleString('en')} is not ${name}. Save the file as UTF-8 and import it again.`,
    { file, line, cause: { byte: at.invalid } },
  );
}

function faultError(file: string, { kind, line, column }: CsvFault): VitrineError {
  const place = { file, line, column, cause: { kind } };
  switch (kind) {
    case 'unterminated-quote':
      return new VitrineError(
        'bad-input',
        `${file}: the quote that opens on line ${line}, column ${column}, is never closed. Close it, or write "" for a quote that is text.`,
        place,
      );
    case 'text-after-quote':
      return new VitrineError(
        'bad-input',
        `${file}, line ${line}, column ${column}: text follows a closing quote. Put a comma there, or write "" for a quote that is text.`,
        place,
      );
    case 'too-long':
      return new VitrineError(
        'too-large',
        `${file}: the record that begins on line ${line} is longer than 64 million characters. Is a closing quote or the line end missing?`,
        place,
      );
  }
}
