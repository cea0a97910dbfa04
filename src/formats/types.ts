// What a dataset system's format is made of: what it may look at, what reading and writing give, and how a person may change its options.
import type { Field, Layout } from '../catalog/types.ts';

// ---------------------------------------------------------------- a system

/** Plain JSON; each format documents its own and gives complete ones with every detection. */
export type FormatOptions = Readonly<Record<string, unknown>>;

/** One option as the import and export panels show it. */
export interface OptionField {
  key: string;
  title: string;
  /** One sentence: what it changes. */
  help?: string;
  kind: 'text' | 'switch' | 'choice' | 'file' | 'pairs';
  /** For `choice`; for `file` the paths that fit. */
  choices?: readonly { value: string; title: string }[];
}

/** A dataset system. Adding one is one folder with this in its `index.ts`, and a line in the registry. */
export interface DatasetFormat {
  id: FormatId;
  title: string;
  /** Every dataset of this system among the files, best first; none: an empty list. Names and first bytes only. Errors: `aborted`. */
  detect(files: DatasetFiles, options?: { signal?: AbortSignal }): Promise<Detection[]>;
  /** What a person may change of a detection's options, with the choices that its files allow. */
  importOptions(files: DatasetFiles, options: FormatOptions): Promise<OptionField[]>;
  /**
   * Streams what the files say of the pictures; returns what is known at the end. A line, row or file that cannot be used is an issue,
   * never an error; an error (`bad-input`, `unreadable`, `unsupported`, `too-large`) means that nothing of the import can be used.
   */
  read(
    files: DatasetFiles,
    options: FormatOptions,
    context?: { signal?: AbortSignal },
  ): AsyncGenerator<ImportBatch, ImportSummary, undefined>;
}

/** The dataset systems; one folder in formats each. */
export type FormatId = 'lightly-train' | 'imagefolder' | 'dbcollection' | 'deepq' | 'lightly-studio';

// ---------------------------------------------------------------- reading

/** The files of a dataset as a format sees them. Paths are relative to the opened folder or zip, '/'-separated. */
export interface DatasetFiles {
  /** Name of the folder or zip. */
  readonly name: string;
  readonly pictures: PictureIndex;
  /** Files that are no pictures, in path order: csv, jsonl, yaml, h5, mat, txt, parquet, … */
  readonly others: readonly string[];
  size(path: string): Promise<number>;
  /** Bytes [from, to) of a file, fewer where it ends. Errors: `not-found`, `unreadable`, `permission`. */
  bytes(path: string, from?: number, to?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The file as the platform has it, where it has one: for libraries that seek in it. Errors: as `bytes`. */
  blob?(path: string): Promise<Blob>;
  /** The whole file in chunks, for what can be large. */
  chunks(path: string, options?: { signal?: AbortSignal }): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Finds the picture that a text in a file means. */
export interface PictureIndex {
  readonly size: number;
  /** All paths, in the order of their code points. */
  paths(): readonly string[];
  has(path: string): boolean;
  /** Pictures whose path ends with all parts of `path` ('a/b.png' fits 'x/a/b.png', not 'xa/b.png'). */
  endingWith(path: string): readonly string[];
  /**
   * Pictures that share the longest run of whole parts with the end of `path`: how absolute paths of another machine are matched. `folded`
   * compares without case and in NFC. Empty: not even the file name occurs. More than one: ambiguous.
   */
  longestSuffix(path: string, options?: { folded?: boolean }): readonly string[];
}

/** One way in which the files can be understood. */
export interface Detection {
  format: FormatId;
  /** 'CSV of LightlyTrain', 'metadata.jsonl in 2 split folders'. */
  title: string;
  /** What was found, with counts, one sentence. */
  text: string;
  /** 0 … 1: how surely these files are of this system; the highest is preselected. */
  confidence: number;
  /** Only folders tell it, and those are read anyway: not offered unasked. */
  folders?: true;
  options: FormatOptions;
}

/** A value of a field: text, a number, yes or no; `json`: any other JSON value as its raw text. Absent keys have no value; null was written as null. */
export type FieldValue = string | number | boolean | null | { json: string };

/** What a file says of one picture. Absent keys say nothing; several rows may speak of one picture. */
export interface ImportRow {
  /** A path of the picture index. */
  path: string;
  split?: string;
  /** Positive classes by name, in the file's order; [] says: none of them. */
  labels?: readonly string[];
  /** Classes that it is known not to have. */
  negatives?: readonly string[];
  fields?: Readonly<Record<string, FieldValue>>;
  file: string;
  /** 1-based. */
  line?: number;
}

/** A file, line or value that is not imported, or imported otherwise than it looks. */
export interface ImportIssue {
  /** `left-out`: it is not imported. `note`: it is, as `text` says. */
  kind: 'left-out' | 'note';
  file: string;
  /** 1-based. */
  line?: number;
  /** 1-based, in characters. */
  column?: number;
  /** What it would have been about: the path as it stands in the file. */
  path?: string;
  /** Stable word for counting: 'missing-file', 'unknown-class', 'unterminated-quote', … */
  reason: string;
  /** One sentence: what, and what to change. */
  text: string;
}

/** A few thousand records at a time. */
export interface ImportBatch {
  rows: ImportRow[];
  issues: ImportIssue[];
  /** 0 … 1 of the bytes that will be read. */
  progress?: number;
}

/** What is known when everything was read. */
export interface ImportSummary {
  /** Records of all files (lines, rows, entries). found = imported + left out holds for every import. */
  found: number;
  imported: number;
  leftOut: number;
  /** Classes in the system's own order, with its ids where it has some, and the words that people know them by where the name is a key. */
  classes: readonly { name: string; id?: number; title?: string }[];
  /** Fields that rows gave values for, typed over the whole import. */
  fields: readonly Field[];
  /** True when pictures may have several labels. */
  multiLabel: boolean;
  /** Sentences about the whole: bugs of the writer that were healed, what the system itself would drop. */
  notes: readonly string[];
}

// ---------------------------------------------------------------- writing

/** One sample as files tell it: names, no ids. */
export interface ExportRow {
  /** Relative to the opened folder, '/'-separated. */
  path: string;
  split: string | null;
  /** Names of the positive classes, in the order of the class list; empty: unlabelled. */
  labels: readonly string[];
  /** Names of the known negative classes. */
  negatives?: readonly string[];
  predicted: string | null;
  /** Probability of the predicted class, 0 … 1. */
  confidence: number | null;
  /** [classes] in the order of `ExportDataset.probabilityClasses`; only when asked for and known. */
  probabilities?: ArrayLike<number>;
  /** Values of the fields that were asked for. */
  fields?: Readonly<Record<string, FieldValue>>;
}

/** What is exported. The rows are those of the filter that are not excluded, in the order a person sees (directory, natural name). */
export interface ExportDataset {
  name: string;
  /** Class names in the order of the class list; positions are the ids of the class map. */
  classes: readonly string[];
  /** Splits that occur. */
  splits: readonly string[];
  /** True when a sample may have several labels: then the label is a list wherever the format has types. */
  multiLabel: boolean;
  /** How folders were read; tells which folder holds a split. Null: folders mean nothing. */
  layout: Layout | null;
  /** Samples of the dataset that are not excluded, and those excluded, whatever the filter. */
  size: number;
  excluded: number;
  /** True when a filter narrows the rows. */
  filtered: boolean;
  /** How labels and metadata were imported the last time: what is written fits those files. */
  imported?: { format: FormatId; options: FormatOptions };
  /** Classes of the probability columns, in their order; absent: there is no probe. */
  probabilityClasses?: readonly string[];
  /** Fields that rows give values for, in their order. */
  fields?: readonly Field[];
  /** Fields that were asked for and are left out, because they identify a person. */
  withheld?: readonly Field[];
  /** A fresh pass over the rows, a few thousand at a time. `probabilities` asks for that field in each row that has a vector. */
  rows(options: { probabilities: boolean; signal?: AbortSignal }): AsyncIterable<readonly ExportRow[]>;
}

/** What writing may read beside the rows. */
export interface WriteContext {
  /** The file that was imported, as it is now; null: there was none, or it is gone. Untouched lines of it are written byte for byte. */
  original(path: string): Promise<AsyncIterable<Uint8Array<ArrayBuffer>> | null>;
  /** The bytes of a picture, for formats that carry them. Errors: `not-found`, `permission`. */
  picture(path: string): Promise<Blob>;
  /** A JPEG of the picture at the size that `sizeOf` gives for its own. Errors: `unreadable`, `unsupported`, and those of `sizeOf`. */
  shrink?(picture: Blob, sizeOf: (width: number, height: number) => { width: number; height: number }): Promise<Blob>;
  signal?: AbortSignal;
}

/** A file to be saved; `content` streams once, and nothing is computed before it is read: a plan only lists the paths. */
export interface WrittenFile {
  path: string;
  content: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Something to run on the written files: shown after saving, ready to be pasted. */
export interface Script {
  title: string;
  language: 'python' | 'yaml' | 'text';
  text: string;
}

/** The writing side of a dataset system, `writer` in its `index.ts`. */
export interface FormatWriter {
  id: FormatId;
  /** 'DeepQ zip', 'dbcollection HDF5'. */
  title: string;
  /** One sentence: what reads it. */
  text: string;
  /** Options that fit this dataset. */
  defaults(dataset: ExportDataset): FormatOptions;
  /** What a person may change of them. */
  exportOptions(dataset: ExportDataset, options: FormatOptions): OptionField[];
  /** The target's own rules, checked over the rows before anything is written. Errors: `bad-input` for what could not be read back. */
  lint(dataset: ExportDataset, options: FormatOptions): Lint;
  write(dataset: ExportDataset, options: FormatOptions, context: WriteContext): AsyncGenerator<WrittenFile>;
  scripts?(dataset: ExportDataset, options: FormatOptions): Script[];
}

/** Collects over the rows that will be written; `warnings` are sentences for people, each with the way out. */
export interface Lint {
  add(row: ExportRow): void;
  warnings(): string[];
}
