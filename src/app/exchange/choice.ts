// What a person chose to save, as one flat record for the form, and the export's options made of it. Pure.
import type { Query } from '../../catalog/types.ts';
import type { ExportOptions } from '../../jobs/export-types.ts';

export interface Choice {
  what: 'csv' | 'metadata-jsonl' | 'probe';
  /** Only what the filters leave, instead of everything. */
  filtered: boolean;
  files: 'per-split' | 'one';
  prefix: string;
  predictions: boolean;
  probabilities: boolean;
  place: 'split-folders' | 'root';
  labelKey: 'label' | 'categories';
}

/** What a file of the dataset is called among the browser's downloads, which are all in one folder: 'train/metadata.jsonl' is 'train-metadata.jsonl'. */
export const downloadName = (path: string): string => path.replaceAll('/', '-');

/** The options of a choice; 'probe' has its own way out and counts as CSV here. */
export function optionsOf(choice: Choice, query: Query): ExportOptions {
  const filter = choice.filtered && query.filter ? { filter: query.filter } : {};
  if (choice.what === 'metadata-jsonl')
    return {
      ...filter,
      format: 'metadata-jsonl',
      place: choice.place,
      labelKey: choice.labelKey,
      predictions: choice.predictions,
    };
  return {
    ...filter,
    format: 'csv',
    files: choice.files,
    prefix: choice.prefix,
    predictions: choice.predictions,
    probabilities: choice.probabilities,
  };
}
