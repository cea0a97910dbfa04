// Which file each sample of an export goes to, and how its line is written there.
import { type CsvLayout, chooseLabelDelimiter, csvHeader, csvLine } from '../formats/csv.ts';
import { createCsvLint, type Lint, requireCsvNames } from '../formats/csv-lint.ts';
import { createJsonlWriter } from '../formats/metadata-jsonl.ts';
import { createJsonlLint } from '../formats/metadata-jsonl-lint.ts';
import { splitFolderOf } from '../formats/split-folders.ts';
import type { ExportDataset, ExportRow } from '../formats/types.ts';
import { VitrineError } from '../shared/errors.ts';
import { joinPath } from '../shared/paths.ts';
import type { LineExportOptions } from './export-types.ts';

/** An export as functions over rows: pure, the same for the plan and for writing. */
export interface ExportFiles {
  /** Path of the file that a row is written to, relative to the folder; null: the row is left out. */
  pathOf(row: ExportRow): string | null;
  /** What stands at the top of each file; '' for none. */
  header: string;
  line(row: ExportRow): string;
  /** The header and a line without probabilities, for the preview. */
  previewHeader: string;
  previewLine(row: ExportRow): string;
  /** Whether rows need `probabilities`. */
  probabilities: boolean;
  lint(): Lint;
}

/** How `options` lay `dataset` out in files. Errors: `bad-input` for class names the reader cannot match, `no-data` without a probe. */
export function layOutFiles(dataset: ExportDataset, options: LineExportOptions): ExportFiles {
  return options.format === 'csv' ? csvFiles(dataset, options) : jsonlFiles(dataset, options);
}

type CsvOptions = Extract<LineExportOptions, { format: 'csv' }>;
type JsonlOptions = Extract<LineExportOptions, { format: 'metadata-jsonl' }>;

function csvFiles(dataset: ExportDataset, options: CsvOptions): ExportFiles {
  requireCsvNames(dataset.classes);
  if (options.probabilities && dataset.probabilityClasses === undefined)
    throw new VitrineError('no-data', 'There are no probabilities yet. Train a classifier, or save without them.');
  const layout: CsvLayout = {
    prefix: options.prefix,
    labelDelimiter: chooseLabelDelimiter(dataset.classes),
    splitColumn: options.files === 'one',
    predictions: options.predictions,
    probabilityClasses: options.probabilities ? (dataset.probabilityClasses ?? []) : [],
    fields: dataset.fields ?? [],
  };
  const probabilities = layout.probabilityClasses.length > 0;
  const shown = { ...layout, probabilityClasses: [] };
  const names = csvFileNames(dataset.splits);
  // Unlabelled rows are dropped by the reader; they are worth a line only for what was predicted.
  const keepUnlabelled = options.predictions || options.probabilities;
  return {
    pathOf: (row) => {
      if (row.labels.length === 0 && !keepUnlabelled) return null;
      return options.files === 'one' ? 'labels.csv' : (names.get(row.split) ?? 'labels.csv');
    },
    header: csvHeader(layout),
    line: (row) => csvLine(row, layout),
    previewHeader: previewOf(csvHeader(shown), probabilities),
    previewLine: (row) => previewOf(csvLine(row, shown), probabilities),
    probabilities,
    lint: () => createCsvLint(dataset, layout, options.files),
  };
}

const previewOf = (line: string, more: boolean): string => line.slice(0, -1) + (more ? ',…' : '');

/**
 * File names of splits: `train.csv`. Characters that file systems refuse become '-', and names that differ only by case get a number,
 * because Windows and macOS take them for one file. Samples without a split go to `no-split.csv`.
 */
export function csvFileNames(splits: readonly string[]): Map<string | null, string> {
  const taken = new Set<string>(['no-split']);
  const names = new Map<string | null, string>([[null, splits.length === 0 ? 'labels.csv' : 'no-split.csv']]);
  for (const split of splits) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
    const base = split.replaceAll(/[\\/:*?"<>|~\u0000-\u001f]|^\.|[. ]+$/g, '-').trim() || 'split';
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}`;
    taken.add(name.toLowerCase());
    names.set(split, `${name}.csv`);
  }
  return names;
}

function jsonlFiles(dataset: ExportDataset, options: JsonlOptions): ExportFiles {
  const folderOf = options.place === 'root' ? () => '' : splitFolderOf(dataset.layout);
  const write = createJsonlWriter({
    labelKey: options.labelKey,
    list: dataset.multiLabel,
    predictions: options.predictions,
    fields: dataset.fields ?? [],
  });
  const line = (row: ExportRow): string => write(row, folderOf(row.path) ?? '');
  return {
    pathOf: (row) => {
      const folder = folderOf(row.path);
      return folder === null ? null : joinPath(folder, 'metadata.jsonl');
    },
    header: '',
    line,
    previewHeader: '',
    previewLine: (row) => line(row).slice(0, -1),
    probabilities: false,
    lint: () => createJsonlLint(dataset, { ...options, folderOf: (path) => folderOf(path) ?? '' }),
  };
}
