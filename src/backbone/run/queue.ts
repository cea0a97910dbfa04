// One call at a time: overlapping calls into one onnxruntime-web module hang or trap (measured, and upstream's own open issues).
import { throwIfAborted } from '../../shared/errors.ts';

/** Runs works one after the other in the order they came. A work that fails does not disturb those behind it; an aborted one is not started. */
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
