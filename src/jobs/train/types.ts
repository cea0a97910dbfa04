// What a person is told of a training run before it starts. Types only.

export interface TrainPlan {
  samples: number;
  classes: number;
  split: string | null;
  judgedBy: string;
  leftOut: { reason: string; count: number }[];
  /** Estimated seconds, measured from one evaluation. */
  seconds: number;
  /** A smaller number of training samples that would take under a minute, offered when `seconds` is long. */
  subsample?: number;
}
