// Streams one label.csv: decoded, cut into rows, each judged, with the oddities of the whole file told once.
import { VitrineError } from '../../shared/errors.ts';
import { type CsvRow, readCsv } from '../text/csv.ts';
import type { DatasetFiles } from '../types.ts';
import { formOf, type Judged, judgeRow, notText, type RowForm } from './label-rows.ts';
import { type DeepqOptions, labelOf } from './options.ts';

/** A row of the file and what became of it. */
export interface JudgedRow {
  row: CsvRow;
  judged: Judged;
}

/** A part of the file: rows in order, and sentences about the file, which come once. */
export interface LabelBlock {
  rows: JudgedRow[];
  notes: string[];
  columns: number;
  bytes: number;
}

const DELIMITERS: Record<string, string> = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

/**
 * Errors, which refuse the file: `unreadable` for bytes that are no text or not UTF-8, `bad-input` with the line for columns that are not the
 * guide's or quotes that never close, `aborted`.
 */
export async function* readLabelFile(
  files: DatasetFiles,
  file: string,
  { codePage }: Pick<DeepqOptions, 'codePage'>,
  isPicture: (name: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<LabelBlock> {
  const chunks = files.chunks(file, signal ? { signal } : {});
  const text = codePage ? transcoded(chunks, labelOf(codePage)) : chunks;
  let form: RowForm | undefined;
  const notes: string[] = codePage ? [`${file} was read as ${codePage}.`] : [];
  let any = false;
  try {
    for await (const block of readCsv(text, { file, header: false, ...(signal ? { signal } : {}) })) {
      if (block.issues.some(({ kind }) => kind === 'nul')) throw notText(file);
      let rows = block.rows.filter(({ cells }) => cells.length > 1 || cells[0]?.trim());
      if (rows.length === 0) continue;
      any = true;
      if (!form) {
        form = formOf(rows, file, isPicture);
        notes.push(...notesOf(file, form, block.delimiter, block.encoding));
        if (form.header) rows = rows.slice(1);
      }
      const known = form;
      yield {
        rows: rows.map((row) => ({ row, judged: judgeRow(row, known, file) })),
        notes: notes.splice(0),
        columns: known.columns,
        bytes: block.bytes,
      };
    }
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'unreadable' && !codePage && /UTF-8/.test(error.message))
      throw new VitrineError('unreadable', `${error.message} Or choose the code page that it is in.`, error);
    throw error;
  }
  if (!any) yield { rows: [], notes: [...notes, `${file} is empty: no image has a label.`], columns: 0, bytes: 0 };
}

function notesOf(file: string, form: RowForm, delimiter: string, encoding: string): string[] {
  return [
    ...(delimiter === ','
      ? []
      : [`${file} has ${DELIMITERS[delimiter] ?? delimiter} between its cells; the guide wants commas.`]),
    ...(encoding === 'utf-8' ? [] : [`${file} is UTF-16; the guide wants UTF-8.`]),
    ...(form.header
      ? [`The first row of ${file} is a header, which the guide does not have; it was passed over.`]
      : []),
    ...(form.dropped > 0 ? [`The last cell of every row in ${file} is empty; it was dropped.`] : []),
  ];
}

async function* transcoded(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  label: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const decoder = new TextDecoder(label);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}
