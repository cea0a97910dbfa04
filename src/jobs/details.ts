// Reads what the headers of files tell: a few in flight, committed in batches, so that whatever a person waits for goes first.
import { type FileDetails, readFileDetails } from '../pixels/details/read.ts';
import { throwIfAborted, toVitrineError } from '../shared/errors.ts';
import type { Source } from '../source/types.ts';
import { pause } from './session/pause.ts';

/** A quarter of what reading sizes takes: pictures on screen are read at the same time. */
const IN_FLIGHT = 8;
/** Rows of one commit: about a second of reading. */
const BATCH = 512;

/** What one row's header told. */
export interface RowFileDetails extends FileDetails {
  id: number;
}

export interface DetailsTarget {
  /** At most `limit` rows to read next; empty when there is none. A row is never given twice in one job. */
  next(limit: number): Uint32Array;
  paths(ids: Uint32Array): string[];
  commit(details: RowFileDetails[]): void;
}

export interface DetailsOptions {
  signal: AbortSignal;
  /** Resolves at once, or when what goes first is done. */
  unpaused(): Promise<void>;
  onProgress(done: number): void;
}

/** Reads until `next` gives nothing. A file that cannot be opened is passed over. Errors: `permission`, `aborted`. */
export async function runDetails(source: Source, target: DetailsTarget, options: DetailsOptions): Promise<void> {
  const { signal } = options;
  let done = 0;
  for (;;) {
    await options.unpaused();
    throwIfAborted(signal);
    const ids = target.next(BATCH);
    if (ids.length === 0) return;
    const paths = target.paths(ids);
    const read: RowFileDetails[] = [];
    let next = 0;
    const reader = async (): Promise<void> => {
      while (next < ids.length) {
        throwIfAborted(signal);
        const i = next++;
        try {
          const file = await source.file(paths[i] as string); // paths has the length of ids
          read.push({ id: ids[i] as number, ...(await readFileDetails(file)) });
        } catch (error) {
          if (toVitrineError(error).code === 'permission') throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, ids.length) }, reader));
    throwIfAborted(signal);
    if (read.length > 0) target.commit(read);
    done += ids.length;
    options.onProgress(done);
    await pause(); // edits and windows that were asked for meanwhile
  }
}
