// Types of the plan for the test that holds the sample to it; the drawing itself is plain JavaScript.

/** One picture: where it lies, what is drawn, the seed that draws it, and the seed of the picture that it nearly repeats. */
export interface PlannedPicture {
  path: string;
  truth: string;
  seed: number;
  copyOf?: number;
}

export function planSample(): PlannedPicture[];
