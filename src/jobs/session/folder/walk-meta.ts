// What is stored of a dataset's walks beside the log of an unfinished one: the report of the last, and which left-out list counts.
import type { ScanReport } from '../../../catalog/types.ts';
import { emptyLeftOut, type LeftOutSummary } from '../../left-out.ts';

export interface WalkMeta {
  state: 'walking' | 'paused' | 'done' | 'failed';
  error?: string;
  /** True once a walk has come to its end: later ones are rescans. */
  complete: boolean;
  /** The list that counts: of the last complete walk, or of the first one while it goes on. */
  leftOut: LeftOutSummary;
  /** The list of a rescan that is not complete. */
  next: LeftOutSummary | null;
  added: number;
  removed: number;
  changed: number;
  seconds: number;
}

export const firstWalk = (): WalkMeta => ({
  state: 'walking',
  complete: false,
  leftOut: emptyLeftOut(1),
  next: null,
  added: 0,
  removed: 0,
  changed: 0,
  seconds: 0,
});

/** found = shown + left out, by what is true of the rows and the list at this moment. */
export function reportOf(walk: WalkMeta, leftOut: number, shown: number): ScanReport {
  const { added, removed, changed, seconds } = walk;
  return { found: shown + leftOut, shown, leftOut, added, removed, changed, seconds };
}
