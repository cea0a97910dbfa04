// What goes in and out of an open dataset's session beside rows: facts, embeddings, predictions, jobs and events. Types only.
import type { DatasetState, SampleId, ViewInfo } from '../catalog/types.ts';
import type { Evaluation, SeveralLabels } from '../learn/types.ts';
import type { ImageFormat } from '../pixels/types.ts';

export interface DecodedFacts {
  id: SampleId;
  state: 'readable' | 'unsupported' | 'unreadable';
  format: ImageFormat;
  width?: number;
  height?: number;
  reason?: string;
}

export interface EmbedCommit {
  key: string;
  ids: Uint32Array;
  facts: DecodedFacts[];
  /** Classes of the backbone's own logits: names are sent once, codes index them. */
  zeroShot?: { classes: string[]; codes: Uint16Array; confidence: Float32Array };
}

export interface TrainingSet {
  dataset: string;
  ids: Uint32Array;
  /** Class id; -1: unlabelled or more than one label. */
  labels: Int32Array;
  /** Index into `splits`; -1: none. */
  split: Int32Array;
  excluded: Uint8Array;
  splits: string[];
  classes: { id: number; name: string }[];
  /** Where a picture may have several labels. */
  several?: SeveralLabels;
}

/** Pictures whose files are equal byte for byte. */
export interface DuplicateReport {
  /** The first 1,000, those that span several splits first; the first 1,000 rows of each, and all of its splits. */
  groups: { ids: number[]; paths: string[]; splits: string[] }[];
  /** Pictures that are there twice or more, and how many of them lie in several splits. */
  total: number;
  acrossSplits: number;
  /** Files of these pictures, and the bytes that all but one of each take. */
  files: number;
  bytes: number;
  /** Files that could not be compared: gone, locked, or changed since the folder was read. */
  unreadable: number;
}

/** One prediction a row; arrays have the length of `ids`. Class ids are the dataset's. */
export interface PredictionCommit {
  ids: Uint32Array;
  predicted: Int32Array;
  confidence: Float32Array;
  margin: Float32Array;
  entropy: Float32Array;
  /** Out-of-fold (or held-out) probability of the given label; NaN where there is none. */
  labelConfidence: Float32Array;
  evaluation: Evaluation;
  probe: StoredProbe;
}

export interface StoredProbe {
  backbone: string;
  embeddingKey: string;
  classes: { id: number; name: string }[];
  dim: number;
  C: number;
  /** [k, dim] row-major; k = 1 for two classes */
  W: Float64Array<ArrayBuffer>;
  b: Float64Array<ArrayBuffer>;
  /** One answer a class, k = classes; absent: one class is true. */
  answers?: 'several';
}

/** A background job of the catalog worker. */
export interface CatalogJob {
  id: string;
  kind: 'scan' | 'facts' | 'details';
  state: 'running' | 'paused' | 'done' | 'failed';
  done: number;
  total?: number;
  rate?: number;
  message?: string;
}

export type CatalogEvent =
  | { type: 'dataset'; state: DatasetState }
  /** A live view was evaluated again: its windows are stale. */
  | { type: 'view'; view: ViewInfo }
  /** Values changed without changing a view's order: windows and facets are stale. */
  | { type: 'change'; fields: string[] }
  | { type: 'job'; job: CatalogJob };
