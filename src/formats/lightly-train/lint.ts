// What LightlyTrain would pass over or stop at, told before its files are written.
import { chooseLabelDelimiter } from '../csv.ts';
import { createCsvLint } from '../csv-lint.ts';
import type { ExportDataset, FormatOptions, Lint } from '../types.ts';
import { count, createTally } from '../words.ts';
import { readTrainWriteOptions, requireReadable } from './write-options.ts';

/** The rules of its CSV reader, and those of class folders. Errors: `bad-input` for class names that cannot be read back. */
export function lintLightlyTrain(dataset: ExportDataset, given: FormatOptions): Lint {
  const options = readTrainWriteOptions(given, dataset);
  requireReadable(dataset, options);
  const csv = createCsvLint(
    dataset,
    {
      prefix: options.prefix,
      labelDelimiter:
        options.imported?.options.label_delimiter ??
        (options.labels === 'id' ? ',' : chooseLabelDelimiter(dataset.classes)),
      splitColumn: false,
      predictions: false,
      probabilityClasses: [],
      fields: dataset.fields ?? [],
    },
    'per-split',
  );
  const several = createTally();
  const unlabelled = createTally();
  return {
    add(row) {
      if (row.labels.length === 0) {
        unlabelled.add(row.path);
        return;
      }
      csv.add(row);
      if (row.labels.length > 1) several.add(row.path);
    },
    warnings: () => [
      ...unlabelled.tell((n) =>
        options.imported
          ? `${count(n, 'picture')} without a label: where the imported files name ${n === 1 ? 'it' : 'them'} with one, its cell becomes empty, and LightlyTrain passes over the row.`
          : `${count(n, 'picture')} without a label ${n === 1 ? 'is' : 'are'} not written: LightlyTrain would pass over them.`,
      ),
      ...csv.warnings(),
      ...(options.form === 'csv'
        ? []
        : several.tell(
            (n, path) =>
              `${count(n, 'picture')} with several labels (${path}) ${n === 1 ? 'goes' : 'go'} into several folders and count once in each: choose CSV to keep the labels together.`,
          )),
    ],
  };
}
