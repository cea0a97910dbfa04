// Thumbnails on disk, of files that are slow to decode: bounded in bytes over all datasets, least recently used leave first. Workers only.
import { toVitrineError, VitrineError } from '../shared/errors.ts';
import { checksum } from './checksum.ts';

/** An encoded picture and what its decoding told, as JSON. */
export interface KeptThumbnail {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  facts: unknown;
}

export interface ThumbnailStore {
  /** The picture that was kept under exactly this key; undefined when there is none, or it is damaged. */
  read(dataset: string, key: string): Promise<KeptThumbnail | undefined>;
  /** Keeps a picture. A full disk keeps none, silently: it can be made again. */
  write(dataset: string, key: string, kept: KeptThumbnail): Promise<void>;
  /** Removes what was not used for longest until all files together are within nine tenths of the bound. Another worker that does it is enough. */
  sweep(): Promise<void>;
}

interface Options {
  /** Bytes on disk at most, give or take what is written between two sweeps. */
  maxBytes?: number;
  /** Bytes that this worker writes between two sweeps. */
  sweepEvery?: number;
  /** A picture that is used again counts as used now when the last time is longer ago. */
  touchAfterMs?: number;
}

const FOLDER = 'thumbnails';
/** About 10,000 thumbnails of a dense screen. */
const MAX_BYTES = 256 * 2 ** 20;
/** Listing that many files takes seconds beside the decoding of as many; over all workers the bound is passed by an eighth each at most. */
const SWEEP_EVERY = 32 * 2 ** 20;
const TOUCH_AFTER_MS = 3_600_000;
/** Files looked at together while sweeping. */
const AT_ONCE = 32;

/**
 * The head of a file: when it was last used, in milliseconds since 1970:
 * the browser's own time stays where it was when a private file is written in place), and the length of the JSON that follows, which describes the picture behind it.
 */
const USED_BYTES = 8;
const HEAD_BYTES = USED_BYTES + 4;
interface Description {
  key: string;
  type: string;
  length: number;
  checksum: number;
  facts: unknown;
}

/** The part of FileSystemSyncAccessHandle that is used; TypeScript has it only in the library of workers, which excludes the page's. */
interface SyncAccess {
  write(from: ArrayBufferView, options: { at: number }): number;
  truncate(size: number): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

/** A store on the origin's private files; all workers and tabs may have one at the same time. */
export function createThumbnailStore(options: Options = {}): ThumbnailStore {
  const { maxBytes = MAX_BYTES, sweepEvery = SWEEP_EVERY, touchAfterMs = TOUCH_AFTER_MS } = options;
  // earlier sessions may have left more than the bound: the first write sweeps
  let sinceSweep = sweepEvery;

  async function sweep(): Promise<void> {
    sinceSweep = 0;
    await navigator.locks.request('vitrine-thumbnails', { ifAvailable: true }, async (lock) => {
      if (lock) await removeOldest(maxBytes);
    });
  }

  return {
    async read(dataset, key) {
      try {
        const handle = await fileOf(await folderOf(dataset), key);
        const all = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        const kept = parsed(all, key);
        if (kept && Date.now() - usedAt(all) > touchAfterMs) await touch(handle);
        return kept;
      } catch (error) {
        if (isOrdinary(error)) return undefined;
        throw toVitrineError(error);
      }
    },
    async write(dataset, key, kept) {
      try {
        const handle = await fileOf(await folderOf(dataset, true), key, true);
        const bytes = encoded(key, kept);
        const access = await handle.createSyncAccessHandle();
        try {
          access.truncate(0);
          access.write(bytes, { at: 0 });
        } finally {
          access.close();
        }
        sinceSweep += bytes.length;
        if (sinceSweep >= sweepEvery) await sweep();
      } catch (error) {
        if (!isOrdinary(error)) throw toVitrineError(error);
      }
    },
    sweep,
  };
}

/** Removes the thumbnails of a dataset. What another tab is writing at this moment goes with a later sweep. */
export async function removeThumbnails(dataset: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle(FOLDER)).removeEntry(dataset, { recursive: true });
  } catch (error) {
    if (!isOrdinary(error)) throw error;
  }
}

/** Bytes that thumbnails have on disk. */
export async function thumbnailBytes(): Promise<number> {
  return (await listed()).reduce((sum, { bytes }) => sum + bytes, 0);
}

async function folderOf(dataset: string, create = false): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return (await root.getDirectoryHandle(FOLDER, { create })).getDirectoryHandle(dataset, { create });
}

/** Keys hold paths of any length: files are named by their digest, and the key inside tells which one it is. */
async function fileOf(folder: FileSystemDirectoryHandle, key: string, create = false): Promise<WorkerFileHandle> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  const name = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return (await folder.getFileHandle(name, { create })) as WorkerFileHandle; // see SyncAccess
}

function encoded(key: string, { bytes, type, facts }: KeptThumbnail): Uint8Array<ArrayBuffer> {
  const description: Description = { key, type, length: bytes.length, checksum: checksum(bytes), facts };
  const json = new TextEncoder().encode(JSON.stringify(description));
  const all = new Uint8Array(HEAD_BYTES + json.length + bytes.length);
  all.set(usedNow());
  new DataView(all.buffer).setUint32(USED_BYTES, json.length, true);
  all.set(json, HEAD_BYTES);
  all.set(bytes, HEAD_BYTES + json.length);
  return all;
}

/** Undefined for half a file, which a tab that died or is still writing leaves, and for another key's. */
function parsed(all: Uint8Array<ArrayBuffer>, key: string): KeptThumbnail | undefined {
  if (all.length < HEAD_BYTES) return undefined;
  const jsonEnd = HEAD_BYTES + new DataView(all.buffer).getUint32(USED_BYTES, true);
  try {
    const text = new TextDecoder().decode(all.subarray(HEAD_BYTES, jsonEnd));
    const description = JSON.parse(text) as Description; // written by `encoded`, and what follows is checked
    const bytes = all.slice(jsonEnd);
    const whole = bytes.length === description.length && checksum(bytes) === description.checksum;
    if (!whole || description.key !== key) return undefined;
    return { bytes, type: description.type, facts: description.facts };
  } catch {
    return undefined;
  }
}

const usedNow = (): Uint8Array<ArrayBuffer> => new Uint8Array(Float64Array.of(Date.now()).buffer);
/** 0 for half a file: it goes first. */
const usedAt = (head: Uint8Array<ArrayBuffer>): number =>
  head.length < USED_BYTES ? 0 : new DataView(head.buffer).getFloat64(0, true);

async function touch(handle: WorkerFileHandle): Promise<void> {
  const access = await handle.createSyncAccessHandle();
  try {
    access.write(usedNow(), { at: 0 });
  } finally {
    access.close();
  }
}

async function removeOldest(maxBytes: number): Promise<void> {
  const files = await listed();
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= maxBytes) return;
  files.sort((a, b) => a.used - b.used);
  for (const file of files) {
    if (bytes <= 0.9 * maxBytes) return;
    bytes -= file.bytes;
    await file.folder.removeEntry(file.name).catch((error: unknown) => {
      if (!isOrdinary(error)) throw error;
    });
  }
}

interface Found {
  folder: FileSystemDirectoryHandle;
  name: string;
  bytes: number;
  used: number;
}

async function listed(): Promise<Found[]> {
  const found: Found[] = [];
  const root = await navigator.storage.getDirectory();
  const all = await root.getDirectoryHandle(FOLDER, { create: true });
  for await (const folder of all.values()) {
    if (folder.kind !== 'directory') continue;
    let waiting: Promise<Found>[] = [];
    const look = async (): Promise<void> => {
      // a file that was removed meanwhile is none
      for (const one of await Promise.allSettled(waiting)) if (one.status === 'fulfilled') found.push(one.value);
      waiting = [];
    };
    for await (const handle of folder.values()) {
      if (handle.kind === 'file') waiting.push(foundIn(folder, handle));
      if (waiting.length === AT_ONCE) await look();
    }
    await look();
  }
  return found;
}

async function foundIn(folder: FileSystemDirectoryHandle, handle: FileSystemFileHandle): Promise<Found> {
  const file = await handle.getFile();
  const head = new Uint8Array(await file.slice(0, USED_BYTES).arrayBuffer());
  return { folder, name: handle.name, bytes: file.size, used: usedAt(head) };
}

/** What may happen to a cache that several tabs share on a disk that may be full: not there, in use, gone meanwhile, no space. */
function isOrdinary(error: unknown): boolean {
  const name = error instanceof DOMException || error instanceof Error ? error.name : '';
  return (
    [
      'NotFoundError',
      'NoModificationAllowedError',
      'InvalidStateError',
      'QuotaExceededError',
      'NotReadableError',
    ].includes(name) ||
    (error instanceof VitrineError && error.code === 'storage-full')
  );
}
