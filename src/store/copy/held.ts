// The safety copies of the datasets that this worker owns: what is written is told to them.
import type { Store } from '../schema.ts';
import type { Change } from './change.ts';

/** A dataset's copy while it is open. */
export interface Copy {
  /** These writes are in the database. Never fails and waits for nothing. */
  follow(changes: readonly Change[]): void;
  /** Resolves when all that was told of is in the copy, and its files are let go. Never fails. */
  close(): Promise<void>;
}

/** Makes a copy follow a dataset until it is closed; only the owner of the dataset may. `onTrouble` is told why there is none, and undefined when there is one again. */
export type HoldCopy = (store: Store, dataset: string, onTrouble: (sentence: string | undefined) => void) => Copy;

const held = new Map<string, Copy>();

/** The copy of a dataset that is open here, if it has one. */
export const copyOf = (dataset: string): Copy | undefined => held.get(dataset);

/** From here on the copy is told of what is written. */
export function keepTelling(dataset: string, copy: Copy): void {
  held.set(dataset, copy);
}

export function stopTelling(dataset: string): void {
  held.delete(dataset);
}
