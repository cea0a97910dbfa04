// The CSV files that a dataset was imported from, as the options of that import tell them, and the ids and data argument that go on with them.
import { VitrineError } from '../../shared/errors.ts';
import { extensionOf, nameOf } from '../../shared/paths.ts';
import type { ExportDataset } from '../types.ts';
import { parsePythonInt } from './labels.ts';
import { DEFAULTS, type LightlyTrainOptions, readOptions } from './options.ts';

/** LightlyTrain's keys and Vitrine's names of the splits. */
const SPLITS = [
  ['train', 'train'],
  ['val', 'validation'],
  ['test', 'test'],
] as const;

/** How the CSV files were read; `files` in the order in which they were. */
export interface ImportedCsv {
  options: LightlyTrainOptions;
  files: readonly { path: string; split: string }[];
}

/** Null when the dataset was not imported from CSV files of LightlyTrain. A name without extension is a folder. */
export function importedCsvOf({ imported }: Pick<ExportDataset, 'imported'>): ImportedCsv | null {
  if (imported?.format !== 'lightly-train') return null;
  const options = readOptions(imported.options);
  const files: { path: string; split: string }[] = [];
  for (const [key, split] of SPLITS) {
    const path = options[key];
    if (extensionOf(nameOf(path)) !== '' && !files.some((one) => one.path === path)) files.push({ path, split });
  }
  return files.length === 0 ? null : { options, files };
}

/** Ids and names in the order of the imported map, ignored classes among them, then classes that are new, with free ids. */
export function classMapOf(
  { classes }: Pick<ExportDataset, 'classes'>,
  { options }: ImportedCsv,
): (readonly [id: number, name: string])[] {
  const map = [...(options.classes ?? [])];
  const names = new Set(map.map(([, name]) => name));
  const ids = new Set(map.map(([id]) => id));
  let next = Math.max(-1, ...ids) + 1;
  for (const name of classes) {
    if (names.has(name)) continue;
    // without a map the ids of the files are the names
    const own = options.csv_label_type === 'id' ? parsePythonInt(name) : null;
    if (own === null || ids.has(own)) while (ids.has(next)) next++;
    const id = own === null || ids.has(own) ? next : own;
    ids.add(id);
    map.push([id, name]);
  }
  return map;
}

/** The `data` argument that reads the changed files as the imported ones were read. */
export function importedEntries(imported: ImportedCsv): [key: string, value: string][] {
  const { options, files } = imported;
  const text = (value: string): string => JSON.stringify(value);
  const train = options.train || (files[0]?.path ?? '');
  const entries: [string, string][] = [
    ['train', text(train)],
    ['val', text(options.val || options.test || train)],
  ];
  if (options.test !== '') entries.push(['test', text(options.test)]);
  for (const key of ['csv_image_column', 'csv_label_column', 'csv_label_type', 'label_delimiter'] as const)
    if (options[key] !== DEFAULTS[key]) entries.push([key, text(options[key])]);
  if (options.ignore_classes.length > 0) entries.push(['ignore_classes', `[${options.ignore_classes.join(', ')}]`]);
  return entries;
}

/** Refuses names that the imported files' `label_delimiter` would cut. Errors: `bad-input` naming the class. */
export function requireUncut({ classes }: Pick<ExportDataset, 'classes'>, { options }: ImportedCsv): void {
  const { csv_label_type, label_delimiter } = options;
  const cut = csv_label_type === 'id' ? undefined : classes.find((name) => name.includes(label_delimiter));
  if (cut === undefined) return;
  throw new VitrineError(
    'bad-input',
    `The class “${cut}” holds “${label_delimiter}”, which separates labels in the imported files. Rename the class, or do not change the imported files.`,
  );
}
