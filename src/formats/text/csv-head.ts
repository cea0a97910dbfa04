// Looks at the beginning of a CSV: its header, delimiter and first rows, for detection and for the choices of columns.
import type { DatasetFiles } from '../types.ts';
import { CSV_DELIMITERS, type CsvRow, readCsv } from './csv.ts';

/** Enough for a header and some rows. */
const HEAD_BYTES = 64 << 10;

/** The beginning of a file. */
export interface CsvHead {
  /** Null where the file is empty or its beginning cannot be read. */
  header: readonly string[] | null;
  rows: readonly CsvRow[];
  delimiter: string;
}

/**
 * The header and the first rows of a file. The delimiter is the one under which most of `columns` stand in the header; where none does, the
 * most frequent one. Faults of the text are no errors here: what was read before them is given. Errors: those of `files`.
 */
export async function readCsvHead(
  files: Pick<DatasetFiles, 'bytes'>,
  file: string,
  columns: readonly string[] = [],
): Promise<CsvHead> {
  const bytes = await files.bytes(file, 0, HEAD_BYTES);
  let best = await headOf(bytes, file, undefined);
  const fit = ({ header }: CsvHead): number => columns.filter((name) => header?.includes(name)).length;
  for (const delimiter of CSV_DELIMITERS) {
    if (fit(best) === columns.length) break;
    const other = await headOf(bytes, file, delimiter);
    if (fit(other) > fit(best)) best = other;
  }
  return best;
}

async function headOf(bytes: Uint8Array<ArrayBuffer>, file: string, delimiter: string | undefined): Promise<CsvHead> {
  const rows: CsvRow[] = [];
  let header: readonly string[] | null = null;
  let used = delimiter ?? ',';
  try {
    for await (const block of readCsv(chunk(bytes), { file, ...(delimiter === undefined ? {} : { delimiter }) })) {
      used = block.delimiter;
      header = block.header?.cells ?? header;
      rows.push(...block.rows);
    }
  } catch {
    // The cut may go through a character or a quoted cell, and real faults are told when the whole file is read.
  }
  if (bytes.length === HEAD_BYTES) rows.pop(); // it may be cut
  return { header, rows, delimiter: used };
}

async function* chunk(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}
