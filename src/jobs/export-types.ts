// What is written out: options a person chooses, the plan they see first, and what was written.
import type { Filter } from '../catalog/types.ts';
import type { FormatId, FormatOptions, Script } from '../formats/types.ts';

/** What every export can carry besides paths and labels. */
interface ExportedFields {
  /** Names of fields, which become columns or keys behind the others. Absent: none; for a system all fields of metadata. */
  fields?: readonly string[];
  /** Fields that identify a person are written, too, when they are among `fields`; else they are left out. */
  person?: boolean;
}

/** Options of an export. `filter` absent: every sample that is not excluded. */
export type ExportOptions = { filter?: Filter } & ExportedFields &
  (
    | {
        format: 'csv';
        /** One file per split, or one file with a split column. */
        files: 'per-split' | 'one';
        /** Text put before each path: '' for relative paths, else e.g. '/data/clothing'. */
        prefix: string;
        predictions: boolean;
        probabilities: boolean;
      }
    | {
        format: 'metadata-jsonl';
        /** One file in each split folder (Hugging Face) or one at the root (opsml). */
        place: 'split-folders' | 'root';
        /** The key that holds the label. */
        labelKey: 'label' | 'categories';
        predictions: boolean;
      }
    /** The files of a dataset system, by its own options. */
    | { format: 'system'; system: FormatId; options: FormatOptions }
  );

/** Options of the formats that are lines of text. */
export type LineExportOptions = Exclude<ExportOptions, { format: 'system' }>;

/** One file that would be written. */
export interface PlannedFile {
  /** Relative to the folder. */
  path: string;
  rows: number;
  /** What is there now: nothing, or a file that would be replaced and kept as `backup`. */
  replaces: { bytes: number; backup: string } | null;
  /** First lines as they would be written; probabilities, which are computed while writing, stand as '…'. */
  preview: string[];
}

/** What a person sees before anything is written. */
export interface ExportPlan {
  files: PlannedFile[];
  /** Samples in the files and samples left out, with the reason in words. */
  samples: number;
  leftOut: { reason: string; count: number }[];
  /** Sentences about what the reader of these files will meet. */
  warnings: string[];
  /** Python to paste: LightlyTrain's `data` for these files; absent where there is no train and validation file. */
  snippet?: string;
}

/** What was written; `scripts` are ready to run on it. */
export interface ExportResult {
  files: { path: string; bytes: number; rows: number; backup?: string; blob?: Blob }[];
  snippet?: string;
  scripts?: Script[];
}
