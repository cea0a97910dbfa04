// What exports are written from: rows by name, in batches, as the session reads them from the catalog.
import type { Layout } from '../catalog/types.ts';

/** One sample as files tell it: names, no ids. */
export interface ExportRow {
  /** Relative to the opened folder, '/'-separated. */
  path: string;
  split: string | null;
  /** Names of the positive classes, in the order of the class list; empty: unlabelled. */
  labels: readonly string[];
  predicted: string | null;
  /** Probability of the predicted class, 0 … 1. */
  confidence: number | null;
  /** [classes] in the order of `ExportDataset.probabilityClasses`; only when asked for and known. */
  probabilities?: ArrayLike<number>;
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
  /** Classes of the probability columns, in their order; absent: there is no probe. */
  probabilityClasses?: readonly string[];
  /** A fresh pass over the rows, a few thousand at a time. `probabilities` asks for that field in each row that has a vector. */
  rows(options: { probabilities: boolean; signal?: AbortSignal }): AsyncIterable<readonly ExportRow[]>;
}
