// Trains a probe as planned: C along its path, out-of-fold predictions, the final fit and its metrics, on a device it does not know.
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import type { JobOptions } from '../shared/progress.ts';
import { createFitter, type Fitter } from './fitter.ts';
import { neverHeldOut } from './folds.ts';
import { evaluateSplit } from './metrics.ts';
import { bestPoint, pathIsDone } from './path.ts';
import { emptyPredictions, predictRows } from './predict.ts';
import { pick, positionsWhere } from './rows.ts';
import { type Fit, uncentred, type Weights } from './solver/fit.ts';
import type { PathPoint, ProbeDevice, RowPredictions, TrainingPlan, TrainingResult, TrainOptions } from './types.ts';

/** Key of the trained rows in `Evaluation.splits` when no split was trained on. */
export const allLabelled = 'all labelled';

/**
 * Trains the probe of a plan (`planTraining`). Features are never held here: the device reads, evaluates and scores them, a chunk at a time.
 * Progress counts evaluations; its total is an estimate that gets better on the way.
 * Throws `aborted` when the signal fires, `bad-input` when features are not finite, and whatever the device throws.
 */
export async function trainProbe(
  plan: TrainingPlan,
  device: ProbeDevice,
  options: Pick<TrainOptions, 'tolerance' | 'maxIterations'> & JobOptions = {},
): Promise<TrainingResult> {
  const { signal } = options;
  const fitter = await createFitter(plan, device, options);
  try {
    const { fit, outOfFold, path } = await fitAll(plan, device, fitter, signal);
    const { W, b } = uncentred(fit, fitter.centre);
    const predictions = await predictAll(plan, device, { W, b }, outOfFold, signal);
    const classes = plan.classes.map((c) => c.name);
    return {
      probe: { classes, dim: device.dim, C: fit.C, W, b },
      evaluation: {
        classes,
        C: fit.C,
        iterations: fit.iterations,
        objective: fit.objective,
        ...(plan.folds > 0 ? { folds: plan.folds } : {}),
        path,
        splits: splitMetrics(plan, classes, predictions),
        trainedOn: { split: plan.split, samples: plan.train.length, leftOut: plan.leftOut },
        judgedBy: plan.judge.by === 'split' ? plan.judge.split : plan.judge.by,
      },
      predictions,
      rowEvaluations: fitter.rowEvaluations(),
    };
  } finally {
    await fitter.close();
  }
}

interface Fitted {
  fit: Fit & { C: number };
  /** One entry a trained row; null when there are no folds. */
  outOfFold: RowPredictions | null;
  path: PathPoint[];
}

/** The order of fits depends on what chooses C: a split is judged by the final probe itself, folds come before it. */
async function fitAll(plan: TrainingPlan, device: ProbeDevice, fitter: Fitter, signal?: AbortSignal): Promise<Fitted> {
  const { judge } = plan;
  switch (judge.by) {
    case 'folds': {
      const { path, C, outOfFold } = await judgeByFolds(plan, device, fitter, fitter.path, signal);
      return { fit: { ...(await fitter.fit('all', C)), C }, outOfFold, path };
    }
    case 'split': {
      const { path, fit } = await judgeBySplit(plan, device, fitter, judge.rows, signal);
      return { fit, path, outOfFold: await foldsAt(plan, device, fitter, fit.C, signal) };
    }
    case 'given':
    case 'default': {
      const fit = { ...(await fitter.fit('all', judge.C)), C: judge.C };
      const outOfFold = await foldsAt(plan, device, fitter, judge.C, signal);
      return { fit, path: [], outOfFold };
    }
  }
}

/** Follows the path with the probe of all training rows, each fit starting from the last, and keeps the one that the split likes best. */
async function judgeBySplit(
  plan: TrainingPlan,
  device: ProbeDevice,
  fitter: Fitter,
  rows: Uint32Array,
  signal?: AbortSignal,
) {
  const targets = pick(plan.targets, rows);
  const path: PathPoint[] = [];
  let best: (Fit & { C: number }) | undefined;
  let last: Weights | undefined;
  for (const C of fitter.path) {
    const fit = await fitter.fit('all', C, last);
    last = fit;
    const said = await predictRows(device, uncentred(fit, fitter.centre), rows, targets, { signal });
    const point = { C, objective: fit.objective, iterations: fit.iterations, ...judged(said, targets) };
    path.push(point);
    if (bestPoint(path) === point) best = { ...fit, C };
    if (pathIsDone(path)) break;
  }
  if (!best) throw new VitrineError('internal', 'The path over C is empty.');
  return { path, fit: best };
}

/** Follows the path in all folds at once, so that only the best point's out-of-fold predictions are kept and the end is known. */
async function judgeByFolds(
  plan: TrainingPlan,
  device: ProbeDevice,
  fitter: Fitter,
  Cs: readonly number[],
  signal?: AbortSignal,
) {
  const path: PathPoint[] = [];
  const last: (Weights | undefined)[] = [];
  let best = { C: Cs[0] ?? 1, outOfFold: emptyPredictions(0) };
  for (const C of Cs) {
    const outOfFold = emptyPredictions(plan.train.length);
    const point: PathPoint = { C, objective: 0, iterations: 0, score: 0, loss: 0 };
    for (let fold = 0; fold < plan.folds; fold++) {
      const fit = await fitter.fit(fold, C, last[fold]);
      last[fold] = fit;
      const { score, loss } = await predictFold(plan, device, uncentred(fit, fitter.centre), fold, outOfFold, signal);
      point.objective += fit.objective / plan.folds;
      point.iterations += fit.iterations;
      point.score += score / plan.folds;
      point.loss += loss / plan.folds;
    }
    path.push(point);
    if (bestPoint(path) === point) best = { C, outOfFold };
    if (pathIsDone(path)) break;
  }
  return { path, ...best };
}

/**
 * Out-of-fold predictions at a known C. Each fold starts from nothing: a start from the final probe, which has seen the rows that the fold
 * holds out, would leak into a fit that stops early.
 */
async function foldsAt(
  plan: TrainingPlan,
  device: ProbeDevice,
  fitter: Fitter,
  C: number,
  signal?: AbortSignal,
): Promise<RowPredictions | null> {
  if (plan.folds === 0) return null;
  return (await judgeByFolds(plan, device, fitter, [C], signal)).outOfFold;
}

/** Predicts the rows that a fold holds out, into their places in `into` ([train]); returns their accuracy. */
async function predictFold(
  plan: TrainingPlan,
  device: ProbeDevice,
  weights: Weights,
  fold: number,
  into: RowPredictions,
  signal?: AbortSignal,
): Promise<{ score: number; loss: number }> {
  const places = positionsWhere(plan.train.length, (i) => plan.foldOf[i] === fold);
  const rows = places.map((i) => plan.train[i] ?? 0);
  const targets = pick(plan.targets, rows);
  const said = await predictRows(device, weights, rows, targets, { signal });
  copyPredictions(said, into, places);
  return judged(said, targets);
}

/** Every row of the samples: trained rows out of fold, the others by the final probe. */
async function predictAll(
  plan: TrainingPlan,
  device: ProbeDevice,
  weights: Weights,
  outOfFold: RowPredictions | null,
  signal?: AbortSignal,
): Promise<RowPredictions> {
  throwIfAborted(signal);
  const judged = new Uint8Array(plan.targets.length);
  plan.train.forEach((row, i) => {
    if (outOfFold && plan.foldOf[i] !== neverHeldOut) judged[row] = 1;
  });
  const trained = new Uint8Array(plan.targets.length);
  for (const row of plan.train) trained[row] = 1;
  const rest = positionsWhere(judged.length, (row) => judged[row] === 0);
  // a trained row that no fold held out gets a prediction, but the final probe has learnt its label: it cannot judge it
  const targets = Int32Array.from(rest, (row) => (trained[row] ? -1 : (plan.targets[row] ?? -1)));
  const out = emptyPredictions(plan.targets.length);
  copyPredictions(await predictRows(device, weights, rest, targets, { signal }), out, rest);
  if (outOfFold) {
    const places = positionsWhere(plan.train.length, (i) => plan.foldOf[i] !== neverHeldOut);
    copyPredictions(
      outOfFold,
      out,
      places.map((i) => plan.train[i] ?? 0),
      places,
    );
  }
  return out;
}

/** Copies entries `source` (default: in order) of `from` to positions `places` of `to`. */
function copyPredictions(from: RowPredictions, to: RowPredictions, places: Uint32Array, source?: Uint32Array): void {
  places.forEach((place, i) => {
    const at = source ? (source[i] ?? 0) : i;
    to.predicted[place] = from.predicted[at] ?? 0;
    to.confidence[place] = from.confidence[at] ?? 0;
    to.margin[place] = from.margin[at] ?? 0;
    to.entropy[place] = from.entropy[at] ?? 0;
    to.labelConfidence[place] = from.labelConfidence[at] ?? Number.NaN;
    to.labelInTop5[place] = from.labelInTop5[at] ?? 0;
  });
}

/** Metrics of every held-out split and, out of fold, of what was trained on. */
function splitMetrics(
  plan: TrainingPlan,
  classes: string[],
  said: RowPredictions,
): TrainingResult['evaluation']['splits'] {
  const of = (rows: Uint32Array, outOfFold: boolean) =>
    evaluateSplit(
      classes,
      pick(plan.targets, rows),
      pick(said.predicted, rows),
      Uint8Array.from(rows, (row) => said.labelInTop5[row] ?? 0),
      outOfFold,
    );
  const splits: TrainingResult['evaluation']['splits'] = {};
  for (const { split, rows } of plan.heldOut) splits[split] = of(rows, false);
  if (plan.folds > 0)
    splits[plan.split ?? allLabelled] = of(
      plan.train.filter((_, i) => plan.foldOf[i] !== neverHeldOut),
      true,
    );
  return splits;
}

/** Top-1 accuracy and mean −log of the true class's probability; a probability that underflowed counts as the smallest float32. */
function judged(said: RowPredictions, targets: Int32Array): { score: number; loss: number } {
  if (targets.length === 0) return { score: 0, loss: 0 };
  const smallest = 1.2e-38;
  let [hits, loss] = [0, 0];
  targets.forEach((target, i) => {
    if (said.predicted[i] === target) hits++;
    loss -= Math.log(Math.max(said.labelConfidence[i] ?? 0, smallest));
  });
  return { score: hits / targets.length, loss: loss / targets.length };
}
