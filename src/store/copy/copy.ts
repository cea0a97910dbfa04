// The safety copy of an open dataset: follows every write to IndexedDB a moment later, and never makes one wait or fail.
import type { Store } from '../schema.ts';
import { catchUp } from './catch-up.ts';
import { type Change, copiedRecord, isOfCheckpoint, keyOf, MARK, storeOf } from './change.ts';
import { type CopyLog, openLog } from './log.ts';

export interface Copy {
  /** These writes are in the database. */
  follow(changes: readonly Change[]): void;
  /** Writes what is due and lets the files go. */
  close(): Promise<void>;
}

/** After a fault; space may have been made meanwhile. */
const RETRY_MS = 10_000;
/** Bytes of blocks that wait for a slow disk; beyond them the copy reads the database again instead. */
const LONGEST_QUEUE = 64 * 2 ** 20;
/** Bytes written without letting other work in between. */
const AT_ONCE = 2 ** 19;
/** The disk is asked for at most a twentieth of the time. */
const FLUSH_SHARE = 20;

const held = new Map<string, Copy>();

/** The copy of a dataset that this worker owns. */
export const copyOf = (dataset: string): Copy | undefined => held.get(dataset);

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Holds the copy of a dataset until it is closed; only the owner of the dataset may. `onTrouble` is told why there is no copy, and
 * undefined when there is one again. A page has no synchronous files, so nothing is copied there: the application opens datasets in a worker.
 */
export function holdCopy(
  store: Store,
  dataset: string,
  onTrouble: (sentence: string | undefined) => void,
): Copy | undefined {
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return undefined;
  let log: CopyLog | undefined;
  /** Writes of checkpoints, and removals. */
  let queue: (readonly Change[])[] = [];
  /** Edits and what else stands for itself. */
  let urgent: Change[] = [];
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
    urgent = [];
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
      await later(); // the write that made the mark may not have been told of yet
      // what came before the mark, or with it, is in what was read
      queue = queue.slice(queue.findIndex((changes) => marksOf(changes).includes(mark)) + 1);
      onTrouble(undefined);
    }
    for (let changes = queue.shift(); changes && log === own; changes = queue.shift()) {
      await write(own, changes);
      await own.compact();
    }
    flushSoon();
  }

  async function write(to: CopyLog, changes: readonly Change[]): Promise<void> {
    let bytes = 0;
    for (const change of changes) {
      writeOne(to, change);
      bytes += weightOf(change);
      if (bytes < AT_ONCE || closed) continue;
      bytes = 0;
      await later();
    }
    if (changes.some((change) => isOfCheckpoint(storeOf(change)))) to.commit();
  }

  function writeUrgent(): void {
    if (!log || urgent.length === 0) return;
    try {
      for (const change of urgent.splice(0)) writeOne(log, change);
      flushSoon();
    } catch (error) {
      fault(error);
    }
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
        urgent.push(...changes);
        setTimeout(writeUrgent); // in a task of its own, so that the answer to an edit is sent before
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
      held.delete(dataset);
      clearTimeout(retry);
      while (working) await working;
      writeUrgent();
      clearTimeout(flushing);
      try {
        log?.flush();
      } catch {
        // the next opening compares the copy with the database
      }
      log?.close();
      log = undefined;
    },
  };
  held.set(dataset, copy);
  work();
  return copy;
}

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
