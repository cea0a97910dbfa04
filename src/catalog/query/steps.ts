// Long work as generators: they yield what a step cost, and their driver decides when to let others run or to stop.
import { throwIfAborted } from '../../shared/errors.ts';

/** Options of everything long. `pause` is awaited about every 8 ms of work: give it a macrotask; absent: never waits. */
export interface Options {
  signal?: AbortSignal;
  pause?: () => Promise<void>;
}

/** Work that yields the number of rows of each step, weighted by how dear a row was (1: a few nanoseconds). */
export type Steps<T> = Generator<number, T>;

/** Cost between two pauses, about 8 ms at the few nanoseconds a row that plain passes take. */
const PAUSE_COST = 2_000_000;

/** Runs the steps to their end, pausing between them. Errors: `aborted` when the signal fires, at the next pause. */
export async function drive<T>(steps: Steps<T>, { signal, pause }: Options = {}): Promise<T> {
  throwIfAborted(signal);
  let cost = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    cost += step.value;
    if (cost < PAUSE_COST || pause === undefined) continue;
    cost = 0;
    await pause();
    throwIfAborted(signal);
  }
}
