// Walks a source and brings the rows of a dataset in line with it: the first walk, a rescan and the rest of an interrupted one alike.
import type { SampleId } from '../catalog/types.ts';
import { throwIfAborted } from '../shared/errors.ts';
import type { Source } from '../source/types.ts';
import type { LeftOutList } from './left-out.ts';
import { type Comparison, compareDirectory } from './scan-plan.ts';

/** The rows that a walk changes. */
export interface ScanTarget {
  /** Rows of a directory by name, removed ones included; undefined when it has none. */
  rowsOf(directory: string): ReadonlyMap<string, SampleId> | undefined;
  isPresent(id: SampleId): boolean;
  /** Directories that have rows. */
  directories(): Iterable<string>;
  add(directory: string, names: readonly string[]): void;
  revive(ids: readonly SampleId[]): void;
  remove(ids: readonly SampleId[]): void;
}

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

export interface ScanOptions {
  signal: AbortSignal;
  /** Resolves at once, or when the person lets the walk go on. */
  unpaused(): Promise<void>;
  /** A batch was applied; `folders` and `completed` are what the log of the walk gains by it. */
  onBatch(log: { folders: readonly string[]; completed: string | null }): void;
}

/** Runs a walk to its end. Errors: `not-found` (the folder was moved), `permission`, `aborted`; rows and `walk` stay as far as they are. */
export async function runScan(source: Source, target: ScanTarget, walk: Walk, options: ScanOptions): Promise<void> {
  const { signal } = options;
  let directory: string | undefined;
  let comparison: Comparison | undefined;
  let folders: string[] = []; // of the directory that is being listed
  for await (const batch of source.walk({ from: [...walk.pending], signal })) {
    throwIfAborted(signal);
    if (batch.directory !== directory || !comparison) {
      directory = batch.directory;
      comparison = compareDirectory(target.rowsOf(directory), target.isPresent);
      folders = [];
    }
    const { added, revived } = comparison.take(batch.names);
    if (added.length > 0) target.add(directory, added);
    if (revived.length > 0) target.revive(revived);
    walk.added += added.length + revived.length;
    walk.leftOut.add(batch.leftOut);
    folders.push(...batch.folders);
    if (batch.complete) {
      removeRows(target, walk, comparison.gone());
      walk.leftOut.complete();
      for (const folder of folders) walk.pending.add(folder);
      walk.pending.delete(directory);
      walk.completed.add(directory);
      comparison = undefined;
    }
    // folders enter the log with their parent's completion: a listing that starts again finds them again
    options.onBatch({ folders: batch.complete ? folders : [], completed: batch.complete ? directory : null });
    await options.unpaused();
  }
  for (const known of target.directories()) {
    if (walk.completed.has(known)) continue;
    removeRows(target, walk, compareDirectory(target.rowsOf(known), target.isPresent).gone());
  }
}

function removeRows(target: ScanTarget, walk: Walk, ids: readonly SampleId[]): void {
  if (ids.length > 0) target.remove(ids);
  walk.removed += ids.length;
}
