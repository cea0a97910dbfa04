// How long work tells of itself: the same record for every job, in workers, page and scripting API.

/** How far a job is. `total` is absent while it is not known; `rate` is units per second; `secondsLeft` an estimate. */
export interface Progress {
  done: number;
  total?: number;
  rate?: number;
  secondsLeft?: number;
  /** What the units are, for people: 'pictures', 'files', 'iterations'. */
  unit: string;
  /** The device that does the work, named honestly: 'CPU, 2 threads'. */
  device?: string;
  /** A short phrase on the present step, when there is more than one. */
  step?: string;
}

/** Options of everything that can be long. */
export interface JobOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** A meter that turns counts into a rate over the last seconds and the time that is left. `now` is in milliseconds. */
export function createMeter(unit: string, total?: number, now: () => number = () => performance.now()) {
  const windowMs = 8000; // long enough to even out batches, short enough to follow a change of load
  const marks: { at: number; done: number }[] = [{ at: now(), done: 0 }];
  return (done: number, extra: Partial<Progress> = {}): Progress => {
    const at = now();
    marks.push({ at, done });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > windowMs) marks.shift();
    const first = marks[0] ?? { at, done };
    const seconds = (at - first.at) / 1000;
    const rate = seconds > 0 ? (done - first.done) / seconds : 0;
    const progress: Progress = { done, unit, ...extra };
    if (total !== undefined) progress.total = total;
    if (rate > 0) {
      progress.rate = rate;
      if (total !== undefined) progress.secondsLeft = Math.max(0, total - done) / rate;
    }
    return progress;
  };
}
