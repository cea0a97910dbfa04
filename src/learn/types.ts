// Shapes of the probe: what is trained on what, and what comes out.
import type { LabelMetrics } from './label-metrics.ts';

/** How C is chosen and when the solver stops. `C` is scikit-learn's inverse regularisation strength. */
export interface TrainOptions {
  C?: number | 'auto';
  /** Split to train on; absent: `train` where there is one, else all labelled samples. */
  trainSplit?: string;
  /** Split that chooses C; absent: the validation split where there is one, else stratified folds. */
  validationSplit?: string;
  /** Class names that take no part. */
  ignoreClasses?: string[];
  /** Stop when the largest gradient component of the mean objective is at most this; 1e-7 by default. */
  tolerance?: number;
  /** Of one fit; 1,000 by default. */
  maxIterations?: number;
  /** Stratified folds for out-of-fold predictions; 5 by default, 0 for none. */
  folds?: number;
  /** Train on at most this many samples, drawn stratified by class. */
  subsample?: number;
  /** Backbone whose embeddings are used; absent: the current one. */
  backbone?: string;
}

/** Loss and gradient of one evaluation, summed over rows (not averaged), without the penalty. */
export interface LossGradient {
  loss: number;
  /** [k, d] row-major. */
  gradW: Float64Array;
  /** [k] */
  gradB: Float64Array;
}

/** Evaluates the data term of the objective at (W, b): W is [k, d] row-major, b is [k]; k = 1 for two classes. Given to the solver, so that it never knows the device. */
export type Evaluator = (W: Float64Array, b: Float64Array, options?: { signal?: AbortSignal }) => Promise<LossGradient>;

/** An evaluator over given rows, and how to give its memory back. */
export interface OpenEvaluator {
  evaluate: Evaluator;
  close(): void | Promise<void>;
}

/** Which rows an evaluator sums over, and what they should be. */
export interface EvaluatorRequest {
  /** Positions in the device's feature matrix, ascending. */
  rows: Uint32Array;
  /** Class index of each row: 0 … classes−1; never −1. */
  targets: Int32Array;
  /** Number of classes; two mean one logistic vector that scores class 1, three and more softmax rows. */
  classes: number;
  /** [dim], subtracted from every feature row before anything else; the same for all evaluators of one training run. */
  centre: Float64Array;
}

/**
 * Where the features lie and the arithmetic on them is done. Training hands in positions of rows and never sees a provider.
 * Several evaluators are open at once (one a fold): opening one should cost its targets, not another copy of the features.
 */
export interface ProbeDevice {
  /** Length of a feature row. */
  dim: number;
  /** Raw features [rows.length, dim] row-major of the rows, in their order. Asked for at most `chunkRows(dim, classes)` rows at once. */
  features(rows: Uint32Array, options?: { signal?: AbortSignal }): Promise<Float32Array>;
  evaluator(request: EvaluatorRequest, options?: { signal?: AbortSignal }): Promise<OpenEvaluator>;
  /** W·x + b on raw features: [rows.length, k] row-major; k = b.length. Asked for at most `chunkRows(dim, k)` rows at once. */
  logits(
    rows: Uint32Array,
    W: Float64Array,
    b: Float64Array,
    options?: { signal?: AbortSignal },
  ): Promise<Float32Array>;
}

/** What the planner needs to know of the rows that have an embedding; arrays have one entry a row. */
export interface TrainingSamples {
  /** Class id; −1: unlabelled, or more than one label. */
  labels: Int32Array;
  /** Index into `splits`; −1: none. */
  split: Int32Array;
  excluded: Uint8Array;
  splits: string[];
  classes: { id: number; name: string }[];
  /** Where a picture may have several labels: the labels as sets. */
  several?: SeveralLabels;
}

/** Labels of rows as sets of class ids. */
export interface SeveralLabels {
  /** [rows]: index into `sets`; −1: nothing is known of the row. */
  codes: Int32Array;
  sets: { positive: readonly number[]; negative: readonly number[] }[];
  /** Classes that are known not to be there somewhere: where nobody said, their answer is unknown. Of the others a labelled row has those that it names, and no more. */
  open: readonly number[];
}

/** What chooses C. */
export type Judge =
  | { by: 'given'; C: number }
  /** Nothing can judge: no validation split, and no class with two samples. C = 1. */
  | { by: 'default'; C: number }
  | { by: 'split'; split: string; rows: Uint32Array }
  | { by: 'folds' };

/** What trains, what judges and what is left out; made by `planTraining`, carried out by `trainProbe`. Rows are positions in the samples. */
export interface TrainingPlan {
  /** Classes with a training sample, in the order of the dataset's classes. */
  classes: { id: number; name: string }[];
  /** [rows]: index into `classes`; −1 where the row has no label that takes part. */
  targets: Int32Array;
  /** Rows that are trained on, ascending. */
  train: Uint32Array;
  /** Name of the split trained on; null: all labelled samples. */
  split: string | null;
  judge: Judge;
  /** Number of stratified folds for out-of-fold predictions; 0: none are possible or wanted. */
  folds: number;
  /** [train.length]: the fold that holds the row out; `neverHeldOut` for the only sample of a class. */
  foldOf: Uint8Array;
  /** Labelled rows that are not trained on, by split: those never used for a choice first. */
  heldOut: { split: string; rows: Uint32Array }[];
  /** Classes with one training sample: they train, but cannot be judged out of fold. */
  unjudged: string[];
  leftOut: { reason: string; count: number }[];
}

/** What a probe says of rows; all arrays have one entry a row. */
export interface RowPredictions {
  /** Index into the probe's classes. */
  predicted: Int32Array;
  /** Probability of the predicted class. */
  confidence: Float32Array;
  /** Probability of the first class minus that of the second. */
  margin: Float32Array;
  /** −Σ p log p, in nats. */
  entropy: Float32Array;
  /** Probability of the row's own label; NaN where it has none or no held-out probe could judge it. */
  labelConfidence: Float32Array;
  /** 1 where the row's own label is among the five most probable classes. */
  labelInTop5: Uint8Array;
}

/** What training gives back. */
export interface TrainingResult {
  probe: Probe;
  /** The evaluation without what only the caller knows. */
  evaluation: Omit<Evaluation, 'backbone' | 'embeddingKey' | 'seconds' | 'device' | 'at'>;
  /**
   * One entry for every row of the samples: trained rows are predicted by the probe of the fold that held them out, all others by the
   * final probe, so that every prediction comes from weights that did not see the row (except of `unjudged` classes, and where folds = 0).
   */
  predictions: RowPredictions;
  /** Data-term evaluations that were run, times rows: comparable with `estimateCost`. */
  rowEvaluations: number;
}

/** A fitted linear probe. For two classes one logistic row that scores the second class; softmax rows from three on. Raw (uncentred) embedding space. */
export interface Probe {
  classes: string[];
  dim: number;
  C: number;
  /** [k, dim] row-major; k = 1 for two classes, else classes.length */
  W: Float64Array<ArrayBuffer>;
  /** [k] */
  b: Float64Array<ArrayBuffer>;
  /** Each class is a logistic question of its own, with a row in W for every one; absent: one class is true. */
  answers?: 'several';
}

/** Precision, recall and F1 of one class; NaN-free: an undefined ratio is 0, as LightlyTrain counts it. */
export interface ClassMetrics {
  name: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
  predicted: number;
}

/** Metrics of one split under LightlyTrain's names. With `labels` the rest is about single decisions: accuracy is `accuracy_micro`, and there is no confusion. */
export interface SplitEvaluation {
  n: number;
  top1_acc_micro: number;
  /** 95 % Wilson score interval of top1_acc_micro. */
  interval: [low: number, high: number];
  /** From five classes on. */
  top5_acc_micro?: number;
  f1_macro: number;
  precision_macro: number;
  recall_macro: number;
  /** Of pictures with several labels. */
  labels?: LabelMetrics;
  perClass: ClassMetrics[];
  /** confusion[i][j]: samples labelled class i that are predicted as class j. */
  confusion: number[][];
  /** True when the predictions are out of fold (the split was trained on). */
  outOfFold: boolean;
}

/**
 * One point of the path over C. `score` is top-1 accuracy on the judging split or the mean over folds, `loss` the mean −log of the probability
 * of the true class there; with folds `objective` is the mean over them and `iterations` the sum.
 */
export interface PathPoint {
  C: number;
  objective: number;
  iterations: number;
  score: number;
  loss: number;
}

/** All that a training run says of itself; stored with the dataset. */
export interface Evaluation {
  /** Name of the backbone and key of the embeddings that were used. */
  backbone: string;
  embeddingKey: string;
  classes: string[];
  /** Pictures have several labels; C is then the median over classes, objective and iterations are sums. */
  answers?: 'several';
  C: number;
  iterations: number;
  /** In scikit-learn's scale: 1/2 |W|^2 + C * sum of losses. */
  objective: number;
  folds?: number;
  path: PathPoint[];
  splits: { [split: string]: SplitEvaluation };
  trainedOn: {
    split: string | null;
    samples: number;
    /** What was left out of training, for people: reason and number of samples. */
    leftOut: { reason: string; count: number }[];
  };
  /** How C was chosen: the split's name, 'folds', 'given', or 'default' (C = 1, because nothing could judge). */
  judgedBy: string;
  seconds: number;
  device: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** A sample whose label the probe doubts, from out-of-fold probabilities; higher score = more doubtful. */
export interface LabelIssue {
  id: number;
  path: string;
  label: string;
  predicted: string;
  /** Probability of the given label. */
  selfConfidence: number;
  margin: number;
  entropy: number;
  score: number;
}
