// A probe for pictures with several labels: one logistic question a class, each trained as a two-class probe on the rows whose answer is known.
import { VitrineError } from '../shared/errors.ts';
import type { JobOptions } from '../shared/progress.ts';
import { type ClassDecisions, decisionMetrics, labelMetrics } from './label-metrics.ts';
import { wilsonInterval } from './metrics.ts';
import { planTraining } from './plan.ts';
import { emptyPredictions } from './predict.ts';
import { allLabelled, trainProbe } from './train.ts';
import type {
  Probe,
  ProbeDevice,
  RowPredictions,
  SeveralLabels,
  SplitEvaluation,
  TrainingPlan,
  TrainingResult,
  TrainingSamples,
  TrainOptions,
} from './types.ts';

/** One class with the plan of its two-class probe (not it: 0, it: 1). */
export interface ClassPlan {
  id: number;
  name: string;
  plan: TrainingPlan;
}

export interface SeveralPlan {
  classes: ClassPlan[];
  /** Classes that cannot be trained: nobody said of any picture that it is (not) one. */
  leftOut: { reason: string; count: number }[];
}

/**
 * Plans one two-class run a class (Bishop 2006, 4.1.2: one-versus-the-rest). A class whose answer is not known for a row leaves that row out of
 * its loss. Errors: `no-data` when no class can be trained; `not-found`, `bad-input` as `planTraining`.
 */
export function planSeveral(samples: TrainingSamples, options: TrainOptions): SeveralPlan {
  const classes: ClassPlan[] = [];
  let untrained = 0;
  let first: unknown;
  for (const { id, name } of samples.classes) {
    if (options.ignoreClasses?.includes(name)) continue;
    try {
      classes.push({ id, name, plan: planTraining(questionOf(samples, id, name), { ...options, ignoreClasses: [] }) });
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'no-data') throw error;
      first ??= error;
      untrained++;
    }
  }
  if (classes.length === 0)
    throw first ?? new VitrineError('no-data', 'No class has a label to train on. Label pictures first.');
  const [one] = classes;
  const leftOut = (one?.plan.leftOut ?? []).filter(({ reason }) => reason !== 'no label, or more than one');
  return {
    classes,
    leftOut:
      untrained === 0
        ? leftOut
        : [...leftOut, { reason: 'classes without pictures that are and are not one', count: untrained }],
  };
}

/** Whether a row with the labels of set `code` is of a class: 1, 0, or −1 where nobody said. */
export function answerOf({ sets, open }: SeveralLabels, code: number, id: number): number {
  const set = sets[code];
  if (!set) return -1;
  if (set.positive.includes(id)) return 1;
  if (set.negative.includes(id)) return 0;
  return open.includes(id) || set.positive.length === 0 ? -1 : 0;
}

/** The rows as answers to 'is it this class?': 1, 0, or −1 where nobody said. */
function questionOf(samples: TrainingSamples, id: number, name: string): TrainingSamples {
  const { several } = samples;
  if (!several) throw new VitrineError('internal', 'A probe of several labels needs the labels as sets.');
  const answers = several.sets.map((_, code) => answerOf(several, code, id));
  const labels = several.codes.map((code) => (code < 0 ? -1 : (answers[code] ?? -1)));
  const { excluded, split, splits } = samples;
  return {
    labels,
    excluded,
    split,
    splits,
    classes: [
      { id: 0, name: `not ${name}` },
      { id: 1, name },
    ],
  };
}

/**
 * Trains the classes one after another. The probe has one row a class; `predicted` is the most probable class, `margin` what it is ahead of the
 * second, `entropy` the mean over classes of the answer's entropy in nats, and `labelConfidence` the smallest probability of a known answer.
 * Errors: as `trainProbe`.
 */
export async function trainSeveral(
  { classes, leftOut }: SeveralPlan,
  rows: number,
  withDevice: <T>(plan: TrainingPlan, work: (device: ProbeDevice) => Promise<T>) => Promise<T>,
  options: Pick<TrainOptions, 'tolerance' | 'maxIterations'> & JobOptions = {},
): Promise<Omit<TrainingResult, 'probe'> & { probe: Probe }> {
  const predictions = emptyPredictions(rows);
  predictions.predicted.fill(-1);
  const second = new Float32Array(rows);
  const decisions = new Map<string, { outOfFold: boolean; rows: Set<number>; classes: ClassDecisions[] }>();
  const parts: Probe[] = [];
  let [iterations, objective, rowEvaluations, samples] = [0, 0, 0, 0];
  for (const [k, { name, plan }] of classes.entries()) {
    const result = await withDevice(plan, (device) =>
      trainProbe(plan, device, {
        ...options,
        onProgress: (progress) =>
          options.onProgress?.({ ...progress, done: k, total: classes.length, unit: 'classes', step: name }),
      }),
    );
    parts.push(result.probe);
    iterations += result.evaluation.iterations;
    objective += result.evaluation.objective;
    rowEvaluations += result.rowEvaluations;
    samples = Math.max(samples, plan.train.length);
    merge(predictions, second, result.predictions, plan.targets, k, classes.length);
    collect(decisions, name, plan, result.predictions);
  }
  const [one] = classes;
  const dim = parts[0]?.dim ?? 0;
  const W = new Float64Array(parts.length * dim);
  parts.forEach((part, k) => {
    W.set(part.W, k * dim);
  });
  const Cs = parts.map((part) => part.C).sort((a, b) => a - b);
  const C = Cs[Cs.length >> 1] ?? 1;
  const names = classes.map(({ name }) => name);
  const judge = one?.plan.judge;
  return {
    probe: { classes: names, dim, C, W, b: Float64Array.from(parts, (part) => part.b[0] ?? 0), answers: 'several' },
    evaluation: {
      classes: names,
      answers: 'several',
      C,
      iterations,
      objective,
      ...(one && one.plan.folds > 0 ? { folds: one.plan.folds } : {}),
      path: [],
      splits: Object.fromEntries(
        [...decisions].map(([split, { outOfFold, rows: known, classes: all }]) => [
          split,
          evaluateLabels(all, known.size, outOfFold),
        ]),
      ),
      trainedOn: { split: one?.plan.split ?? null, samples, leftOut },
      judgedBy: judge === undefined ? 'default' : judge.by === 'split' ? judge.split : judge.by,
    },
    predictions,
    rowEvaluations,
  };
}

/** Adds what one class's probe says to what is known of each row. */
function merge(
  into: RowPredictions,
  second: Float32Array,
  said: RowPredictions,
  targets: Int32Array,
  k: number,
  classes: number,
): void {
  for (let row = 0; row < into.predicted.length; row++) {
    const p = yes(said, row);
    const best = into.confidence[row] ?? 0;
    if (into.predicted[row] === -1 || p > best) {
      second[row] = into.predicted[row] === -1 ? 0 : best;
      into.predicted[row] = k;
      into.confidence[row] = p;
    } else if (p > (second[row] ?? 0)) second[row] = p;
    into.margin[row] = (into.confidence[row] ?? 0) - (second[row] ?? 0);
    into.entropy[row] = (into.entropy[row] ?? 0) + (said.entropy[row] ?? 0) / classes;
    if ((targets[row] ?? -1) < 0) continue;
    const own = said.labelConfidence[row] ?? Number.NaN;
    const known = into.labelConfidence[row] ?? Number.NaN;
    if (!Number.isNaN(own) && !(known <= own)) into.labelConfidence[row] = own;
  }
}

/** Probability that the class is there. */
const yes = (said: RowPredictions, row: number): number =>
  said.predicted[row] === 1 ? (said.confidence[row] ?? 0) : 1 - (said.confidence[row] ?? 0);

/** The decisions of one class by split: held-out splits by the final probe, trained rows out of fold. */
function collect(
  into: Map<string, { outOfFold: boolean; rows: Set<number>; classes: ClassDecisions[] }>,
  name: string,
  plan: TrainingPlan,
  said: RowPredictions,
): void {
  const groups = plan.heldOut.map(({ split, rows }) => ({ split, rows, outOfFold: false }));
  if (plan.folds > 0) {
    const judged = plan.train.filter((row) => !Number.isNaN(said.labelConfidence[row] ?? Number.NaN));
    groups.push({ split: plan.split ?? allLabelled, rows: judged, outOfFold: true });
  }
  for (const { split, rows, outOfFold } of groups) {
    const group = into.get(split) ?? { outOfFold, rows: new Set<number>(), classes: [] };
    into.set(split, group);
    for (const row of rows) group.rows.add(row);
    group.classes.push({
      name,
      targets: Uint8Array.from(rows, (row) => plan.targets[row] ?? 0),
      probabilities: Float32Array.from(rows, (row) => yes(said, row)),
    });
  }
}

/** Metrics of one split over all single decisions; `n` are its pictures. */
export function evaluateLabels(classes: readonly ClassDecisions[], n: number, outOfFold: boolean): SplitEvaluation {
  const labels = labelMetrics(classes);
  const perClass = classes.map(decisionMetrics);
  const all = classes.reduce((sum, { targets }) => sum + targets.length, 0);
  const mean = (pick: (one: (typeof perClass)[number]) => number): number =>
    perClass.length === 0 ? 0 : perClass.reduce((sum, one) => sum + pick(one), 0) / perClass.length;
  return {
    n,
    top1_acc_micro: labels.accuracy_micro,
    interval: wilsonInterval(Math.round(labels.accuracy_micro * all), all),
    f1_macro: labels.f1_macro,
    precision_macro: mean((one) => one.precision),
    recall_macro: mean((one) => one.recall),
    labels,
    perClass,
    confusion: [],
    outOfFold,
  };
}
