// What a person chose to save, as one flat record for the form, and the export's options made of it. Pure.
import type { Field, Query } from '../../catalog/types.ts';
import type { SystemChoice } from '../../jobs/export-system.ts';
import type { ExportOptions } from '../../jobs/export-types.ts';

export interface Choice {
  what: 'csv' | 'metadata-jsonl' | 'system' | 'probe';
  /** Which system, with its options; null: the list is not there yet. */
  system: SystemChoice | null;
  /** Only what the filters leave, instead of everything. */
  filtered: boolean;
  files: 'per-split' | 'one';
  prefix: string;
  predictions: boolean;
  probabilities: boolean;
  place: 'split-folders' | 'root';
  labelKey: 'label' | 'categories';
  /** Names of fields that go along. */
  fields: readonly string[];
  /** Those that identify a person, too. */
  person: boolean;
}

/** Said by the path, or decided by every export itself. */
const saidAnyway = new Set(['path', 'directory', 'name', 'readable']);

/** Fields of files and of a person's metadata that an export may carry. */
export const exportable = (fields: readonly Field[]): Field[] =>
  fields.filter(({ name, origin }) => (origin === 'file' || origin === 'metadata') && !saidAnyway.has(name));

/** What a file of the dataset is called among the browser's downloads, which are all in one folder: 'train/metadata.jsonl' is 'train-metadata.jsonl'. */
export const downloadName = (path: string): string => path.replaceAll('/', '-');

/** The options of a choice; 'probe' has its own way out and counts as CSV here. */
export function optionsOf(choice: Choice, query: Query): ExportOptions {
  const also = {
    ...(choice.filtered && query.filter ? { filter: query.filter } : {}),
    ...(choice.fields.length > 0 ? { fields: choice.fields } : {}),
    ...(choice.person ? { person: true } : {}),
  };
  if (choice.what === 'system' && choice.system)
    return { ...also, format: 'system', system: choice.system.system, options: choice.system.options };
  if (choice.what === 'metadata-jsonl')
    return {
      ...also,
      format: 'metadata-jsonl',
      place: choice.place,
      labelKey: choice.labelKey,
      predictions: choice.predictions,
    };
  return {
    ...also,
    format: 'csv',
    files: choice.files,
    prefix: choice.prefix,
    predictions: choice.predictions,
    probabilities: choice.probabilities,
  };
}
