// Walks a source and brings the rows of a dataset in line with it: the first walk, a rescan and the rest of an interrupted one alike.
import type { Rescan } from '../catalog/rescan.ts';
import { throwIfAborted } from '../shared/errors.ts';
import type { Source } from '../source/types.ts';
import type { LeftOutList } from './left-out.ts';

/** How far a walk is; outlives a reload. */
export interface Walk {
  /** Folders still to be listed. */
  pending: Set<string>;
  /** Folders that this walk has listed to their end. */
  completed: Set<string>;
  leftOut: LeftOutList;
  added: number;
  removed: number;
}

/** What the log of a walk gains by a batch. */
export interface WalkLog {
  /** Folders to be listed; they enter with their parent's completion, because a listing that starts again finds them again. */
  found: readonly string[];
  completed: string | null;
}

export interface ScanOptions {
  signal: AbortSignal;
  /** Resolves at once, or when the person lets the walk go on. */
  unpaused(): Promise<void>;
  /** A batch was applied to the rows; `names` are how many pictures it listed. */
  onBatch(log: WalkLog, names: number): void;
}

/**
 * Runs a walk to its end; rows of folders that it did not meet are gone. Errors: `not-found` (the root was moved), `permission`, `aborted`;
 * rows and `walk` stay as far as they are.
 */
export async function runScan(source: Source, rescan: Rescan, walk: Walk, options: ScanOptions): Promise<void> {
  const { signal } = options;
  let listing: string | undefined;
  let folders: string[] = []; // of the folder that is being listed
  for await (const batch of source.walk({ from: [...walk.pending], signal })) {
    throwIfAborted(signal);
    if (batch.directory !== listing) folders = [];
    listing = batch.directory;
    folders = folders.concat(batch.folders);
    walk.leftOut.add(batch.leftOut);
    if (batch.names.length > 0) {
      const { added, revived } = rescan.see(batch.directory, batch.names);
      walk.added += added + revived;
    }
    if (batch.complete) {
      walk.removed += rescan.complete(batch.directory).removed;
      walk.leftOut.complete();
      for (const folder of folders) walk.pending.add(folder);
      walk.pending.delete(batch.directory);
      walk.completed.add(batch.directory);
    }
    const log = batch.complete ? { found: folders, completed: batch.directory } : { found: [], completed: null };
    options.onBatch(log, batch.names.length);
    await options.unpaused();
  }
  throwIfAborted(signal);
  walk.removed += rescan.finish().removed;
}
