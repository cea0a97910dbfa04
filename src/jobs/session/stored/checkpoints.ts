// Writes what changed into blocks, together with the journal position that they contain: one transaction, so that a crash leaves the old or the new.
import { dirtyBlocks, encodeBlock, encodeMeta, markSaved } from '../../../catalog/snapshot.ts';
import { toVitrineError } from '../../../shared/errors.ts';
import { type Checkpoint, writeCheckpoint } from '../../../store/blocks.ts';
import { readJournal, trimJournal } from '../../../store/journal.ts';
import type { Core } from '../core.ts';
import type { Verifier } from './verify.ts';

/** What the journal keeps behind the blocks, in entries and bytes: more than the history in memory remembers, so that undo never misses one. */
const KEEP = { edits: 10_000, bytes: 256 * 2 ** 20 };

/** After the last change; the journal has every edit long before. */
const IDLE_MS = 2000;
/** During a walk and other streams of changes. */
const STREAM_MS = 1000;
/** After a write that failed: space may have been made meanwhile. */
const RETRY_MS = 10_000;

/** What a walk adds to a checkpoint, and how it gets it back when the write fails. */
export interface CheckpointExtra {
  take(): { parts: Pick<Checkpoint, 'leftOut' | 'walked' | 'walkDone'>; giveBack(): void };
}

export interface Checkpoints {
  /** Writes now, after what is being written; `values` are kept in the same transaction. Errors: `storage-full`, `storage-damaged`. */
  write(durability: 'strict' | 'relaxed', values?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes when the changes pause, at the latest a second after the first. */
  soon(): void;
  /** Forgets old journal entries that the blocks contain. */
  trim(): Promise<void>;
  stop(): void;
}

export function createCheckpoints(
  core: Core,
  extra: CheckpointExtra,
  verifier: Verifier,
  onWritten: () => void,
): Checkpoints {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = 0;
  let chain: Promise<void> = Promise.resolve();
  let stopped = false;
  /** Why nothing can be written, as it was told. */
  let trouble: string | undefined;

  function write(durability: 'strict' | 'relaxed', values: Readonly<Record<string, unknown>> = {}): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const work = chain.then(() => writeOnce(durability, values));
    chain = work.catch(() => undefined); // one failure must not keep the next from being tried
    return work;
  }

  async function writeOnce(durability: 'strict' | 'relaxed', values: Readonly<Record<string, unknown>>): Promise<void> {
    if (core.access !== 'owner') return;
    let due = verifier.due(dirtyBlocks(core.table));
    while (due.length > 0) {
      await verifier.check(due);
      due = verifier.due(dirtyBlocks(core.table));
    }
    // From here to writeCheckpoint nothing awaits: blocks, meta and position are of one moment.
    const { parts, giveBack } = extra.take();
    const { table, position, layout, walk, recipe } = core;
    const keys = dirtyBlocks(table);
    const blocks = keys.map((key) => ({ column: key.column, block: key.block, bytes: encodeBlock(table, key) }));
    const meta = encodeMeta(table);
    try {
      await writeCheckpoint(
        core.store,
        core.record.id,
        { blocks, meta: { ...values, table: meta, journal: position, layout, walk, recipe }, ...parts },
        durability,
      );
    } catch (error) {
      giveBack();
      throw error;
    }
    markSaved(table, keys, meta);
    verifier.written(keys);
    core.contained = position;
    onWritten();
  }

  async function writeQuietly(): Promise<void> {
    try {
      await write('relaxed');
      if (trouble === undefined) return;
      if (core.damage === trouble) core.damage = undefined;
      trouble = undefined;
    } catch (error) {
      const { code, message } = toVitrineError(error);
      trouble = code === 'storage-full' ? fullSentence : message;
      core.damage = trouble;
      if (!stopped) timer ??= setTimeout(() => void writeQuietly(), RETRY_MS);
    }
    core.stateChanged();
  }

  return {
    write,
    soon() {
      const now = performance.now();
      if (timer === undefined) first = now;
      clearTimeout(timer);
      const wait = Math.max(0, Math.min(IDLE_MS, first + STREAM_MS - now));
      timer = setTimeout(() => void writeQuietly(), wait);
    },
    async trim() {
      const records = await readJournal(core.store, core.record.id, 0);
      let bytes = 0;
      let through = 0;
      records.reverse().forEach((record, edits) => {
        bytes += bytesOf(record.entry);
        if (through === 0 && (edits >= KEEP.edits || bytes > KEEP.bytes)) through = record.seq;
      });
      through = Math.min(through, core.contained);
      if (through > 0) await trimJournal(core.store, core.record.id, through);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const fullSentence =
  'The browser has no space left for Vitrine: edits that cannot be kept are refused. Free disk space or remove a recent dataset.';

/** Bytes of the typed arrays in a value. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part), 0);
}
