// Classification metrics under LightlyTrain's names and rules.
import type { ClassMetrics, SplitEvaluation } from './types.ts';

/** Quantile of the standard normal distribution for a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/** Wilson's score interval (1927) of a proportion of `hits` in `n`; [0, 1] when n is 0. */
export function wilsonInterval(hits: number, n: number): [low: number, high: number] {
  if (n === 0) return [0, 1];
  const p = hits / n;
  const z2 = z95 * z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  // the ends are exactly 0 and 1 there; rounding says 1e-17
  return [hits === 0 ? 0 : centre - half, hits === n ? 1 : centre + half];
}

/**
 * Metrics of one split. `targets` and `predicted` are [n], indexes into `classes`; `inTop5` is [n], 1 where the target is among the five
 * most probable. Rules of LightlyTrain (torchmetrics): an undefined ratio is 0; macro means leave out classes that occur neither
 * in targets nor in predictions; top-5 is reported from five classes on.
 */
export function evaluateSplit(
  classes: readonly string[],
  targets: Int32Array,
  predicted: Int32Array,
  inTop5: Uint8Array,
  outOfFold: boolean,
): SplitEvaluation {
  const k = classes.length;
  const n = targets.length;
  const confusion = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  for (let i = 0; i < n; i++) {
    const row = confusion[targets[i] ?? 0];
    const column = predicted[i] ?? 0;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  const perClass = classes.map((name, c) => classMetrics(name, c, confusion));
  const occurring = perClass.filter((c) => c.support > 0 || c.predicted > 0);
  const macro = (pick: (c: ClassMetrics) => number): number =>
    ratio(
      occurring.reduce((sum, c) => sum + pick(c), 0),
      occurring.length,
    );
  const hits = confusion.reduce((sum, row, c) => sum + (row[c] ?? 0), 0);
  return {
    n,
    top1_acc_micro: ratio(hits, n),
    interval: wilsonInterval(hits, n),
    ...(k >= 5
      ? {
          top5_acc_micro: ratio(
            inTop5.reduce((sum, hit) => sum + hit, 0),
            n,
          ),
        }
      : {}),
    f1_macro: macro((c) => c.f1),
    precision_macro: macro((c) => c.precision),
    recall_macro: macro((c) => c.recall),
    perClass,
    confusion,
    outOfFold,
  };
}

function classMetrics(name: string, c: number, confusion: readonly (readonly number[])[]): ClassMetrics {
  const hits = confusion[c]?.[c] ?? 0;
  const support = (confusion[c] ?? []).reduce((sum, count) => sum + count, 0);
  const predicted = confusion.reduce((sum, row) => sum + (row[c] ?? 0), 0);
  return {
    name,
    precision: ratio(hits, predicted),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + predicted),
    support,
    predicted,
  };
}

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);
