// Reads a DeepQ dataset: labels of label.csv and of class folders, boxes and masks as they stand, and what is left out with its reason.
import type { Field } from '../../catalog/types.ts';
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { directoryOf } from '../../shared/paths.ts';
import type { DatasetFiles, FormatOptions, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { readLabelFile } from './label-file.ts';
import { classOf, noteNames, seriesOf, type Understood, understandLayout } from './layout.ts';
import { createMatcher } from './match.ts';
import { type DeepqOptions, readOptions } from './options.ts';
import { pictureSize, SIZE_BYTES } from './picture-size.ts';
import { createSamples } from './samples.ts';

const BATCH = 4096;
/** Boxes of so many pictures are compared with the picture's size: each costs opening a file. */
const SIZED = 1000;
const EXTENSION = /\.(jpe?g|png|dcm|dicom|bmp|tiff?|webp|p[bgpn]m|gif|avif)$/i;

const field = (name: string, title: string, type: Field['type'], facet: Field['facet']): Field => ({
  name,
  title,
  type,
  facet,
  origin: 'metadata',
});

/** What this format gives as fields. Boxes and masks are JSON lists as the guide's rows have them: class, then the numbers as they are spelled. */
const FIELDS: Record<string, Field> = {
  boxes: field('boxes', 'Boxes', 'json', 'none'),
  masks: field('masks', 'Masks', 'json', 'none'),
  study: field('study', 'Study', 'category', 'values'),
  series: field('series', 'Series', 'integer', 'histogram'),
};

/**
 * Streams a dataset. Errors: `bad-input` where two datasets lie in it and none is chosen, and those of `readLabelFile`.
 */
export async function* readDeepq(
  files: DatasetFiles,
  given: FormatOptions,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const options = readOptions(given);
  const dataset = understandLayout(files.pictures.paths(), files.others, options.root);
  if ('roots' in dataset)
    throw new VitrineError(
      'bad-input',
      `There are ${dataset.roots.length === 2 ? 'two' : dataset.roots.length} datasets in it: ${dataset.roots.join(' and ')}. Choose one.`,
      { file: files.name },
    );
  const state = { found: 0, imported: 0, leftOut: 0, notes: [...dataset.notes, ...noteNames(dataset)] };
  const classes = new Set<string>();
  const fields = new Set<string>();
  let several = false;
  const count = (rows: ImportRow[]): ImportRow[] => {
    for (const row of rows) {
      for (const name of row.labels ?? []) classes.add(name);
      for (const name of row.negatives ?? []) classes.add(name);
      if (row.fields) for (const name of Object.keys(row.fields)) fields.add(name);
      several ||= (row.labels?.length ?? 0) > 1 || (row.negatives?.length ?? 0) > 0;
    }
    return rows;
  };
  for await (const rows of fromFolders(dataset, options)) {
    throwIfAborted(signal);
    state.found += rows.length;
    state.imported += rows.length;
    yield { rows: count(rows), issues: [] };
  }
  for (const file of dataset.labels) {
    for await (const { rows, issues, read, progress } of fromLabels(files, dataset, file, options, signal)) {
      state.found += read.found;
      state.imported += read.imported;
      state.leftOut += read.found - read.imported;
      state.notes.push(...read.notes);
      yield { rows: count(rows), issues, progress };
    }
  }
  if (await hasLabelMe(files, dataset))
    state.notes.push('There are files of LabelMe (.json), which are not read as labels of DeepQ.');
  return {
    found: state.found,
    imported: state.imported,
    leftOut: state.leftOut,
    classes: [...classes].map((name) => ({ name })),
    fields: Object.values(FIELDS).filter(({ name }) => fields.has(name)),
    multiLabel: several,
    notes: state.notes,
  };
}

/** What folders say: the class in `Classes`, study and series in the structured layout. */
async function* fromFolders(dataset: Understood, { prefer }: DeepqOptions): AsyncGenerator<ImportRow[]> {
  const { layout, folder, pictures } = dataset;
  const said = (path: string): Partial<ImportRow> | null => {
    if (layout === 'structured') {
      const series = seriesOf(path, folder);
      return series && { fields: { ...series } };
    }
    const name =
      layout === 'classes' && !(prefer === 'csv' && dataset.labels.length > 0) ? classOf(path, folder) : null;
    return name === null ? null : { labels: [name] };
  };
  let rows: ImportRow[] = [];
  for (const path of pictures) {
    const row = said(path);
    if (row) rows.push({ path, ...row, file: directoryOf(path) });
    if (rows.length === BATCH) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

interface LabelsRead {
  rows: ImportRow[];
  issues: ImportIssue[];
  read: { found: number; imported: number; notes: string[] };
  progress: number;
}

async function* fromLabels(
  files: DatasetFiles,
  dataset: Understood,
  file: string,
  options: DeepqOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<LabelsRead> {
  const folder = directoryOf(file);
  const match = createMatcher(files.pictures, dataset, folder === '' ? '' : `${folder}/`);
  const isPicture = (name: string): boolean => EXTENSION.test(name) || match(name).path !== null;
  const total = Math.max(1, await files.size(file));
  const samples = createSamples(file);
  let sized = 0;
  let bytes = 0;
  const release = (force: boolean, notes: string[], found: number): LabelsRead => {
    const { rows, issues, dropped } = samples.take(force);
    return { rows, issues, read: { found, imported: found - dropped, notes }, progress: Math.min(1, bytes / total) };
  };
  const seenNotes = new Set<string>();
  for await (const block of readLabelFile(files, file, options, isPicture, signal)) {
    bytes = block.bytes;
    const notes = [...block.notes];
    for (const { row, judged } of block.rows) {
      const { line } = row;
      if ('wrong' in judged) {
        samples.leftOut({
          line,
          path: judged.name,
          reason: judged.reason,
          text: `${file}, line ${line}: ${judged.wrong}`,
        });
        continue;
      }
      const matched = match(judged.name);
      if (matched.path === null) {
        samples.leftOut({ line, path: judged.name, ...unmatched(file, line, judged.name, matched) });
        continue;
      }
      const inClass =
        dataset.layout === 'classes' && options.prefer === 'folders' ? classOf(matched.path, dataset.folder) : null;
      if (inClass !== null && judged.said.kind === 'class' && judged.said.value !== (judged.said.name === inClass)) {
        samples.leftOut({
          line,
          path: matched.path,
          reason: 'conflict',
          text: `${file}, line ${line} says ${judged.said.value ? '' : 'not '}${judged.said.name} for ${matched.path}, its folder says ${inClass}. The folder counts, unless you choose the file.`,
        });
        continue;
      }
      if (matched.notes.length > 0 || judged.notes.length > 0)
        for (const text of [...matched.notes, ...judged.notes]) {
          if (seenNotes.has(text)) continue;
          if (seenNotes.size < SIZED) seenNotes.add(text);
          samples.note(line, matched.path, text);
        }
      if (judged.said.kind === 'box' && sized < SIZED) {
        sized++;
        const outside = await boxOutside(files, matched.path, judged.said.numbers);
        if (outside)
          samples.note(line, matched.path, `${file}, line ${line}: the box goes beyond the image (${outside}).`);
      }
      samples.add(matched.path, judged.said, line);
    }
    yield release(false, notes, block.rows.length);
  }
  yield release(true, [], 0);
}

function unmatched(
  file: string,
  line: number,
  name: string,
  match: { why: 'missing' | 'ambiguous'; candidates: readonly string[] },
): { reason: string; text: string } {
  return match.why === 'missing'
    ? {
        reason: 'missing-file',
        text: `${file}, line ${line} names ${name}, which is not among the pictures. The row is kept for writing back.`,
      }
    : {
        reason: 'ambiguous',
        text: `${file}, line ${line} names ${name}, which fits more than one picture: ${match.candidates.slice(0, 3).join(', ')}. Write its folder, too.`,
      };
}

async function boxOutside(files: DatasetFiles, path: string, numbers: readonly string[]): Promise<string | null> {
  const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
  const head = await files.bytes(path, 0, SIZE_BYTES).catch(() => null); // a picture that cannot be read tells so itself
  const size = head && pictureSize(head);
  if (!size || (x + width <= size.width && y + height <= size.height)) return null;
  return `${size.width} × ${size.height} pixels`;
}

async function hasLabelMe(files: DatasetFiles, { root }: Understood): Promise<boolean> {
  const path = files.others.find((one) => one.startsWith(root) && one.endsWith('.json'));
  if (path === undefined) return false;
  const text = new TextDecoder().decode(await files.bytes(path, 0, 1 << 16));
  return text.includes('"shapes"') && text.includes('"imagePath"');
}
