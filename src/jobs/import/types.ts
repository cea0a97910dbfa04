// What an import tells before it is committed, and how it is remembered. Types only.
import type { Field } from '../../catalog/types.ts';
import type { FormatId, FormatOptions, ImportIssue } from '../../formats/types.ts';

/** How the files of a dataset were read the last time: stored with it, and repeated on a rescan. */
export interface ImportRecipe {
  format: FormatId;
  options: FormatOptions;
  multiLabel: boolean;
  /** Files that were read, as they were: when none differs and no picture came, there is nothing to repeat. */
  files: ReadFile[];
  /** Those of them from outside the folder, which are kept in the browser's own storage. */
  kept: string[];
  /** Milliseconds since 1970. */
  at: number;
  /** Journal position of the edit that it made; once that is taken back, the import is neither repeated nor spoken of. */
  edit: number;
  undone: boolean;
}

/** A file that was read; `modified` in milliseconds since 1970. */
export interface ReadFile {
  path: string;
  size: number;
  modified: number;
}

/** A picture for which the files say something else than what is shown now. */
export interface ImportConflict {
  path: string;
  present: string[];
  imported: string[];
}

/** Everything that an import would do; nothing is changed yet. */
export interface ImportPlan {
  format: FormatId;
  options: FormatOptions;
  /** Records of all files; found = imported + leftOut. */
  found: number;
  imported: number;
  leftOut: number;
  /** Pictures that the files speak of, those that get a label, and those that they say nothing of. */
  pictures: number;
  labelled: number;
  untouched: number;
  multiLabel: boolean;
  /** In the system's own order; `id` is the system's number of the class, `title` the words for a name that is a key. */
  classes: { name: string; id?: number; title?: string; pictures: number; isNew: boolean }[];
  splits: { name: string; pictures: number }[];
  /** Fields as they will be called here; `from` is the name in the files where it differs. */
  fields: { field: Field; from?: string; values: number }[];
  notes: string[];
  issues: { total: number; byReason: Record<string, number>; first: ImportIssue[] };
  /** Pictures whose label in the files is another than the one here. */
  conflicts: { total: number; first: ImportConflict[] };
  /** Pictures that the files put into several splits. */
  leakage: { total: number; first: { path: string; splits: string[] }[] };
  /** The first pictures as they will be. */
  preview: {
    path: string;
    split?: string;
    labels?: readonly string[];
    negatives?: readonly string[];
    fields: Record<string, string>;
  }[];
}

/** Which label counts where the files and the dataset differ. */
export type ImportPreference = 'files' | 'present';
