// Puts a dataset back into the database from its safety copy: the newest checkpoint that is whole, and the edits after it.
import type { JournalRecord as Step } from '../../catalog/edit/history.ts';
import { storing, transact } from '../quota.ts';
import type { DatasetRecord, JournalRecord, MetaRecord, Store } from '../schema.ts';
import { isOfCheckpoint, nameOf, namesBetween, type RecordKey } from './change.ts';
import { bytesOf, type CopyFile, copyFolder, FILES, readCopyFile } from './files.ts';
import { COPY_FORMAT, type Frame, type ReadBytes, readValue } from './frames.ts';

/** Bytes put in one transaction. */
const AT_ONCE = 8 * 2 ** 20;

/** What came back. */
export interface Restored {
  /** Edits that were made until then, those that were taken back and done again among them. */
  edits: number;
  /** True when parts of the copy could not be read. */
  damaged: boolean;
}

/**
 * Restores a dataset from its copy: its record is written last, so that an attempt that was broken off is made again. Null when the copy tells
 * nothing: it was never begun, is not readable at all, or was written by a newer Vitrine. Errors: `storage-full`.
 */
export async function restoreCopy(store: Store, dataset: string): Promise<Restored | null> {
  const copy = await newestFile(dataset);
  if (!copy || copy.frames.some((frame) => frame.format > COPY_FORMAT)) return null;
  const { frames } = copy;
  const read = valueReader(frames, copy.read);
  const record = await recordOf(frames, read);
  if (!record) return null;

  const { state, torn } = await stateOf(frames, read);
  const into = createWriter(store);
  let damaged = copy.holes || torn;
  for (const frame of state.frames) {
    const [of, ...key] = frame.key as RecordKey; // of a `put`, see log.ts
    const outdated = of === 'blocks' && state.blocks[nameOf([of, ...key])] !== frame.stamp;
    const found = outdated ? null : await read(frame);
    if (found) await into.put(of, found.value, frame.bytes);
    else damaged = true;
  }
  const { edits, missing } = await restoreJournal(into, frames, read, state.table);
  await into.end();
  const restored = { edits: Math.max(edits, state.position), damaged: damaged || missing };
  await storing(() => store.put('datasets', { ...record, restored }));
  return restored;
}

/** The file that was begun last; without any beginning the longer one. */
async function newestFile(dataset: string): Promise<(CopyFile & { read: ReadBytes }) | null> {
  const found: (CopyFile & { read: ReadBytes })[] = [];
  try {
    const folder = await copyFolder(dataset);
    for (const name of FILES) {
      const file = await (await folder.getFileHandle(name)).getFile();
      const read = bytesOf(file);
      found.push({ ...(await readCopyFile(file.size, read)), read });
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
  found.sort((a, b) => b.start - a.start || b.end - a.end);
  return found[0] ?? null;
}

/** The value of a frame, or null when neither it nor another frame that says the same is whole. */
type ReadRecord = (frame: Frame) => Promise<{ value: unknown } | null>;

function valueReader(frames: readonly Frame[], read: ReadBytes): ReadRecord {
  const sameOf = new Map<string, Frame[]>();
  const idOf = ({ kind, key, stamp, valueBytes }: Frame): string => JSON.stringify([kind, key, stamp, valueBytes]);
  for (const frame of frames) {
    const same = sameOf.get(idOf(frame));
    if (same) same.push(frame);
    else sameOf.set(idOf(frame), [frame]);
  }
  return async (frame) => {
    const whole = await readValue(frame, read);
    if (whole) return whole;
    for (const other of sameOf.get(idOf(frame)) ?? []) {
      const found = await readValue(other, read);
      if (found) return found;
    }
    return null;
  };
}

/** The newest record of the dataset itself that is whole. */
async function recordOf(frames: readonly Frame[], read: ReadRecord): Promise<DatasetRecord | null> {
  for (const frame of frames.toReversed()) {
    if (frame.kind !== 'put' || (frame.key as RecordKey)[0] !== 'datasets') continue;
    const found = await read(frame);
    if (found) return found.value as DatasetRecord; // put by registry.ts
  }
  return null;
}

interface State {
  /** Of all records but the journal and the dataset's own. */
  frames: Frame[];
  /** xxHash32 by name of all blocks that the checkpoint has. */
  blocks: Record<string, number>;
  table: TableSize;
  /** Latest edit that the blocks contain. */
  position: number;
}

/** What a journal entry must not go beyond, as the catalog stores it. */
interface TableSize {
  rowCount: number;
  classes: readonly unknown[];
}

/** The newest checkpoint whose record of the table is whole; `torn`: there was a newer one. */
async function stateOf(frames: readonly Frame[], read: ReadRecord): Promise<{ state: State; torn: boolean }> {
  const empty = { rowCount: 0, classes: [] };
  let torn = false;
  for (let end = frames.length - 1; end >= 0; end--) {
    const commit = frames[end];
    if (commit?.kind !== 'commit') continue;
    const records = recordsUntil(frames, end);
    /** Undefined for a value that was never kept, null for a damaged one. */
    const metaOf = async (name: string): Promise<unknown> => {
      const frame = records.get(nameOf(['meta', name]));
      const found = frame && (await read(frame));
      return found ? (found.value as MetaRecord).value : found;
    };
    const blocks = await read(commit);
    const [table = empty, position = 0] = [await metaOf('table'), await metaOf('journal')];
    if (blocks && table !== null && position !== null) {
      const inOrder = [...records.values()].sort((a, b) => a.at - b.at);
      const state = { frames: inOrder, blocks: blocks.value, table, position } as State; // as log.ts and checkpoints.ts wrote them
      return { state, torn };
    }
    torn = true;
  }
  return { state: { frames: [], blocks: {}, table: empty, position: 0 }, torn };
}

/** The newest frame of each record but the journal's: of checkpoints those before `end`, of others all. */
function recordsUntil(frames: readonly Frame[], end: number): Map<string, Frame> {
  const records = new Map<string, Frame>();
  frames.forEach((frame, i) => {
    if (frame.kind !== 'put' && frame.kind !== 'remove') return;
    const [of, ...key] = frame.key as RecordKey; // see log.ts
    if (of === 'journal' || of === 'datasets' || (i > end && isOfCheckpoint(of))) return;
    if (frame.kind === 'put') records.set(nameOf([of, ...key]), frame);
    else for (const name of namesBetween(records, of, key)) records.delete(name);
  });
  return records;
}

/** Writes the edits that are whole and about rows and classes that came back; `missing`: there were others. */
async function restoreJournal(
  into: Writer,
  frames: readonly Frame[],
  read: ReadRecord,
  { rowCount, classes }: TableSize,
): Promise<{ edits: number; missing: boolean }> {
  const entries = new Map<string, Frame>();
  for (const frame of frames) {
    const [of, ...key] = (frame.key ?? []) as RecordKey; // of `begin` and `commit`: null
    if (of !== 'journal') continue;
    if (frame.kind === 'put') entries.set(nameOf([of, ...key]), frame);
    else for (const name of namesBetween(entries, of, key)) entries.delete(name);
  }
  let edits = 0;
  let missing = false;
  for (const frame of entries.values()) {
    const found = await read(frame);
    const record = found?.value as JournalRecord | undefined; // written by journal.ts
    const { needs } = (record?.entry as Partial<Extract<Step, { kind: 'do' }>>)?.entry ?? {}; // undo and redo have no entry
    if (record && !(needs && (needs.rows > rowCount || needs.classes > classes.length))) {
      edits = Math.max(edits, record.seq);
      await into.put('journal', record, frame.bytes);
    } else missing = true;
  }
  return { edits, missing };
}

/** Collects records into transactions that are neither many nor large. */
interface Writer {
  put(store: string, record: unknown, bytes: number): Promise<void>;
  end(): Promise<void>;
}

function createWriter(store: Store): Writer {
  let batch: { of: 'blocks'; record: never }[] = [];
  let bytes = 0;
  async function end(): Promise<void> {
    const records = batch;
    batch = [];
    bytes = 0;
    if (records.length === 0) return;
    await storing(async () => {
      const tx = store.transaction([...new Set(records.map(({ of }) => of))], 'readwrite', { durability: 'strict' });
      await transact(tx, function* () {
        for (const { of, record } of records) yield tx.objectStore(of).put(record);
      });
    });
  }
  return {
    async put(of, record, weight) {
      batch.push({ of: of as 'blocks', record: record as never }); // a store and a record of it, as they were put
      bytes += weight;
      if (bytes > AT_ONCE) await end();
    },
    end,
  };
}
