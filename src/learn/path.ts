// The values of C that are tried, how the best is chosen, and what a whole training run costs.
import type { PathPoint, TrainingPlan } from './types.ts';

const points = 13;
/** Points without a better score after which the path ends: two decades. Larger C only takes longer and fits closer. */
const patience = 4;

/**
 * Thirteen values of C, half a decade apart, ascending. C is the variance that the penalty expects of a weight, so C · spread is that of a logit,
 * where `spread` is the mean squared length of the centred features: the path covers C · spread from about 0.04 (nothing but class
 * means) to 4e4 (separable data is separated), whatever the backbone's scale. For features of length 20 that is 1e-4 … 100, for features of length 1 it is 0.1 … 1e5 or near it.
 */
export function pathOfC(spread: number): number[] {
  const first = spread > 0 && Number.isFinite(spread) ? Math.round(Math.log10(0.04 / spread)) : -4;
  return Array.from({ length: points }, (_, j) => 10 ** (first + j / 2));
}

/**
 * The point with the best score; of equally good ones the one whose probabilities fit better, so that confidence means something (the smallest C
 * of a plateau would call everything unsure). Then the smaller C. `path` is ascending in C.
 */
export function bestPoint(path: readonly PathPoint[]): PathPoint | undefined {
  const better = (p: PathPoint, best: PathPoint): boolean =>
    p.score > best.score || (p.score === best.score && p.loss < best.loss);
  return path.reduce<PathPoint | undefined>((best, p) => (best && !better(p, best) ? best : p), undefined);
}

/** Whether a longer path is not worth its time. */
export function pathIsDone(path: readonly PathPoint[]): boolean {
  const best = bestPoint(path);
  return best !== undefined && path.length - 1 - path.indexOf(best) >= patience;
}

/** Work of a run in units that one timed evaluation turns into seconds. */
export interface TrainingCost {
  /** Fits of a probe, of one C on one set of rows. */
  fits: number;
  /** Evaluations of loss and gradient, times the rows of each. */
  rowEvaluations: number;
  /** Rows whose logits are computed to judge and to predict. */
  rowPredictions: number;
}

/**
 * Evaluations that one fit takes, on the average of a path: measured on the clothing features (721 rows, 192 features, 10 classes) along the
 * whole path with warm starts. A single fit of large C takes up to five times as many, one of small C half.
 */
const evaluationsPerFit = 60;

/** Estimates the work of a plan before it starts; assumes that the path ends two decades before its end. */
export function estimateCost(plan: TrainingPlan): TrainingCost {
  const rows = plan.train.length;
  const path = points - patience;
  const { judge, folds } = plan;
  const foldRows = folds > 0 ? rows * (folds - 1) : 0; // all folds together
  const foldFits = judge.by === 'folds' ? path : 1;
  const finalFits = judge.by === 'split' ? path : 1;
  return {
    fits: finalFits + folds * foldFits,
    rowEvaluations: evaluationsPerFit * (rows * finalFits + foldRows * foldFits),
    rowPredictions:
      (judge.by === 'split' ? judge.rows.length * path : 0) + (folds > 0 ? rows * foldFits : 0) + plan.targets.length,
  };
}
