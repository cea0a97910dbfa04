// Works that must not overlap: one at a time, in order; a failure does not disturb those behind it.
import { throwIfAborted } from './errors.ts';

/** Runs a work when those before it have ended, well or not. One that is aborted while it waits is never started. */
export type Queue = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    const result = tail.then(() => {
      throwIfAborted(signal);
      return work();
    });
    tail = result.catch(() => undefined); // the caller gets the error; the queue goes on
    return result;
  };
}
