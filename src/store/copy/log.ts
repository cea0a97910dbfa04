// The safety copy's file while its dataset is open: frames are appended, and what is out of date is left behind by beginning the other file. Workers only.
import { isOfCheckpoint, nameOf, namesBetween, type RecordKey } from './change.ts';
import { encodeValue } from './codec.ts';
import { type CopyFile, copyFolder, FILES, readCopyFile } from './files.ts';
import { type Frame, type FrameKind, makeFrame, type ReadBytes, readValue } from './frames.ts';

/** The part of FileSystemSyncAccessHandle that is used; TypeScript has it only in the library of workers, which excludes the page's. */
interface SyncAccess {
  read(into: ArrayBufferView, options: { at: number }): number;
  write(from: ArrayBufferView, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

export interface CopyLog {
  /** The newest frame of each record, by `nameOf`. */
  readonly records: ReadonlyMap<string, Frame>;
  /** Checkpoints are whole: nothing of one stands behind the last `commit`, and none is known to be damaged. */
  readonly whole: boolean;
  put(key: RecordKey, record: unknown): void;
  remove(store: string, from: IDBValidKey[], to: IDBValidKey[]): void;
  /** What was put and removed of a checkpoint's stores counts from here on. */
  commit(): void;
  /** Asks the disk. */
  flush(): void;
  /** Looks at the bytes of all records and forgets those that are damaged. */
  verify(): Promise<void>;
  /** Begins the other file when most of this one is out of date. Meanwhile records outside of checkpoints may be put, and none removed. */
  compact(): Promise<void>;
  close(): void;
}

/** A tenth of a second each. */
const HELD_TRIES = 30;
/** Out of date bytes that are left lying. */
const WASTE = 16 * 2 ** 20;
/** Bytes handled without letting other work in between. */
const AT_ONCE = 2 ** 20;
/** Bytes for which the disk is asked at once: edits would wait while it is asked for all of a large copy. */
const FLUSH_BYTES = 4 * 2 ** 20;

/** Takes a dataset's copy, or begins one. Errors: what the browser's file system throws. */
export async function openLog(dataset: string): Promise<CopyLog> {
  const folder = await copyFolder(dataset, true);
  const opened: SyncAccess[] = [];
  try {
    const parts: Part[] = [];
    for (const name of FILES) {
      const file = (await folder.getFileHandle(name, { create: true })) as WorkerFileHandle; // see SyncAccess
      const access = await take(file);
      opened.push(access);
      parts.push({ access, ...(await readCopyFile(access.getSize(), reader(access))) });
    }
    const [a, b] = parts as [Part, Part]; // FILES has two names
    return log(...(a.start >= b.start ? ([a, b] as const) : ([b, a] as const)));
  } catch (error) {
    for (const access of opened) access.close();
    throw error;
  }
}

/** The files of a tab that has just died are free a moment after its lock. */
async function take(file: WorkerFileHandle): Promise<SyncAccess> {
  for (let tries = 0; ; tries++)
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isHeld || tries === HELD_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

type Part = CopyFile & { access: SyncAccess };

const reader =
  (access: SyncAccess): ReadBytes =>
  (at, length) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, access.getSize() - at)));
    return bytes.subarray(0, access.read(bytes, { at }));
  };

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function log(current: Part, other: Part): CopyLog {
  let { access, end, start } = current;
  let spare = other.access;
  let records = new Map<string, Frame>();
  let live = 0;
  let unflushed = 0;
  let whole = start > 0 && !current.holes;

  function forget(name: string): void {
    live -= records.get(name)?.bytes ?? 0;
    records.delete(name);
  }
  function apply(frame: Frame): void {
    if (frame.kind === 'commit') whole = true;
    if (frame.kind !== 'put' && frame.kind !== 'remove') return;
    const [store, ...key] = frame.key as RecordKey; // written by `put` and `remove`
    if (isOfCheckpoint(store)) whole = false;
    if (frame.kind === 'put') {
      const name = nameOf([store, ...key]);
      forget(name);
      records.set(name, frame);
      live += frame.bytes;
    } else for (const name of namesBetween(records, store, key)) forget(name);
  }
  function append(kind: FrameKind, key: unknown, value: Uint8Array): void {
    const { frame, bytes } = makeFrame(kind, key, value, end);
    write(access, bytes, end);
    end += bytes.length;
    apply(frame);
  }
  function write(file: SyncAccess, bytes: Uint8Array, at: number): void {
    writeAll(file, bytes, at);
    unflushed += bytes.length;
    if (unflushed > FLUSH_BYTES) flush(file);
  }
  function flush(file: SyncAccess): void {
    file.flush();
    unflushed = 0;
  }
  /** Empty but for its beginning. */
  function begin(file: SyncAccess, number: number): number {
    const { bytes } = makeFrame('begin', null, encodeValue(number), 0);
    file.truncate(0);
    writeAll(file, bytes, 0);
    return bytes.length;
  }
  const blockStamps = (): Record<string, number> => {
    const stamps: Record<string, number> = {};
    for (const [name, { key, stamp }] of records) if ((key as RecordKey)[0] === 'blocks') stamps[name] = stamp; // as above
    return stamps;
  };

  if (start === 0) {
    start = 1;
    end = begin(access, start);
  } else {
    for (const frame of current.frames) apply(frame);
    if (current.holes) whole = false;
    access.truncate(end); // what a crash left torn
  }
  spare.truncate(0); // what a switch that was broken off left

  return {
    get records() {
      return records;
    },
    get whole() {
      return whole;
    },
    put: ([store, ...key], record) => append('put', [store, ...key], encodeValue(record)),
    remove: (store, from, to) => append('remove', [store, from, to], encodeValue(null)),
    commit: () => append('commit', null, encodeValue(blockStamps())),
    flush: () => flush(access),
    async verify() {
      let bytes = 0;
      for (const [name, frame] of [...records]) {
        if (records.get(name) !== frame) continue; // written anew meanwhile
        if (!(await readValue(frame, reader(access)))) {
          forget(name);
          whole = false;
        }
        bytes += frame.bytes;
        if (bytes < AT_ONCE) continue;
        bytes = 0;
        await later();
      }
    },
    async compact() {
      if (!whole || end - live < live + WASTE) return;
      const fresh = new Map<string, Frame>();
      // the beginning is written last: until then this file does not count
      let at = begin(spare, 0);
      let bytes = 0;
      const move = (name: string, frame: Frame): void => {
        write(spare, reader(access)(frame.at, frame.bytes) as Uint8Array, at); // a sync handle reads at once
        fresh.set(name, { ...frame, at, valueAt: frame.valueAt - frame.at + at });
        at += frame.bytes;
        bytes += frame.bytes;
      };
      const moved = new Map<string, Frame>();
      for (const [name, frame] of [...records]) {
        if (records.get(name) !== frame) continue;
        move(name, frame);
        moved.set(name, frame);
        if (bytes < AT_ONCE) continue;
        bytes = 0;
        await later();
      }
      // from here on nothing waits: what came meanwhile, and the switch
      for (const [name, frame] of records) if (moved.get(name) !== frame) move(name, frame);
      // small and needed for everything else: twice, far apart
      for (const [name, frame] of records) if ((frame.key as RecordKey)[0] === 'meta') move(name, frame);
      records = fresh;
      live = 0;
      for (const frame of records.values()) live += frame.bytes;
      [access, spare] = [spare, access];
      end = at;
      append('commit', null, encodeValue(blockStamps()));
      flush(access);
      start++;
      const { bytes: beginning } = makeFrame('begin', null, encodeValue(start), 0);
      write(access, beginning, 0);
      flush(access);
      spare.truncate(0);
    },
    close() {
      access.close();
      spare.close();
    },
  };
}

/** A file system that is full stops short or throws. */
function writeAll(access: SyncAccess, bytes: Uint8Array, at: number): void {
  if (access.write(bytes, { at }) !== bytes.length)
    throw new DOMException('The file could not be written to its end.', 'QuotaExceededError');
}
