// The list of what a walk left out: counted in memory, kept in the store by chunks, so that a million entries cost no memory.
import type { LeftOut, LeftOutReason } from '../source/types.ts';
import type { LeftOutItem, Store } from '../store/schema.ts';
import { eachLeftOut } from '../store/walks.ts';

/** What is kept of a list beside its chunks. */
export interface LeftOutSummary {
  /** Number of the walk whose list this is. */
  walk: number;
  chunks: number;
  total: number;
  byReason: Partial<Record<LeftOutReason, number>>;
}

export interface LeftOutList {
  summary(): LeftOutSummary;
  /** What was left out in a folder that is not complete: counted at once, stored only with `complete`, so that a listing that starts again after a crash does not count twice. */
  add(items: readonly LeftOut[]): void;
  complete(): void;
  /** The next chunk to store, if there is one, and the summary that is right once it is stored. */
  take(): { chunk: { walk: number; chunk: number; items: LeftOut[] } | undefined; summary: LeftOutSummary };
  /** Hands a chunk back whose writing failed. */
  giveBack(items: LeftOut[]): void;
  /** Items [from, to) in the order they were found. */
  read(store: Store, dataset: string, from: number, to: number): Promise<LeftOut[]>;
}

export const emptyLeftOut = (walk: number): LeftOutSummary => ({ walk, chunks: 0, total: 0, byReason: {} });

/** Continues a stored list. */
export function openLeftOut(stored: LeftOutSummary): LeftOutList {
  const kept: LeftOutSummary = { ...stored, byReason: { ...stored.byReason } };
  let ready: LeftOut[] = []; // of complete folders, not yet stored
  let open: LeftOut[] = []; // of the folder that is being listed
  const count = (items: readonly LeftOut[], into: LeftOutSummary): LeftOutSummary => {
    into.total += items.length;
    for (const { reason } of items) into.byReason[reason] = (into.byReason[reason] ?? 0) + 1;
    return into;
  };
  return {
    summary: () => count(open, count(ready, { ...kept, byReason: { ...kept.byReason } })),
    add(items) {
      for (const item of items) open.push(item);
    },
    complete() {
      ready = ready.concat(open);
      open = [];
    },
    take() {
      if (ready.length === 0) return { chunk: undefined, summary: { ...kept, byReason: { ...kept.byReason } } };
      const chunk = { walk: kept.walk, chunk: kept.chunks, items: ready };
      count(ready, kept).chunks++;
      ready = [];
      return { chunk, summary: { ...kept, byReason: { ...kept.byReason } } };
    },
    giveBack(items) {
      kept.chunks--;
      kept.total -= items.length;
      for (const { reason } of items) kept.byReason[reason] = (kept.byReason[reason] ?? 0) - 1;
      ready = items.concat(ready);
    },
    async read(store, dataset, from, to) {
      const items: LeftOut[] = [];
      let at = 0;
      const collect = (chunk: readonly LeftOutItem[]): boolean => {
        const last = Math.min(chunk.length, to - at);
        for (let i = Math.max(0, from - at); i < last; i++) items.push(chunk[i] as LeftOut); // i < length; written by `take`
        at += chunk.length;
        return at < to;
      };
      if (from < kept.total) await eachLeftOut(store, dataset, kept.walk, collect);
      at = Math.max(at, kept.total);
      if (at < to) collect(ready);
      if (at < to) collect(open);
      return items;
    },
  };
}
