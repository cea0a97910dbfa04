// Writes a DeepQ zip: pictures first, label.csv behind them, both streamed.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import type { ExportDataset, ExportRow, FormatOptions, WriteContext, WrittenFile } from '../types.ts';
import { writeZip, type ZipInput } from '../zip/write.ts';
import { lineOf, linesOf } from './label-text.ts';
import { keptRows } from './original.ts';
import { type DeepqWriteOptions, readWriteOptions, requireFolderNames, severalLabels } from './write-options.ts';

/** Text that goes out at once. */
const CHUNK = 1 << 16;

/**
 * One zip, named after the dataset. Errors while it streams: `bad-input` for class names that are no folder names, for pictures with several
 * labels where one fits, and for two pictures of one name in one class folder; those of `context.picture`.
 */
export async function* writeDeepq(
  dataset: ExportDataset,
  given: FormatOptions,
  context: WriteContext,
): AsyncGenerator<WrittenFile> {
  const options = readWriteOptions(given);
  requireFolderNames(dataset.classes, options);
  const { unicodeExtra } = options;
  const signal = context.signal ? { signal: context.signal } : {};
  yield {
    path: `${dataset.name}.zip`,
    content: writeZip(entriesOf(dataset, options, context), { unicodeExtra, ...signal }),
  };
}

async function* entriesOf(
  dataset: ExportDataset,
  options: DeepqWriteOptions,
  context: WriteContext,
): AsyncGenerator<ZipInput> {
  const place = await placesOf(dataset, options, context.signal);
  for await (const row of rowsOf(dataset, context.signal)) {
    const blob = await context.picture(row.path);
    yield { path: place.entry(row), content: blob, ...(blob instanceof File ? { modified: blob.lastModified } : {}) };
  }
  for (const path of options.keep) {
    const content = await context.original(path);
    if (content) yield { path, content };
  }
  if (options.layout === 'image')
    yield { path: 'label.csv', content: labelFile(dataset, options, context, place.name) };
}

async function* rowsOf(dataset: ExportDataset, signal: AbortSignal | undefined): AsyncGenerator<ExportRow> {
  for await (const rows of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) })) {
    throwIfAborted(signal);
    yield* rows;
  }
}

interface Places {
  /** Path in the zip. */
  entry(row: ExportRow): string;
  /** How label.csv calls it. */
  name(path: string): string;
}

/** A first pass over the rows: whether all pictures lie in `image` already, and whose file name is alone in its class. */
async function placesOf(
  dataset: ExportDataset,
  options: DeepqWriteOptions,
  signal: AbortSignal | undefined,
): Promise<Places> {
  if (options.layout === 'classes') return classPlaces(dataset, options, signal);
  let folder: string | null = null;
  for await (const { path } of rowsOf(dataset, signal)) {
    const own = /^image\//i.exec(path)?.[0] ?? '';
    folder ??= own;
    if (own !== folder) folder = '';
    if (folder === '') break;
  }
  const cut = folder?.length ?? 0;
  const name = (path: string): string => path.slice(cut);
  return { name, entry: ({ path }) => `image/${name(path)}` };
}

async function classPlaces(
  dataset: ExportDataset,
  options: DeepqWriteOptions,
  signal: AbortSignal | undefined,
): Promise<Places> {
  const seen = new Map<string, string>();
  for await (const row of rowsOf(dataset, signal)) {
    const entry = classEntry(row, options);
    const before = seen.get(entry);
    if (before !== undefined)
      throw new VitrineError(
        'bad-input',
        `${before} and ${row.path} would both be ${entry}. Rename one of them, or write image and label.csv.`,
        { file: row.path },
      );
    seen.set(entry, row.path);
  }
  return { name: nameOf, entry: (row) => classEntry(row, options) };
}

/** Pictures without a label go beside the class folders, where the guide has none: they stay in the zip, without a label. */
function classEntry(row: ExportRow, options: DeepqWriteOptions): string {
  const [label, second] = row.labels;
  if (second !== undefined) throw severalLabels(row.path, options);
  return label === undefined ? `Classes/${nameOf(row.path)}` : `Classes/${label}/${nameOf(row.path)}`;
}

/** The text of label.csv, in UTF-8 without a byte order mark, lines ended by LF. */
async function* labelFile(
  dataset: ExportDataset,
  options: DeepqWriteOptions,
  context: WriteContext,
  nameIn: (path: string) => string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const line of linesIn(dataset, options, context, nameIn)) {
    text += `${line}\n`;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}

/** Rows of the imported file stay in their order; those of edited pictures are replaced where the first of them stood, new ones follow. */
async function* linesIn(
  dataset: ExportDataset,
  options: DeepqWriteOptions,
  context: WriteContext,
  nameIn: (path: string) => string,
): AsyncGenerator<string> {
  const original = await originalOf(options, context);
  const written = new Set<string>();
  if (original) {
    const rows = new Map<string, ExportRow>();
    for await (const row of rowsOf(dataset, context.signal)) rows.set(row.path, row);
    for await (const kept of keptRows(original, options.original, rows)) {
      if (kept.path !== null) written.add(kept.path);
      if ('cells' in kept) yield lineOf(kept.cells);
      else yield* linesOf(kept.row, kept.name, dataset.classes, options);
    }
  }
  for await (const row of rowsOf(dataset, context.signal))
    if (!written.has(row.path)) yield* linesOf(row, nameIn(row.path), dataset.classes, options);
}

async function originalOf(
  { original }: DeepqWriteOptions,
  context: WriteContext,
): Promise<(() => Promise<AsyncIterable<Uint8Array<ArrayBuffer>>>) | null> {
  if (original === '' || !(await context.original(original))) return null;
  return async () => {
    const again = await context.original(original);
    if (again) return again;
    throw new VitrineError('not-found', `${original} went away while it was read.`, { file: original });
  };
}
