// LightlyTrain image classification: class folders per split, or CSV files, described by its `data` argument.

import { readCsvHead } from '../text/csv-head.ts';
import type { DatasetFiles, DatasetFormat, FormatOptions, FormatWriter, OptionField } from '../types.ts';
import { detectLightlyTrain, splitChoices } from './detect.ts';
import { lintLightlyTrain } from './lint.ts';
import { readOptions } from './options.ts';
import { readLightlyTrain } from './read.ts';
import { isFolder } from './read-folder.ts';
import { dataYaml, trainingScript, writeLightlyTrain } from './write.ts';
import { defaultTrainOptions, readTrainWriteOptions, trainOptionFields } from './write-options.ts';

/** Reads what LightlyTrain 0.17 reads, and tells what it would skip or stop at. */
export const lightlyTrain: DatasetFormat = {
  id: 'lightly-train',
  title: 'LightlyTrain',
  detect: detectLightlyTrain,
  importOptions: fieldsOf,
  read: readLightlyTrain,
};

/** Writes what LightlyTrain reads back whole. */
export const writer: FormatWriter = {
  id: 'lightly-train',
  title: 'LightlyTrain',
  text: 'A CSV per split, imported ones changed in place, or class folders, with the data argument, to train a whole model with LightlyTrain.',
  defaults: defaultTrainOptions,
  exportOptions: trainOptionFields,
  lint: lintLightlyTrain,
  write: writeLightlyTrain,
  scripts: (dataset, given) => {
    const options = readTrainWriteOptions(given, dataset);
    return [
      { title: 'Train with LightlyTrain', language: 'python', text: trainingScript(dataset, options) },
      { title: 'data.yaml', language: 'yaml', text: dataYaml(dataset, options) },
    ];
  },
};

async function fieldsOf(files: DatasetFiles, given: FormatOptions): Promise<OptionField[]> {
  const options = readOptions(given);
  const paths = [options.train, options.val, options.test].filter((path) => path !== '');
  const choices = [...new Set([...paths, ...splitChoices(files)])].map((value) => ({ value, title: value }));
  const none = { value: '', title: 'none' };
  const split = (key: string, title: string, help: string): OptionField => ({
    key,
    title,
    help,
    kind: 'file',
    choices: [none, ...choices],
  });
  const csv = paths.find((path) => !isFolder(files, path) && files.others.includes(path));
  const head =
    csv === undefined ? null : await readCsvHead(files, csv, [options.csv_image_column, options.csv_label_column]);
  const columns = (head?.header ?? []).map((value) => ({ value, title: value }));
  return [
    split('train', 'Training', 'A folder of class folders, or a CSV.'),
    split('val', 'Validation', 'A folder of class folders, or a CSV.'),
    split('test', 'Test', 'LightlyTrain never reads it; Vitrine does.'),
    {
      key: 'classes',
      title: 'Classes',
      help: 'Ids and names, in the order in which training numbers them; none: those that the files name.',
      kind: 'pairs',
    },
    { key: 'ignore_classes', title: 'Ignored classes', help: 'Their ids, with commas between them.', kind: 'text' },
    ...(head === null
      ? []
      : ([
          { key: 'csv_image_column', title: 'Column of the picture', kind: 'choice', choices: columns },
          { key: 'csv_label_column', title: 'Column of the label', kind: 'choice', choices: columns },
          {
            key: 'csv_label_type',
            title: 'Labels are',
            kind: 'choice',
            choices: [
              { value: 'name', title: 'names' },
              { value: 'id', title: 'ids of the classes' },
            ],
          },
          {
            key: 'label_delimiter',
            title: 'Between two labels',
            help: 'The text that separates labels in one cell.',
            kind: 'text',
          },
        ] satisfies OptionField[])),
    {
      key: 'classification_task',
      title: 'Labels of a picture',
      kind: 'choice',
      choices: [
        { value: 'auto', title: 'as the files have them' },
        { value: 'multiclass', title: 'one' },
        { value: 'multilabel', title: 'several' },
      ],
    },
  ];
}
