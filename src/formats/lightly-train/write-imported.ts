// Writes imported CSV files back: records that did not change byte for byte, other labels in the cell where they stand, new pictures at the end.
import { directoryOf } from '../../shared/paths.ts';
import { cellText, columnOf } from '../field-values.ts';
import { readCsv } from '../text/csv.ts';
import { csvCell, replaceCell } from '../text/csv-cell.ts';
import { readCsvHead } from '../text/csv-head.ts';
import type { Encoding } from '../text/encoding.ts';
import type { ExportDataset, ExportRow, WriteContext, WrittenFile } from '../types.ts';
import { compareOriginals, type Original } from './compare.ts';
import { isListed } from './extensions.ts';
import { classMapOf, type ImportedCsv } from './imported.ts';
import { nameOfSplit } from './write-options.ts';

/** Text is made bytes in parts of about this many characters. */
const PART = 1 << 16;

/**
 * The imported files that are there, changed; and a file for new pictures of each split that has none. Empty when no imported file is there.
 * Errors, when contents are read: those of `compareOriginals`.
 */
export async function importedFiles(
  dataset: ExportDataset,
  imported: ImportedCsv,
  context: WriteContext,
): Promise<WrittenFile[]> {
  const originals: Original[] = [];
  for (const { path, split } of imported.files) {
    const original = await originalOf(path, split, imported, context);
    if (original) originals.push(original);
  }
  if (originals.length === 0) return [];
  let comparing: ReturnType<typeof compareOriginals> | undefined;
  const compare = (): ReturnType<typeof compareOriginals> => {
    comparing ??= compareOriginals(dataset, imported, originals, context);
    return comparing;
  };
  const [only] = originals;
  const pathOf = (split: string | null): string =>
    originals.find((one) => one.split === split)?.path ??
    (split === null && originals.length === 1 && only ? only.path : `${nameOfSplit(split, dataset)}.csv`);
  const newRows = async function* (path: string): AsyncGenerator<ExportRow> {
    const { isNamed } = await compare();
    for await (const rows of passing(dataset, context))
      for (const row of rows)
        if (row.labels.length > 0 && isListed(row.path) && pathOf(row.split) === path && !isNamed(row.path)) yield row;
  };
  const others = new Set<string>();
  for await (const rows of passing(dataset, context))
    for (const { split, labels } of rows) if (labels.length > 0) others.add(pathOf(split));
  for (const { path } of originals) others.delete(path);
  const cellOf = createLabelCell(dataset, imported);
  const files: WrittenFile[] = originals.map(({ path }, at) => ({
    path,
    content: changed(dataset, originals, at, compare, cellOf, newRows),
  }));
  for (const path of others) {
    // A file of its own only where some picture of it stands in none of the others.
    const { done } = await newRows(path).next();
    if (done !== true) files.push({ path, content: created(dataset, imported, path, cellOf, newRows) });
  }
  return files;
}

const passing = (dataset: ExportDataset, { signal }: WriteContext): AsyncIterable<readonly ExportRow[]> =>
  dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) });

type NewRows = (path: string) => AsyncIterable<ExportRow>;
type LabelCell = (names: readonly string[]) => string;

async function originalOf(
  path: string,
  split: string,
  { options }: ImportedCsv,
  context: WriteContext,
): Promise<Original | null> {
  const chunks = async (): Promise<AsyncIterable<Uint8Array<ArrayBuffer>> | null> => context.original(path);
  const first = await chunks();
  if (first === null) return null;
  // The delimiter as the import told it, from the same number of bytes at the beginning.
  const head = {
    async bytes(_: string, from = 0, to = Number.POSITIVE_INFINITY): Promise<Uint8Array<ArrayBuffer>> {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let length = 0;
      for await (const chunk of first) {
        parts.push(chunk);
        length += chunk.length;
        if (length >= to) break;
      }
      const all = new Uint8Array(length);
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all.slice(from, to);
    },
  };
  const { delimiter } = await readCsvHead(head, path, [options.csv_image_column, options.csv_label_column]);
  const { signal } = context;
  return {
    path,
    split,
    async *blocks() {
      const stream = await chunks();
      if (stream !== null) yield* readCsv(stream, { file: path, delimiter, raw: true, ...(signal ? { signal } : {}) });
    },
  };
}

/** Names or ids with the delimiter of the imported files between them. */
function createLabelCell(dataset: ExportDataset, imported: ImportedCsv): LabelCell {
  const { csv_label_type, label_delimiter } = imported.options;
  if (csv_label_type === 'name') return (names) => names.join(label_delimiter);
  // Of two ids with one name the later counts, as when reading.
  const ids = new Map(classMapOf(dataset, imported).map(([id, name]) => [name, String(id)]));
  return (names) => names.map((name) => ids.get(name) ?? name).join(label_delimiter);
}

async function* changed(
  dataset: ExportDataset,
  originals: readonly Original[],
  at: number,
  compare: () => ReturnType<typeof compareOriginals>,
  cellOf: LabelCell,
  newRows: NewRows,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const original = originals[at];
  if (!original) return;
  const { changesOf } = await compare();
  let changes: ReturnType<typeof changesOf> | undefined;
  let columns: readonly string[] = [];
  let encode = encoderOf('utf-8');
  let separator = ',';
  let lineEnd = '\n';
  let text = '';
  let ended = true; // the text so far ends with a line end
  for await (const { header, rows, delimiter, encoding, mark, rest = '' } of original.blocks()) {
    if (!changes && header) {
      const raw = header.raw ?? '';
      changes = changesOf(at, header);
      columns = header.cells;
      encode = encoderOf(encoding);
      separator = delimiter;
      lineEnd = /\r\n$|\r$/.exec(raw)?.[0] ?? '\n';
      text = (mark ? '\uFEFF' : '') + raw;
    }
    for (const row of rows) {
      const names = changes?.judge(row) ?? null;
      const raw = row.raw ?? '';
      text += names === null ? raw : replaceCell(raw, changes?.label ?? 0, separator, cellOf(names), names.length > 1);
    }
    text += rest;
    if (text === '') continue;
    ended = /[\r\n]$/.test(text);
    yield encode(text);
    text = '';
  }
  if (!changes) return;
  const { image, label, root } = changes;
  const fields = columns.map((name) => dataset.fields?.find((field) => columnOf(field) === name));
  for await (const row of newRows(original.path)) {
    const path = root === null ? relativeTo(directoryOf(original.path), row.path) : newAbsolute(root, row.path);
    const cells = columns.map((_, i) => {
      if (i === image) return csvCell(path, separator);
      if (i === label) return csvCell(cellOf(row.labels), separator, row.labels.length > 1);
      const field = fields[i];
      return field ? csvCell(cellText(row, field), separator) : '';
    });
    text += `${ended ? '' : lineEnd}${cells.join(separator)}${lineEnd}`;
    ended = true;
    if (text.length < PART) continue;
    yield encode(text);
    text = '';
  }
  if (text !== '') yield encode(text);
}

async function* created(
  dataset: ExportDataset,
  { options }: ImportedCsv,
  path: string,
  cellOf: LabelCell,
  newRows: NewRows,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encode = encoderOf('utf-8');
  const fields = dataset.fields ?? [];
  const header = [options.csv_image_column, options.csv_label_column, ...fields.map(columnOf)];
  let text = `${header.map((name) => csvCell(name, ',')).join(',')}\n`;
  for await (const row of newRows(path)) {
    const label = csvCell(cellOf(row.labels), ',', row.labels.length > 1);
    text += `${[csvCell(row.path, ','), label, ...fields.map((field) => csvCell(cellText(row, field), ','))].join(',')}\n`;
    if (text.length < PART) continue;
    yield encode(text);
    text = '';
  }
  yield encode(text);
}

/** As the folder of an absolute path is written: with the separators of its machine. */
const newAbsolute = (root: string, path: string): string =>
  /^[A-Za-z]:\/|^\/\//.test(root) ? (root + path).replaceAll('/', '\\') : root + path;

/** `path` as seen from `folder`, both from the opened folder. */
function relativeTo(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

/** Bytes of text, in the encoding of the file. */
function encoderOf(encoding: Encoding): (text: string) => Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') {
    const encoder = new TextEncoder();
    return (text) => encoder.encode(text);
  }
  return (text) => {
    const bytes = new Uint8Array(2 * text.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
    return bytes;
  };
}
