// What the model told of rows, and what it is trained on.
import type { CodedColumn } from './columns/coded.ts';
import type { Table } from './table.ts';
import type { ClassId } from './types.ts';

/** One prediction a row; arrays have the length of `ids`. NaN in `labelConfidence`: the row has no label to judge. */
export interface Predictions {
  ids: Uint32Array;
  /** Class ids. */
  predicted: Int32Array;
  confidence: Float32Array;
  margin: Float32Array;
  entropy: Float32Array;
  /** Out-of-fold (or held-out) probability of the given label. */
  labelConfidence: Float32Array;
}

/** Replaces all predictions: rows that are not named have none afterwards. */
export function setPredictions(table: Table, predictions: Predictions): void {
  clearPredictions(table);
  const { predicted, confidence, margin, entropy, doubt } = table.builtIn;
  predictions.ids.forEach((id, i) => {
    predicted.write(id, predictions.predicted[i] ?? -1);
    confidence.write(id, predictions.confidence[i] ?? Number.NaN);
    margin.write(id, predictions.margin[i] ?? Number.NaN);
    entropy.write(id, predictions.entropy[i] ?? Number.NaN);
    doubt.write(id, 1 - (predictions.labelConfidence[i] ?? Number.NaN));
  });
}

/** Forgets all predictions. */
export function clearPredictions(table: Table): void {
  const { predicted, confidence, margin, entropy, doubt } = table.builtIn;
  for (let row = 0; row < table.rowCount; row++) {
    if (!predicted.has(row)) continue;
    for (const column of [predicted, confidence, margin, entropy, doubt]) column.clear(row);
  }
}

/** Classes of the backbone's own logits; `codes` index `classes`. Rows that are not named keep what they have. */
export interface ZeroShot {
  ids: Uint32Array;
  classes: readonly string[];
  codes: Uint16Array;
  confidence: Float32Array;
}

/** Stores the backbone's own class of rows and its probability. */
export function setZeroShot(table: Table, { ids, classes, codes, confidence }: ZeroShot): void {
  const { backbone_class: column, backbone_confidence: probability } = table.builtIn;
  ids.forEach((id, i) => {
    column.writeText(id, classes[codes[i] ?? 0] ?? null);
    probability.write(id, confidence[i] ?? Number.NaN);
  });
}

/** Labels and splits of rows as training reads them; arrays have the length of the ids. */
export interface TrainingRows {
  /** Class id; -1: unlabelled or more than one label. */
  labels: Int32Array;
  /** Index into `splits`; -1: none. */
  split: Int32Array;
  excluded: Uint8Array;
  splits: string[];
  classes: { id: ClassId; name: string }[];
}

/** What training needs to know of the rows `ids`. `classes` are those that a row in `ids` has, by id. */
export function trainingRows(table: Table, ids: Uint32Array): TrainingRows {
  const { label, split, excluded } = table.builtIn;
  const members = label.members();
  const splits: string[] = [];
  const splitAt = new Map<number, number>();
  const result = {
    labels: new Int32Array(ids.length),
    split: new Int32Array(ids.length),
    excluded: new Uint8Array(ids.length),
  };
  ids.forEach((id, i) => {
    const code = label.at(id, -1);
    const positive = code < 0 ? [] : (members[code] ?? []);
    result.labels[i] = positive.length === 1 ? (positive[0] ?? -1) : -1;
    result.split[i] = indexOfSplit(split, split.at(id, -1), splits, splitAt);
    result.excluded[i] = excluded.at(id) ? 1 : 0;
  });
  const used = [...new Set(result.labels)].filter((id) => id >= 0).sort((a, b) => a - b);
  return { ...result, splits, classes: used.map((id) => ({ id, name: table.classes.records[id]?.name ?? '' })) };
}

/** Labels of rows as sets of class ids; -1: nothing is known of the row. */
export interface LabelSets {
  codes: Int32Array;
  sets: { positive: readonly ClassId[]; negative: readonly ClassId[] }[];
  /** Classes that are known not to be there somewhere among all rows. */
  open: ClassId[];
}

/**
 * The labels of the rows `ids` as sets. Of a class that is known not to be somewhere, what is not said is unknown; of any other a labelled
 * row has what it has.
 */
export function labelSets(table: Table, ids: Uint32Array): LabelSets {
  const { label, negatives } = table.builtIn;
  const used = new Set<number>();
  for (let row = 0; row < table.rowCount; row++) used.add(negatives.at(row, -1));
  const denied = negatives.members();
  const known = new Map<string, number>();
  const sets: LabelSets['sets'] = [];
  const codes = Int32Array.from(ids, (id) => {
    const [yes, no] = [label.at(id, -1), negatives.at(id, -1)];
    if (yes < 0 && no < 0) return -1;
    const key = `${yes} ${no}`;
    let code = known.get(key);
    if (code === undefined) {
      code = sets.push({ positive: label.membersAt(id), negative: negatives.membersAt(id) }) - 1;
      known.set(key, code);
    }
    return code;
  });
  const open = new Set([...used].flatMap((code) => denied[code] ?? []));
  return { codes, sets, open: [...open] };
}

/** Held-out predictions of rows beside their labels, as the ranking of label issues reads them; arrays have the length of `ids`. */
export interface JudgedRows {
  /** Class id; -1: unlabelled or more than one label. */
  labels: Int32Array;
  predicted: Int32Array;
  confidence: Float32Array;
  entropy: Float32Array;
  /** Held-out probability of the label; NaN where there is none. */
  labelConfidence: Float32Array;
  /** Classes that are predicted anywhere among these rows or label one of them. */
  classes: number;
}

/** Labels and held-out predictions of the rows `ids`. */
export function judgedRows(table: Table, ids: Uint32Array): JudgedRows {
  const { predicted, confidence, entropy, doubt } = table.builtIn;
  const labels = trainingRows(table, ids).labels;
  const said = Int32Array.from(ids, (id) => predicted.at(id, -1));
  return {
    labels,
    predicted: said,
    confidence: Float32Array.from(ids, (id) => confidence.at(id)),
    entropy: Float32Array.from(ids, (id) => entropy.at(id)),
    labelConfidence: Float32Array.from(ids, (id) => 1 - doubt.at(id)),
    classes: new Set([...labels, ...said]).size,
  };
}

function indexOfSplit(column: CodedColumn, code: number, splits: string[], known: Map<number, number>): number {
  if (code < 0) return -1;
  const index = known.get(code);
  if (index !== undefined) return index;
  known.set(code, splits.length);
  return splits.push(column.label(code)) - 1;
}
