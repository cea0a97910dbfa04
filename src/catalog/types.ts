// The words of the catalog: samples, fields, filters, views, facets, classes, edits and the state of a dataset.
import type { CodePage } from '../shared/code-page.ts';

/** Row id: a u32 in order of discovery, never reused. */
export type SampleId = number;
/** Index into the dataset's class list; never reused while the dataset lives. */
export type ClassId = number;

export type FieldType = 'integer' | 'number' | 'boolean' | 'category' | 'text' | 'classes' | 'date' | 'json';
export type FieldOrigin = 'file' | 'label' | 'prediction' | 'metadata';

/** One column as a person and the interface know it. Filters, facets, inspector and exports need nothing else. */
export interface Field {
  /** The name in filters: 'label', 'confidence', 'weather'. */
  name: string;
  /** The name on the screen: 'Label', 'Confidence', 'weather'. */
  title: string;
  type: FieldType;
  origin: FieldOrigin;
  /** How its facet looks; 'none': too many values for a list, only searched by text. */
  facet: 'values' | 'histogram' | 'switch' | 'none';
  /** Unit for people, e.g. 'px', 'bytes'. */
  unit?: string;
  /** Identifies a person; left out of exports unless asked for. */
  sensitive?: boolean;
}

export type Scalar = string | number | boolean;

/**
 * A filter tree. `is`/`in` compare whole values (class and split fields by name); `between` includes both ends, null is open;
 * `contains` is case-insensitive text, `matches` a regular expression; `missing` holds where a field has no value.
 * Built-in fields: path, name, directory, split, label, predicted, confidence, margin, entropy, disagrees, labelled, readable, excluded, reviewed,
 * format, width, height, size, modified, doubt (1 - out-of-fold probability of the label), backbone_class, backbone_confidence.
 */
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { field: string; is: Scalar }
  | { field: string; in: Scalar[] }
  | { field: string; between: [from: number | null, to: number | null] }
  | { field: string; contains: string }
  | { field: string; missing: true }
  | { field: string; matches: string };

export interface Query {
  filter?: Filter;
  sort?: { field: string; descending?: boolean }[];
  group?: string;
}

/** A contiguous range of a view that shares the value of the grouping field; null: no value. */
export interface Group {
  value: string | null;
  start: number;
  count: number;
}

/** A live view: it is evaluated again when what it depends on changes, and gets a higher version. */
export interface ViewInfo {
  view: number;
  version: number;
  count: number;
  /** Ranges in view order when the query groups, else empty. */
  groups: Group[];
  query: Query;
}

/** Whether a picture could be decoded: not tried yet, yes, of a format that is not read, or broken. */
export type RowState = 'untried' | 'readable' | 'unsupported' | 'unreadable';

/** One row of a window of a view: what a grid cell shows. */
export interface Row {
  id: SampleId;
  path: string;
  /** Positive labels; one at most in a single-label dataset; empty: unlabelled. */
  labels: ClassId[];
  predicted: ClassId | null;
  confidence: number | null;
  excluded: boolean;
  state: RowState;
  /** Why it is not readable, a sentence without the path. */
  reason?: string;
  /** Value of the first sort field, for printing on the cell; null where it is missing or the sort is by path. */
  value: Scalar | null;
}

/** All that the inspector shows of one sample. */
export interface Sample extends Row {
  split: string | null;
  negatives: ClassId[];
  /** Every field that has a value, by name; dates are milliseconds since 1970. */
  fields: Record<string, unknown>;
  reviewed: boolean;
}

/** Counts of one field under all the *other* filters of a query. */
export type Facet =
  | {
      field: string;
      kind: 'values';
      /** Most frequent first; values with count 0 that exist in the dataset are kept. */
      values: { value: string; count: number }[];
      missing: number;
      /** Rows in values beyond the list's limit, and how many such values there are. */
      other: { rows: number; values: number };
    }
  | {
      field: string;
      kind: 'histogram';
      /** Bin edges over the whole dataset's finite range, one longer than counts; fixed while the data does not change. */
      edges: number[];
      counts: number[];
      missing: number;
      /** Rows whose value is known at all, without filters: 'sizes read: 812 of 3,781'. */
      known: number;
    }
  | { field: string; kind: 'switch'; yes: number; no: number; missing: number };

/** A class: `number` is what a person types (1-based position), `color` indexes the palette (0-11) and `count` its positive rows. */
export interface ClassInfo {
  id: ClassId;
  name: string;
  number: number;
  color: number;
  count: number;
}

/** How folders become splits and classes: levels count directories from the root (0 = the first); null: not from folders. */
export interface Layout {
  splitLevel: number | null;
  classLevel: number | null;
  /** Folder name at the split level -> split. Folders that are not listed give no split. */
  splits: [folder: string, split: string][];
}

/** What was recognised, for the panel that explains it. */
export interface LayoutProposal {
  layout: Layout;
  kind: 'class-folders' | 'split-folders' | 'flat';
  /** Depth of the deepest folder with pictures; class levels offered are 0 … depth - 1. */
  depth: number;
  classes: number;
  splits: { split: string; folder: string; count: number }[];
  /** Pictures that get no class under this layout. */
  unlabelled: number;
}

/** A change a person asks for. `rows` are ids. Class names, not ids, so that commands read like the interface. */
export type EditCommand =
  | { kind: 'label'; rows: Uint32Array; set: string[] | null } // null or []: unlabelled
  | { kind: 'label-change'; rows: Uint32Array; add?: string[]; remove?: string[]; negative?: string[] }
  /** Takes a class away where every row has it, else adds it to all. */
  | { kind: 'label-toggle'; rows: Uint32Array; name: string }
  | { kind: 'exclude'; rows: Uint32Array; value: boolean }
  | { kind: 'review'; rows: Uint32Array; value: boolean }
  | { kind: 'split'; rows: Uint32Array; value: string | null }
  | { kind: 'add-class'; name: string }
  | { kind: 'rename-class'; from: string; to: string }
  | { kind: 'remove-class'; name: string }
  | { kind: 'merge-classes'; from: string[]; into: string }
  /** Merges values by field; null clears one. A field that is new comes with its first value's type. */
  | { kind: 'metadata'; rows: [id: SampleId, values: Record<string, unknown>][] };

/** An edit that is durable. `text` says what happened, for toast and history: '1,204 labelled shirt'. */
export interface Edit {
  /** Position in the journal; grows by one. */
  id: number;
  text: string;
  rows: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** How a walk ended or how far it is. found = shown + leftOut always holds for files. */
export interface ScanReport {
  found: number;
  shown: number;
  leftOut: number;
  added: number;
  removed: number;
  changed: number;
  seconds: number;
}

/** Embeddings that exist for a backbone. */
export interface EmbeddingState {
  key: string;
  backbone: string;
  title: string;
  dim: number;
  /** Rows that have a vector, of those that can have one. */
  have: number;
  total: number;
  /** A job was started and has not finished: offer to resume it. */
  unfinished: boolean;
}

/**
 * How a dataset's deep pictures are looked at, by the eye and by the model alike; what is absent is as the file says. `range` is for more
 * than 8 bits, `window` (centre and width in rescaled values) for DICOM, where it goes before `range`. Frames are the first or the middle one.
 */
export interface DeepView {
  range?: 'file' | { percentiles: [low: number, high: number] } | { low: number; high: number };
  window?: { center: number; width: number };
  frame?: 'middle';
}

/** The state of the open dataset as the page mirrors it; sent whole whenever it changes (at most every 100 ms while walking). */
export interface DatasetState {
  id: string;
  name: string;
  kind: 'directory' | 'files' | 'zip';
  /** 'owner' may edit; 'reader': another tab owns it. */
  access: 'owner' | 'reader';
  /** Whether files can be read now; 'prompt' needs a click, 'lost': the folder is gone. */
  permission: 'granted' | 'prompt' | 'denied' | 'lost';
  /** True when exports can be written into the opened folder (after permission was asked); not for the sample, which nobody would find. */
  writable: boolean;
  /** Present rows, those excluded among them, labelled rows, rows that cannot be read. */
  size: number;
  excluded: number;
  labelled: number;
  unreadable: number;
  /** Rows whose label differs from the prediction, and those of them not reviewed yet. */
  disagreeing: number;
  toReview: number;
  classes: ClassInfo[];
  /** A picture may have several labels: one has, or the import said so. */
  multiLabel: boolean;
  splits: string[];
  fields: Field[];
  proposal: LayoutProposal | null;
  /** False until the person has accepted or changed what was recognised (an edit accepts). */
  layoutAccepted: boolean;
  scan: { state: 'walking' | 'done' | 'paused' | 'failed'; report: ScanReport; error?: string };
  /** Rows whose size and date have been read. */
  factsKnown: number;
  /** Made under the present `view`. */
  embeddings: EmbeddingState[];
  /** How deep pictures are looked at; absent: as the files say. */
  view?: DeepView;
  /** The dataset system that labels and metadata were imported from, the last time; absent: never. */
  imported?: string;
  /** Backbone and time of the latest stored evaluation, and how many edits came after it. */
  probe: { backbone: string; at: number; editsSince: number } | null;
  undo: string | null;
  redo: string | null;
  /** Edits since the last save into the folder or download. */
  unsavedExports: number;
  /** Journal position that is durable. */
  journal: number;
  persisted: boolean;
  /** Sentence when stored blocks were damaged and what was done. */
  damage?: string;
  /** Sentence when edits are saved, but not in the safety copy outside of the browser's database. */
  copyTrouble?: string;
}

/** A dataset as the start screen knows it. */
export interface DatasetInfo {
  id: string;
  name: string;
  kind: 'directory' | 'files' | 'zip';
  size: number;
  classes: number;
  /** Milliseconds since 1970. */
  openedAt: number;
  /** First four pictures, kept so that they show before any permission. */
  pictures: Blob[];
  handle?: FileSystemDirectoryHandle;
  /** The zip, where the browser gave a way back to it, and what was chosen for the names in it. */
  zipHandle?: FileSystemFileHandle;
  codePage?: CodePage;
  /** The browser lost its database; these edits came back from the safety copy. Without a handle the folder has to be chosen again. */
  restored?: { edits: number; damaged: boolean };
}
