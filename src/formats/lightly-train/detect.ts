// Finds LightlyTrain datasets: a data file, CSV files with its columns, or folders of classes below folders of splits.
import { throwIfAborted } from '../../shared/errors.ts';
import { groupBy } from '../../shared/group.ts';
import { directoryOf, extensionOf, joinPath, nameOf } from '../../shared/paths.ts';
import { splitOfWord } from '../split-words.ts';
import { readCsvHead } from '../text/csv-head.ts';
import type { DatasetFiles, Detection } from '../types.ts';
import { count } from '../words.ts';
import { readDataFile } from './data-file.ts';
import { DEFAULTS, type LightlyTrainOptions } from './options.ts';
import { classFoldersOf } from './read-folder.ts';

/** Files whose first bytes are looked at, of each kind. */
const LOOKED_AT = 50;

/** Other names that people give the two columns. */
const IMAGE_COLUMNS = [
  'image_path',
  'path',
  'filepath',
  'file_path',
  'image',
  'filename',
  'file_name',
  'file',
  'img_path',
  'img',
];
const LABEL_COLUMNS = ['label', 'labels', 'class', 'class_name', 'category', 'categories', 'target', 'tags'];

/** Every LightlyTrain dataset among the files, surest first. Errors: `aborted`, and those of reading. */
export async function detectLightlyTrain(
  files: DatasetFiles,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Detection[]> {
  const found = [...(await dataFiles(files, signal)), ...(await csvFiles(files, signal)), ...splitFolders(files)];
  return found.sort((a, b) => b.confidence - a.confidence);
}

const detection = (title: string, text: string, confidence: number, options: LightlyTrainOptions): Detection => ({
  format: 'lightly-train',
  title,
  text,
  confidence,
  options: { ...options },
});

async function dataFiles(files: DatasetFiles, signal: AbortSignal | undefined): Promise<Detection[]> {
  const found: Detection[] = [];
  const named = files.others.filter((path) => /\.(ya?ml|json|py)$/i.test(path)).slice(0, LOOKED_AT);
  for (const path of named) {
    throwIfAborted(signal);
    const options = await readDataFile(files, path);
    if (!options) continue;
    const classes = count(options.classes?.length ?? 0, 'class').replace(/classs$/, 'classes');
    const text = `${path} names ${options.train} for training, ${options.val} for validation and ${classes}.`;
    found.push(detection(`${nameOf(path)} of LightlyTrain`, text, 0.95, options));
  }
  return found;
}

interface FoundCsv {
  path: string;
  split: string | null;
  image: string;
  label: string;
}

async function csvFiles(files: DatasetFiles, signal: AbortSignal | undefined): Promise<Detection[]> {
  const found: FoundCsv[] = [];
  for (const path of files.others.filter((one) => /\.(csv|tsv)$/i.test(one)).slice(0, LOOKED_AT)) {
    throwIfAborted(signal);
    const { header } = await readCsvHead(files, path, [DEFAULTS.csv_image_column, DEFAULTS.csv_label_column]);
    const image = IMAGE_COLUMNS.find((name) => header?.includes(name));
    const label = LABEL_COLUMNS.find((name) => header?.includes(name));
    if (image === undefined || label === undefined) continue;
    found.push({ path, image, label, split: splitOfWord(nameOf(path).replace(/\.[^.]*$/, '')) });
  }
  // Files with the same columns in one folder belong together.
  const groups = groupBy(found, ({ path, image, label }) => JSON.stringify([directoryOf(path), image, label]));
  return [...groups.values()].map((group) => {
    const of = (split: string): string => group.find((one) => one.split === split)?.path ?? '';
    const [first] = group;
    const [image, label] = [first?.image ?? '', first?.label ?? ''];
    const own = image === DEFAULTS.csv_image_column && label === DEFAULTS.csv_label_column;
    const train = of('train') || (group.find(({ split }) => split === null)?.path ?? '');
    const options = {
      ...DEFAULTS,
      train,
      val: of('validation'),
      test: of('test'),
      csv_image_column: image,
      csv_label_column: label,
    };
    const names = group.map(({ path }) => path).join(', ');
    return detection(
      own ? 'CSV of LightlyTrain' : 'CSV with a column of pictures',
      `${names}: pictures in the column ${image}, labels in the column ${label}.`,
      own ? 0.9 : 0.4,
      options,
    );
  });
}

/** A folder whose folders are splits, each with folders of classes. */
function splitFolders(files: DatasetFiles): Detection[] {
  const directories = new Set<string>();
  for (const path of files.pictures.paths()) directories.add(directoryOf(path));
  const parents = new Map<string, Map<string, string>>(); // parent → split → folder
  for (const directory of directories) {
    const parts = directory.split('/');
    const at = parts.findIndex((part) => splitOfWord(part) !== null);
    if (at < 0 || at === parts.length - 1) continue; // no split, or no class folder below it
    const parent = parts.slice(0, at).join('/');
    const split = splitOfWord(parts[at] ?? '') ?? '';
    const splits = parents.get(parent) ?? new Map<string, string>();
    if (!splits.has(split)) splits.set(split, joinPath(parent, parts[at] ?? ''));
    parents.set(parent, splits);
  }
  return [...parents.values()].flatMap((splits) => {
    if (!splits.has('train')) return [];
    const of = (split: string): string => splits.get(split) ?? '';
    const folders = [...splits.values()];
    const classes = classFoldersOf(files, folders);
    const options = { ...DEFAULTS, train: of('train'), val: of('validation'), test: of('test'), classes };
    const text = `${folders.join(', ')}: ${(classes ?? []).length.toLocaleString('en')} folders of classes below.`;
    return [{ ...detection('Folders of LightlyTrain', text, splits.size > 1 ? 0.5 : 0.3, options), folders: true }];
  });
}

/** Files that can be a split, for the panel: CSV and the like. */
export const splitChoices = (files: DatasetFiles): string[] =>
  files.others.filter((path) => ['csv', 'tsv', 'txt'].includes(extensionOf(path)));
