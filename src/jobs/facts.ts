// Reads size and modified time of files: those on screen first, many in flight, committed in batches. Also how a rescan sees changes.
import { throwIfAborted, toVitrineError } from '../shared/errors.ts';
import type { Source } from '../source/types.ts';
import { pause } from './session/pause.ts';

/** `getFile` calls in flight, in two lanes of half as many: 6 times the rate of one after another; more gains nothing (measured, platform notes 2). */
const IN_FLIGHT = 32;
/** Rows of one commit: about 0.1 s of reading. */
const BATCH = 1024;

/** Facts of files as they are on disk; arrays have the length of `ids`. */
export interface FileFacts {
  ids: Uint32Array;
  /** Bytes. */
  sizes: Float64Array;
  /** Milliseconds since 1970. */
  modified: Float64Array;
}

export interface FactsTarget {
  /** At most `limit` rows to read next, most wanted first; empty when there is none. A row is never given twice in one job. */
  next(limit: number): Uint32Array;
  paths(ids: Uint32Array): string[];
  commit(facts: FileFacts): void | Promise<void>;
}

export interface FactsOptions {
  signal: AbortSignal;
  /** Resolves at once, or when a walk that goes first is done. */
  unpaused(): Promise<void>;
  onProgress(done: number): void;
}

/**
 * Reads until `next` gives nothing. A file that cannot be opened is passed over (the next walk finds it gone); what ends the job
 * is `permission`: no other file would open either. Errors: `permission`, `aborted`.
 */
export async function runFacts(source: Source, target: FactsTarget, options: FactsOptions): Promise<void> {
  let done = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (!failed) {
      await options.unpaused();
      throwIfAborted(options.signal);
      const ids = target.next(BATCH);
      if (ids.length === 0) return;
      const facts = await readFacts(source, ids, target.paths(ids), options.signal);
      throwIfAborted(options.signal);
      if (facts.ids.length > 0) await target.commit(facts);
      done += ids.length;
      options.onProgress(done);
      await pause(); // files of a list are at hand at once: calls would wait for all of them
    }
  };
  // one lane reads on while the other waits for the last files of its batch, and commits
  const lanes = [lane(), lane()];
  try {
    await Promise.all(lanes);
  } finally {
    failed = true;
    await Promise.allSettled(lanes); // nothing is committed after this has ended
  }
}

/** Size and time of the files that open, in no particular order. Errors: `permission`, `aborted`. */
async function readFacts(
  source: Source,
  ids: Uint32Array,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<FileFacts> {
  const facts = {
    ids: new Uint32Array(ids.length),
    sizes: new Float64Array(ids.length),
    modified: new Float64Array(ids.length),
  };
  let next = 0;
  let read = 0;
  const reader = async (): Promise<void> => {
    while (next < ids.length) {
      throwIfAborted(signal);
      const i = next++;
      try {
        const path = paths[i] as string; // paths has the length of ids
        const { size, lastModified } = await (source.facts?.(path) ?? source.file(path));
        facts.ids[read] = ids[i] as number;
        facts.sizes[read] = size;
        facts.modified[read] = lastModified;
        read++;
      } catch (error) {
        if (toVitrineError(error).code === 'permission') throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT / 2, ids.length) }, reader));
  return {
    ids: facts.ids.subarray(0, read),
    sizes: facts.sizes.subarray(0, read),
    modified: facts.modified.subarray(0, read),
  };
}
