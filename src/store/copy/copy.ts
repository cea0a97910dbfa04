// The safety copy of one open dataset, in the worker that writes it: first equal to the database, then following each write.
import { catchUp } from './catch-up.ts';
import { type Change, copiedRecord, isOfCheckpoint, keyOf, MARK, storeOf } from './change.ts';
import type { Copy, HoldCopy } from './held.ts';
import { type CopyLog, openLog } from './log.ts';

/** After a fault; space may have been made meanwhile. */
const RETRY_MS = 10_000;
/** Bytes of blocks that wait for a slow disk; beyond them the copy reads the database again instead. */
const LONGEST_QUEUE = 64 * 2 ** 20;
/** Bytes of a checkpoint written before edits that came meanwhile get their turn. */
const AT_ONCE = 2 ** 20;
/** The disk is asked for at most a fifth of the time. */
const FLUSH_SHARE = 5;
/** Longer than a write that is in the database takes to be told of. */
const TOLD_MS = 100;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Begins to copy; `follow` and `close` are told by the dataset's owner. Workers only: pages have no synchronous files. */
export const writeCopy: HoldCopy = (store, dataset, onTrouble) => {
  let log: CopyLog | undefined;
  /** Writes of checkpoints, and removals; edits do not wait for them. */
  let queue: (readonly Change[])[] = [];
  /** The copy has to be compared with the database before it follows again. */
  let behind = true;
  let closed = false;
  let working: Promise<void> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flushing: ReturnType<typeof setTimeout> | undefined;
  let flushAfter = 0;

  function fault(error: unknown): void {
    behind = true;
    queue = [];
    log?.close();
    log = undefined;
    clearTimeout(flushing);
    flushing = undefined;
    onTrouble(sentenceOf(error));
    if (!closed) retry ??= setTimeout(work, RETRY_MS);
  }

  function work(): void {
    clearTimeout(retry);
    retry = undefined;
    working ??= run()
      .catch(fault)
      .finally(() => {
        working = undefined;
        if (!closed && retry === undefined && (behind || queue.length > 0)) work();
      });
  }

  async function run(): Promise<void> {
    log ??= await openLog(dataset);
    const own = log;
    if (behind) {
      behind = false;
      queue = []; // all of it is in the database
      const mark = await catchUp(store, dataset, own);
      await wait(TOLD_MS);
      if (log !== own) return; // an edit met a fault meanwhile
      // what came before the mark, or with it, is in what was read
      queue = queue.slice(queue.findIndex((changes) => marksOf(changes).includes(mark)) + 1);
      onTrouble(undefined);
    }
    for (let changes = queue.shift(); changes && log === own; changes = queue.shift()) {
      await writeAll(own, changes);
      await own.compact();
    }
    flushSoon();
  }

  async function writeAll(to: CopyLog, changes: readonly Change[]): Promise<void> {
    let bytes = 0;
    for (const change of changes) {
      writeOne(to, change);
      bytes += weightOf(change);
      if (bytes < AT_ONCE) continue;
      bytes = 0;
      await wait(0);
    }
    if (changes.some((change) => isOfCheckpoint(storeOf(change)))) to.commit();
  }

  function flushSoon(): void {
    flushing ??= setTimeout(flush, Math.max(0, flushAfter - performance.now()));
  }
  function flush(): void {
    flushing = undefined;
    const from = performance.now();
    try {
      log?.flush();
    } catch (error) {
      fault(error);
    }
    const to = performance.now();
    flushAfter = to + (to - from) * (FLUSH_SHARE - 1);
  }

  const copy: Copy = {
    follow(changes) {
      if (behind) return;
      if (log && changes.every((change) => 'put' in change && !isOfCheckpoint(change.put))) {
        try {
          for (const change of changes) writeOne(log, change);
          flushSoon();
        } catch (error) {
          fault(error);
        }
        return;
      }
      queue.push(changes);
      if (queue.length > 1 && weightOfAll(queue) > LONGEST_QUEUE) {
        behind = true;
        queue = [];
      }
      work();
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      while (working) await working;
      clearTimeout(flushing);
      flush();
      log?.close();
      log = undefined;
    },
  };
  work();
  return copy;
};

function writeOne(to: CopyLog, change: Change): void {
  if ('remove' in change) to.remove(change.remove, change.from.slice(1), change.to.slice(1));
  else to.put(keyOf(change.put, change.record), copiedRecord(change.record));
}

const marksOf = (changes: readonly Change[]): unknown[] =>
  changes.flatMap((change) =>
    'put' in change && change.put === 'meta' && change.record.name === MARK ? [change.record.value] : [],
  );

const weightOf = (change: Change): number =>
  'put' in change && change.put === 'blocks' ? change.record.bytes.byteLength : 1024;
const weightOfAll = (queue: readonly (readonly Change[])[]): number =>
  queue.flat().reduce((sum, change) => sum + weightOf(change), 0);

function sentenceOf(error: unknown): string {
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  const why = isFull ? 'the browser has no space left for it' : 'the browser could not write it';
  return `There is no safety copy of the latest edits: ${why}. They are saved all the same; free disk space, or save the labels into the folder.`;
}
