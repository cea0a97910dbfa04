// Words and small decisions of the learn screen. Pure.
import type { Evaluation, SplitEvaluation } from '../../learn/types.ts';
import { count, counted } from '../ui/format.ts';

/** '86.2 %', which no line break takes apart. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}\u00a0%`;

/** Half the width of the interval in percentage points: '± 3.7'. */
export const plusMinus = (interval: readonly [number, number]): string =>
  `± ${(50 * (interval[1] - interval[0])).toFixed(1)}`;

/** The split that is shown first: a validation split, else one that was not trained on, else the one that was. */
export function judgedSplit(evaluation: Evaluation): string {
  const names = Object.keys(evaluation.splits);
  const unseen = names.filter((name) => !evaluation.splits[name]?.outOfFold);
  return (
    unseen.find((name) => name === evaluation.judgedBy) ??
    unseen.find((name) => name !== 'test') ??
    unseen[0] ??
    names[0] ??
    ''
  );
}

/** How C was found, in a phrase. */
export function chosenC(evaluation: Evaluation): string {
  if (evaluation.judgedBy === 'given') return 'as chosen';
  if (evaluation.judgedBy === 'default') return 'nothing to choose it by';
  if (evaluation.answers === 'several') return `median; for each class the best on ${judges(evaluation)}`;
  return `best of ${evaluation.path.length} on ${judges(evaluation)}`;
}

/** What chose C: '5 folds', 'validation'. */
export function judges(evaluation: Evaluation): string {
  return evaluation.judgedBy === 'folds' ? `${evaluation.folds ?? 5} folds` : evaluation.judgedBy;
}

/** C as it is printed: two digits are all that a path has. */
export const shortC = (C: number): string => String(Number(C.toPrecision(2)));

/** What the probe learned from: '259 pictures of train'. */
export function trainedOn({ trainedOn: { split, samples } }: Evaluation): string {
  return `${counted(samples, 'picture')}${split === null ? '' : ` of ${split}`}`;
}

/** What it did not learn from, and why: '57 in split test, held out; 12 without a label'. Empty when nothing was left out. */
export function leftOut({ trainedOn: { leftOut: parts } }: Evaluation): string {
  return parts.map((part) => `${count(part.count)} ${part.reason}`).join('; ');
}

const usualOrder = ['train', 'validation', 'test'];

/** Splits in the order in which people name them; others after, as they come. */
export function splitOrder(names: readonly string[]): string[] {
  const rank = (name: string): number => (usualOrder.includes(name) ? usualOrder.indexOf(name) : usualOrder.length);
  return [...names].sort((a, b) => rank(a) - rank(b));
}

/** A training time: '1.4 s', '2 min 10 s'. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds); // before it is divided: 119.7 s are 2 min, not 1 min 60 s
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export type ClassOrder = 'class' | 'precision' | 'recall' | 'f1' | 'support';

/** The per-class rows in an order; numbers ascending, so that what needs work stands first. */
export function ordered(metrics: SplitEvaluation, order: ClassOrder): SplitEvaluation['perClass'] {
  const rows = [...metrics.perClass];
  if (order === 'class') return rows;
  return rows.sort((a, b) => a[order] - b[order]);
}

/** The most frequent confusions, largest first: label, prediction and count. */
export function confusions(metrics: SplitEvaluation, classes: readonly string[], most: number) {
  const all = metrics.confusion.flatMap((row, i) =>
    row.flatMap((n, j) =>
      i === j || n === 0 ? [] : [{ label: classes[i] ?? '', predicted: classes[j] ?? '', count: n }],
    ),
  );
  return all.sort((a, b) => b.count - a.count).slice(0, most);
}
