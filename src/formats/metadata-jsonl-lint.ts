// What Hugging Face datasets and opsml will make of a metadata.jsonl, told before anything is written.
import type { Field } from '../catalog/types.ts';
import { directoryOf, extensionOf, nameOf } from '../shared/paths.ts';
import type { Lint } from './csv-lint.ts';
import { huggingFaceSplit } from './split-words.ts';
import type { ExportDataset } from './types.ts';
import { count, createTally, quoteSome } from './words.ts';

/** Extensions of ours that are not in datasets 5.0.1's list of images. */
const notLoaded: ReadonlySet<string> = new Set(['dcm', 'dicom', 'avif', 'pam']);

/** ISO dates: if all strings of a key look like this, Arrow turns the key into timestamps. */
const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Lines of one file that have a value, by key. */
interface FileTally {
  labelled: number;
  predicted: number;
  fields: Map<string, number>;
}

interface JsonlLintOptions {
  place: 'split-folders' | 'root';
  labelKey: 'label' | 'categories';
  predictions: boolean;
  /** Folder of the file that a path is written into. */
  folderOf: (path: string) => string;
}

/** Checks rows against datasets 5.0.1's imagefolder ('split-folders') or opsml 1.5 ('root'), and names what each would lose. */
export function createJsonlLint(dataset: ExportDataset, options: JsonlLintOptions): Lint {
  const notListed = createTally();
  const hiddenFolder = createTally();
  const moved = createTally();
  const nameWord = createTally();
  const labels = new Set<string>();
  const files = new Map<string, FileTally>();
  const wordFolders = new Set<string>();
  const seenDirectories = new Set<string>();
  const { layout, fields = [] } = dataset;

  const addDirectory = (directory: string): void => {
    if (seenDirectories.has(directory)) return;
    seenDirectories.add(directory);
    for (const [level, name] of directory.split('/').entries())
      if (huggingFaceSplit(name) !== null && level !== layout?.splitLevel) wordFolders.add(name);
  };

  return {
    add(row) {
      const directory = directoryOf(row.path);
      addDirectory(directory);
      for (const name of row.labels) labels.add(name);
      const folder = options.folderOf(row.path);
      const file = files.get(folder) ?? { labelled: 0, predicted: 0, fields: new Map() };
      files.set(folder, file);
      if (row.labels.length > 0) file.labelled++;
      if (row.predicted !== null) file.predicted++;
      for (const [name, value] of Object.entries(row.fields ?? {}))
        if (value !== null) file.fields.set(name, (file.fields.get(name) ?? 0) + 1);
      if (notLoaded.has(extensionOf(row.path))) notListed.add(row.path);
      if (directory.startsWith('__') || directory.includes('/__')) hiddenFolder.add(directory);
      if (huggingFaceSplit(nameOf(row.path)) !== null) nameWord.add(row.path);
      const split = folderSplit(row.path, layout);
      if (split !== null && row.split !== split)
        moved.add(`${row.path} is in ${split}, its split is ${row.split ?? 'none'}`);
    },
    warnings() {
      const hasSplits = layout?.splitLevel != null;
      return options.place === 'root'
        ? [
            ...(hasSplits
              ? [
                  'Hugging Face does not see a metadata.jsonl at the root beside split folders; opsml 1.x does. For Hugging Face write one file in each split folder.',
                ]
              : []),
            ...(options.labelKey === 'label'
              ? [
                  'opsml keeps only caption, categories and objects: it drops the key label. Choose categories for opsml.',
                ]
              : []),
            ...(options.predictions
              ? ['opsml drops the keys predicted and confidence when it rewrites the file.']
              : []),
            ...(fields.length > 0 ? ['opsml drops the keys of fields when it rewrites the file.'] : []),
            ...partial(dataset),
            ...dates(labels),
          ]
        : [
            ...(hasSplits
              ? []
              : [
                  'No split folders were recognised, so there is one metadata.jsonl at the root, and Hugging Face loads all of it as train.',
                ]),
            ...wordsAsSplits(wordFolders, hasSplits),
            ...unknownSplitFolders(layout),
            ...(wordFolders.size === 0 && !hasSplits
              ? nameWord.tell(
                  (n, path) =>
                    `${count(n, 'file name')} hold${n === 1 ? 's' : ''} a split word (${path}): Hugging Face then loads only such files.`,
                )
              : []),
            ...moved.tell(
              (n, example) => `${count(n, 'picture')} changed split, but Hugging Face goes by the folder: ${example}.`,
            ),
            ...notListed.tell(
              (n, path) => `Hugging Face does not list ${count(n, 'file')} by the extension, such as ${path}.`,
            ),
            ...hiddenFolder.tell(
              (n, directory) =>
                `Hugging Face passes over ${count(n, 'picture')} below a folder that begins with “__”, such as ${directory}.`,
            ),
            ...nullColumns(files, options, fields),
            ...missingFolders(dataset, files),
            ...partial(dataset),
            ...dates(labels),
          ];
    },
  };
}

/** The split of the folder that a path lies in, by the layout; null where folders tell none. */
function folderSplit(path: string, layout: ExportDataset['layout']): string | null {
  if (layout?.splitLevel == null) return null;
  const name = directoryOf(path).split('/')[layout.splitLevel];
  return layout.splits.find(([folder]) => folder === name)?.[1] ?? null;
}

function partial({ filtered, excluded }: ExportDataset): string[] {
  if (!filtered && excluded === 0) return [];
  const what = filtered
    ? 'Only what the filter shows is written'
    : `${count(excluded, 'excluded picture')} ${excluded === 1 ? 'is' : 'are'} not written`;
  return [`${what}: Hugging Face loads no picture without a line, so the others disappear for it.`];
}

/** Hugging Face's split rule looks at every folder of a path, metadata or not. */
function wordsAsSplits(words: ReadonlySet<string>, hasSplits: boolean): string[] {
  if (words.size === 0) return [];
  const what = hasSplits
    ? 'pictures below it are then in two splits or in the wrong one'
    : 'all other folders are then not loaded';
  return [`Hugging Face takes the folder ${quoteSome([...words])} for a split by its name: ${what}. Rename it.`];
}

/** Folders that Vitrine takes for splits and Hugging Face does not: it knows lower case only. */
function unknownSplitFolders(layout: ExportDataset['layout']): string[] {
  const unknown = (layout?.splits ?? []).filter(([folder, split]) => huggingFaceSplit(folder) !== split);
  if (unknown.length === 0) return [];
  const names = quoteSome(unknown.map(([folder]) => folder));
  return [`Hugging Face does not take the folder ${names} for that split: rename it to train, validation or test.`];
}

/** A key that is null in all lines of one file has another type there than in the other splits; loading fails. */
function nullColumns(
  files: ReadonlyMap<string, FileTally>,
  options: JsonlLintOptions,
  fields: readonly Field[],
): string[] {
  if (files.size < 2) return [];
  const name = (folder: string): string => (folder === '' ? 'the root' : folder);
  const tell = (key: string, known: (file: FileTally) => number): string[] => {
    const without = [...files].filter(([, file]) => known(file) === 0).map(([folder]) => name(folder));
    if (without.length === 0 || without.length === files.size) return [];
    return [
      `In ${quoteSome(without)} no picture has a ${key}: Hugging Face then finds different types between splits and stops. Leave the split out or label a picture.`,
    ];
  };
  return [
    ...tell(options.labelKey === 'label' ? 'label' : 'label (key categories)', (file) => file.labelled),
    ...(options.predictions ? tell('prediction', (file) => file.predicted) : []),
    ...fields.flatMap(({ name, title }) => tell(`value of ${title}`, (file) => file.fields.get(name) ?? 0)),
  ];
}

/** If one split has metadata and another has not, datasets stops. */
function missingFolders({ layout }: ExportDataset, files: ReadonlyMap<string, unknown>): string[] {
  if (layout?.splitLevel == null) return [];
  const { splitLevel, splits } = layout;
  const written = new Set([...files.keys()].map((folder) => folder.split('/')[splitLevel]));
  const missing = splits.map(([folder]) => folder).filter((folder) => !written.has(folder));
  if (missing.length === 0) return [];
  return [
    `The split folder ${quoteSome(missing)} gets no metadata.jsonl, because none of its pictures is written: Hugging Face stops when only some splits have one.`,
  ];
}

function dates(labels: ReadonlySet<string>): string[] {
  if (labels.size === 0 || [...labels].some((name) => !isoDate.test(name))) return [];
  return [`All classes look like dates (${quoteSome([...labels])}): Hugging Face turns them into timestamps.`];
}
