// The rows of object_ids of a set that was edited: the images that stayed as they were keep theirs.
import { readNumbers } from './columns.ts';
import type { Hdf5File } from './hdf5.ts';
import { classesOf } from './labels.ts';
import type { OpenedSet } from './set.ts';

/** What an image of a set becomes. */
export type Fate = 'same' | 'edited' | 'gone';

/** The rows of object_ids of a rewritten set: those of unedited images as they are, in their order. */
export function objectIds(
  hdf5: Hdf5File,
  set: OpenedSet,
  { fates, newRow, file }: { fates: readonly Fate[]; newRow: Int32Array; file: string },
  labelsOf: (image: number) => number[],
) {
  const path = set.found.datasets.get('object_ids');
  const at = set.labels.columns ?? { image: 0, classId: 1, imageBase: 0, classBase: 0 };
  const columns = path === undefined ? 2 : (hdf5.dataset(path).shape[1] ?? 2);
  const values: number[] = [];
  const done = new Uint8Array(set.images);
  const add = (image: number, classId: number, like?: ArrayLike<number>): void => {
    for (let column = 0; column < columns; column++)
      values.push(column === at.image ? image : column === at.classId ? classId : (like?.[column] ?? -1));
  };
  const addAll = (image: number, like?: ArrayLike<number>): void => {
    done[image] = 1;
    const labels = labelsOf(image);
    for (const id of labels.length === 0 ? [-1] : labels) add(newRow[image] ?? -1, id, like);
  };
  if (path === undefined) {
    for (const image of done.keys())
      if (fates[image] === 'same') for (const id of classesOf(set.labels, image)) add(newRow[image] ?? -1, id);
      else if (fates[image] === 'edited') addAll(image);
  } else
    for (const { rows, values: old } of readNumbers(hdf5.dataset(path), file))
      for (let i = 0; i < rows; i++) {
        const row = old.subarray(i * columns, (i + 1) * columns);
        const [rawImage, rawClass] = [row[at.image] ?? -1, row[at.classId] ?? -1];
        const image = rawImage === -1 ? -1 : rawImage - at.imageBase;
        const fate = fates[image];
        const classId = rawClass === -1 ? -1 : rawClass - at.classBase;
        if (fate === 'same') add(newRow[image] ?? -1, classId, row);
        else if (fate === 'edited' && done[image] === 0) addAll(image, row);
        else if (fate === undefined && !fates.includes('gone')) add(image, classId, row); // leads nowhere, as before
      }
  for (const [image, fate] of fates.entries()) if (fate === 'edited' && done[image] === 0) addAll(image);
  return {
    columns,
    add,
    values: () => Int32Array.from(values),
    /** [rows, 2]: image, class. */
    pairs: () =>
      Int32Array.from({ length: (values.length / columns) * 2 }, (_, i) => {
        const row = (i >> 1) * columns;
        return values[row + (i % 2 === 0 ? at.image : at.classId)] ?? -1;
      }),
  };
}
