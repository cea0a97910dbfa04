// Shapes of the probe: what is trained on what, and what comes out.

/** How C is chosen and when the solver stops. `C` is scikit-learn's inverse regularisation strength. */
export interface TrainOptions {
  C?: number | 'auto';
  /** Split to train on; absent: `train` where there is one, else all labelled samples. */
  trainSplit?: string;
  /** Split that chooses C; absent: the validation split where there is one, else stratified folds. */
  validationSplit?: string;
  /** Class names that take no part. */
  ignoreClasses?: string[];
  /** Stop when the largest gradient component of the mean objective is below this. */
  tolerance?: number;
  maxIterations?: number;
  /** Stratified folds for out-of-fold predictions. */
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

/** A fitted linear probe. For two classes one logistic row that scores the second class; softmax rows from three on. Raw (uncentred) embedding space. */
export interface Probe {
  classes: string[];
  dim: number;
  C: number;
  /** [k, dim] row-major; k = 1 for two classes, else classes.length */
  W: Float64Array<ArrayBuffer>;
  /** [k] */
  b: Float64Array<ArrayBuffer>;
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

/** Metrics of one split under LightlyTrain's names. */
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
  perClass: ClassMetrics[];
  /** confusion[i][j]: samples labelled class i that are predicted as class j. */
  confusion: number[][];
  /** True when the predictions are out of fold (the split was trained on). */
  outOfFold: boolean;
}

/** One point of the path over C. `score` is top-1 accuracy on the judging split or the mean over folds. */
export interface PathPoint {
  C: number;
  objective: number;
  iterations: number;
  score: number;
}

/** All that a training run says of itself; stored with the dataset. */
export interface Evaluation {
  /** Name of the backbone and key of the embeddings that were used. */
  backbone: string;
  embeddingKey: string;
  classes: string[];
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
  /** How C was chosen: the split's name, 'folds', or 'given'. */
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
