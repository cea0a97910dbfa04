// Reads a LightlyTrain dataset: each split is a folder of class folders or a CSV, as LightlyTrain itself decides it.
import { throwIfAborted } from '../../shared/errors.ts';
import { byCodePoint } from '../pictures.ts';
import { createKeys } from '../text/keys.ts';
import type { DatasetFiles, FormatOptions, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { createLabelReader } from './labels.ts';
import { type LightlyTrainOptions, readOptions } from './options.ts';
import { readCsvSplit } from './read-csv.ts';
import { classFoldersOf, isFolder, readFolderSplit } from './read-folder.ts';

/** What the readers of both kinds share. */
export interface Reading {
  files: DatasetFiles;
  options: LightlyTrainOptions;
  labels: ReturnType<typeof createLabelReader>;
  keys: ReturnType<typeof createKeys>;
  counts: { found: number; imported: number; leftOut: number };
  notes: Set<string>;
  severalLabels: boolean;
  signal?: AbortSignal;
}

/** Rows and issues that a split gives, with the share of it that is read, 0 … 1. */
export interface SplitStep {
  rows: ImportRow[];
  issues: ImportIssue[];
  share: number;
}

/** LightlyTrain's keys and Vitrine's names of the splits. */
const SPLITS = [
  ['train', 'train'],
  ['val', 'validation'],
  ['test', 'test'],
] as const;

/**
 * Rows as LightlyTrain 0.17 lists them, with a reason for everything that it passes over without a word: missing files, empty cells, other
 * extensions, folders that are no class. Classes outside the map do not stop the import: they are kept as written and told.
 *
 * Errors: `bad-input` for options and CSV files that cannot be read (with line and column), `unreadable` for bytes that are no text, `aborted`.
 */
export async function* readLightlyTrain(
  files: DatasetFiles,
  given: FormatOptions,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const options = readOptions(given);
  const reading: Reading = {
    files,
    options,
    labels: createLabelReader(options),
    keys: createKeys(),
    counts: { found: 0, imported: 0, leftOut: 0 },
    notes: new Set(),
    severalLabels: false,
    ...(signal ? { signal } : {}),
  };
  const paths = SPLITS.map(([key, split]) => ({ path: options[key], split })).filter(({ path }) => path !== '');
  const folders = paths.filter(({ path }) => isFolder(files, path)).map(({ path }) => path);
  const classes = options.classes ?? classFoldersOf(files, folders);
  yield { rows: [], issues: mapIssues(options, folders.length > 0) };
  for (const [done, { path, split }] of paths.entries()) {
    throwIfAborted(signal);
    if (folders.includes(path)) yield* share(readFolderSplit(reading, path, split, classes), done, paths.length);
    else if (files.others.includes(path) || files.pictures.has(path))
      yield* share(readCsvSplit(reading, path, split), done, paths.length);
    else yield { rows: [], issues: [noSuchSplit(path, split)] };
  }
  return {
    ...reading.counts,
    classes: classList(reading, classes),
    fields: reading.keys.fields(),
    multiLabel: options.classification_task === 'multilabel' || reading.severalLabels,
    notes: [...reading.notes],
  };
}

async function* share(
  steps: AsyncGenerator<SplitStep, void, undefined>,
  done: number,
  all: number,
): AsyncGenerator<ImportBatch, void, undefined> {
  for await (const { rows, issues, share: part } of steps) yield { rows, issues, progress: (done + part) / all };
}

/** Classes in map order without the ignored ones, then those that only the files name. A name with two ids has the later one. */
function classList({ options, labels }: Reading, classes: LightlyTrainOptions['classes']): ImportSummary['classes'] {
  const ignore = new Set(options.ignore_classes);
  const list = new Map<string, { name: string; id?: number }>();
  for (const [id, name] of classes ?? []) {
    if (options.classes === null) list.set(name, { name });
    else if (!ignore.has(id)) list.set(name, { name, id });
  }
  const found = [...labels.found()].filter((name) => !list.has(name)).sort(byCodePoint);
  return [...list.values(), ...found.map((name) => ({ name }))];
}

/** What is odd about the class map itself. */
function mapIssues({ classes }: LightlyTrainOptions, folders: boolean): ImportIssue[] {
  const note = (reason: string, text: string): ImportIssue => ({ kind: 'note', file: '', reason, text });
  const ids = new Map<string, number>();
  const issues: ImportIssue[] = [];
  for (const [id, name] of classes ?? []) {
    const earlier = ids.get(name);
    if (earlier !== undefined)
      issues.push(
        note(
          'duplicate-class',
          `The ids ${earlier} and ${id} both have the name “${name}”; LightlyTrain uses ${id} only.`,
        ),
      );
    ids.set(name, id);
    if (name.trim() !== name || name === '')
      issues.push(
        note(
          'unmatchable-class',
          `The class “${name}” (${id}) is empty or has blanks at its ends, so no label of a CSV can match it. Rename it.`,
        ),
      );
    else if (folders && name.split('/').includes('..'))
      issues.push(
        note(
          'unmatchable-class',
          `The class “${name}” (${id}) leads out of the split's folder, so no folder is read for it.`,
        ),
      );
  }
  return issues;
}

function noSuchSplit(path: string, split: string): ImportIssue {
  return {
    kind: 'note',
    file: path,
    path,
    reason: 'missing-split',
    text: `${path}, the ${split} split, is neither a file nor a folder with files here, so nothing is read for it.`,
  };
}
