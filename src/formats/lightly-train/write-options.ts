// What a person may choose about a dataset written for LightlyTrain.
import { VitrineError } from '../../shared/errors.ts';
import { chooseLabelDelimiter } from '../csv.ts';
import type { ExportDataset, FormatOptions, OptionField } from '../types.ts';
import { classMapOf, type ImportedCsv, importedCsvOf, importedEntries, requireUncut } from './imported.ts';

/** Options of an export. */
export interface TrainWriteOptions {
  /** CSV files; the plan of a folder tree; or the tree with copied pictures. */
  form: 'csv' | 'manifest' | 'copies';
  labels: 'name' | 'id';
  /** Put before each path of the CSV files; '' for paths relative to them. */
  prefix: string;
  /** The imported CSV files that are changed in place of new ones; null: new files. */
  imported: ImportedCsv | null;
}

/** Options with what is missing filled in. Imported files are changed unless that is turned off; then labels are as they have them. */
export function readTrainWriteOptions(
  { form, labels, prefix, original }: FormatOptions,
  dataset: Pick<ExportDataset, 'imported'>,
): TrainWriteOptions {
  const files = form === 'manifest' || form === 'copies' ? form : 'csv';
  const imported = files === 'csv' && original !== false ? importedCsvOf(dataset) : null;
  return {
    form: files,
    labels: imported?.options.csv_label_type ?? (labels === 'id' ? 'id' : 'name'),
    prefix: typeof prefix === 'string' && !imported ? prefix : '',
    imported,
  };
}

/** What the save dialog begins with. */
export const defaultTrainOptions = (dataset: Pick<ExportDataset, 'imported'>): FormatOptions => ({
  form: 'csv',
  labels: 'name',
  prefix: '',
  ...(importedCsvOf(dataset) ? { original: true } : {}),
});

/** The fields of the save dialog. */
export function trainOptionFields(dataset: Pick<ExportDataset, 'imported'>, given: FormatOptions): OptionField[] {
  const { form, imported } = readTrainWriteOptions(given, dataset);
  const original: OptionField = {
    key: 'original',
    title: 'Change the imported files',
    help: 'Only the labels that changed are written into them, and new pictures at their end; else new files are made.',
    kind: 'switch',
  };
  const fields = [...(form === 'csv' && importedCsvOf(dataset) ? [original] : [])];
  return imported ? [formField, ...fields] : [formField, ...fields, ...newFileFields];
}

const formField: OptionField = {
  key: 'form',
  title: 'Files',
  kind: 'choice',
  choices: [
    { value: 'csv', title: 'a CSV per split' },
    { value: 'manifest', title: 'a list that says which picture goes into which class folder' },
    { value: 'copies', title: 'class folders with copies of the pictures' },
  ],
};

const newFileFields: readonly OptionField[] = [
  {
    key: 'labels',
    title: 'Labels are',
    help: 'Ids avoid all trouble with names that hold separators.',
    kind: 'choice',
    choices: [
      { value: 'name', title: 'names' },
      { value: 'id', title: 'ids of the classes' },
    ],
  },
  {
    key: 'prefix',
    title: 'Before each path',
    help: 'The folder of the pictures where LightlyTrain runs.',
    kind: 'text',
  },
];

/** File or folder name of a split: LightlyTrain's words, and no character that a file system refuses. Without splits all is for training. */
export function nameOfSplit(split: string | null, { splits }: Pick<ExportDataset, 'splits'>): string {
  if (split === null) return splits.length === 0 ? 'train' : 'no-split';
  return split === 'validation' ? 'val' : split.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+$/, '_');
}

/** Refuses what LightlyTrain could never read back. Errors: `bad-input` naming the class. */
export function requireReadable({ classes }: ExportDataset, { form, labels, imported }: TrainWriteOptions): void {
  const folders = form !== 'csv';
  const twice = classes.find((name, i) => classes.indexOf(name) !== i);
  if (twice !== undefined) throw refused(`Two classes are named “${twice}”; LightlyTrain would use the later only`);
  const bad = classes.find((name) =>
    folders
      ? name.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..')
      : labels === 'name' && (name.trim() !== name || name === ''),
  );
  if (bad !== undefined)
    throw refused(
      folders
        ? `The class “${bad}” cannot be the name of a folder`
        : `The class “${bad}” is empty or has blanks at its ends, which LightlyTrain strips`,
    );
  if (imported) requireUncut({ classes }, imported);
}

const refused = (what: string): VitrineError => new VitrineError('bad-input', `${what}. Rename the class, then save.`);

/** The `data` argument that belongs to the written files, by key, in LightlyTrain's order of keys. */
export function dataEntries(dataset: ExportDataset, options: TrainWriteOptions): [key: string, value: string][] {
  if (options.imported) return importedEntries(options.imported);
  const text = (value: string): string => JSON.stringify(value);
  const place = (split: string): string => `${nameOfSplit(split, dataset)}${options.form === 'csv' ? '.csv' : ''}`;
  const delimiter = options.labels === 'id' ? ',' : chooseLabelDelimiter(dataset.classes);
  const has = (split: string): boolean => dataset.splits.includes(split);
  return [
    ['train', text(place('train'))],
    ['val', text(place(has('validation') ? 'validation' : has('test') ? 'test' : 'train'))],
    ...(has('test') ? [['test', text(place('test'))] as [string, string]] : []),
    ...(options.form === 'csv' && options.labels === 'id' ? [['csv_label_type', text('id')] as [string, string]] : []),
    ...(options.form === 'csv' && delimiter !== ',' ? [['label_delimiter', text(delimiter)] as [string, string]] : []),
  ];
}

/** Ids and names of the `data` argument: positions in the class list, or the ids of the imported map. */
export const dataClasses = (
  dataset: ExportDataset,
  { imported }: TrainWriteOptions,
): readonly (readonly [id: number, name: string])[] =>
  imported ? classMapOf(dataset, imported) : dataset.classes.map((name, id) => [id, name]);
