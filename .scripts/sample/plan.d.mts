// Types of plan.mjs for the tests.

/** A picture of the sample: `truth` is drawn, the folder of `path` is its label. */
export interface PlannedPicture {
  path: string;
  truth: string;
  seed: number;
  copyOf?: number;
}

export function planSample(): PlannedPicture[];
