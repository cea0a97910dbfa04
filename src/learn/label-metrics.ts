// Metrics of pictures with several labels, under LightlyTrain's names and rules: each class is a question of its own.
import type { ClassMetrics } from './types.ts';

/** The decisions of one class: rows whose answer is known. */
export interface ClassDecisions {
  name: string;
  /** [n]: 1 where the class is there, 0 where it is known not to be. */
  targets: Uint8Array;
  /** [n]: probability that it is there. */
  probabilities: ArrayLike<number>;
}

/** Averages over all classes; a class that never occurs counts as 0 (LightlyTrain with torchmetrics 1.9). */
export interface LabelMetrics {
  accuracy_micro: number;
  f1_macro: number;
  auroc_macro: number;
  avg_precision_macro: number;
  /** Share of single decisions that are wrong. */
  hamming_distance: number;
}

/** Yes is more than one half, strictly. */
const threshold = 0.5;

/** Metrics over classes, each with its own known rows. */
export function labelMetrics(classes: readonly ClassDecisions[]): LabelMetrics {
  const counts = classes.map(countDecisions);
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const right = counts.reduce((sum, { hits, correctNo }) => sum + hits + correctNo, 0);
  const mean = (values: number[]): number =>
    ratio(
      values.reduce((sum, value) => sum + value, 0),
      values.length,
    );
  return {
    accuracy_micro: ratio(right, all),
    f1_macro: mean(counts.map(({ hits, support, said }) => ratio(2 * hits, support + said))),
    auroc_macro: mean(classes.map(auroc)),
    avg_precision_macro: mean(classes.map(averagePrecision)),
    hamming_distance: ratio(all - right, all),
  };
}

/** Precision, recall and F1 of one class at one half. */
export function decisionMetrics(decisions: ClassDecisions): ClassMetrics {
  const { hits, support, said } = countDecisions(decisions);
  return {
    name: decisions.name,
    precision: ratio(hits, said),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + said),
    support,
    predicted: said,
  };
}

function countDecisions({ targets, probabilities }: ClassDecisions) {
  let [hits, support, said, correctNo] = [0, 0, 0, 0];
  for (let i = 0; i < targets.length; i++) {
    const yes = (probabilities[i] ?? 0) > threshold;
    if (targets[i] === 1) support++;
    if (yes) said++;
    if (yes && targets[i] === 1) hits++;
    if (!yes && targets[i] === 0) correctNo++;
  }
  return { n: targets.length, hits, support, said, correctNo };
}

/**
 * Area under the ROC curve: the probability that a row with the class scores above one without it, ties counting half (Mann and Whitney
 * 1947). 0 where one of the two kinds is missing.
 */
export function auroc({ targets, probabilities }: ClassDecisions): number {
  let [below, area, positives] = [0, 0, 0];
  eachTie(targets, probabilities, 'ascending', (yes, no) => {
    area += yes * (below + no / 2);
    below += no;
    positives += yes;
  });
  return ratio(area, positives * below);
}

/** Σ (Rₙ − Rₙ₋₁) Pₙ over the thresholds from high to low, equal scores being one threshold; 0 without a positive row. */
export function averagePrecision({ targets, probabilities }: ClassDecisions): number {
  let [hits, seen, sum] = [0, 0, 0];
  eachTie(targets, probabilities, 'descending', (yes, no) => {
    hits += yes;
    seen += yes + no;
    sum += (yes * hits) / seen;
  });
  return ratio(sum, hits);
}

/** Groups of rows with equal scores in order: how many have the class, how many do not. */
function eachTie(
  targets: Uint8Array,
  scores: ArrayLike<number>,
  order: 'ascending' | 'descending',
  visit: (yes: number, no: number) => void,
): void {
  const sign = order === 'ascending' ? 1 : -1;
  const rows = Uint32Array.from(targets.keys()).sort((a, b) => sign * ((scores[a] ?? 0) - (scores[b] ?? 0)));
  for (let from = 0; from < rows.length; ) {
    let [to, yes] = [from, 0];
    const score = scores[rows[from] ?? 0];
    for (; to < rows.length && scores[rows[to] ?? 0] === score; to++) yes += targets[rows[to] ?? 0] ?? 0;
    visit(yes, to - from - yes);
    from = to;
  }
}

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);
