// Where the safety copies lie: two files per dataset in the origin-private file system, of which the one that was begun last counts.
import { type Frame, type ReadBytes, readFrames, readValue } from './frames.ts';

/** Beside the folder of vectors, and like it outside IndexedDB. */
const FOLDER = 'copies';
/** One is written, the other takes over when most of the first is out of date. */
export const FILES = ['a', 'b'] as const;

/** A copy's folder. Errors: `NotFoundError` unless `create`. */
export async function copyFolder(dataset: string, create = false): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return (await root.getDirectoryHandle(FOLDER, { create })).getDirectoryHandle(dataset, { create });
}

/** Datasets that have a copy, whole or not. */
export async function listCopies(): Promise<string[]> {
  const names: string[] = [];
  try {
    const root = await navigator.storage.getDirectory();
    for await (const name of (await root.getDirectoryHandle(FOLDER)).keys()) names.push(name);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return names;
}

/** Removes a copy, if there is one. */
export async function removeCopy(dataset: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle(FOLDER)).removeEntry(dataset, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotFoundError';

/** A file's frames and which start it was; 0: it has no beginning. */
export interface CopyFile {
  start: number;
  frames: Frame[];
  end: number;
  holes: boolean;
}

/** Reads the heads of a file. */
export async function readCopyFile(size: number, read: ReadBytes): Promise<CopyFile> {
  const { frames, end, holes } = await readFrames(size, read);
  const [first] = frames;
  const begin = first?.kind === 'begin' && first.at === 0 ? await readValue(first, read) : null;
  return { start: typeof begin?.value === 'number' ? begin.value : 0, frames, end, holes };
}

/** Bytes read at once of a file that is read from its beginning to its end. */
const CHUNK = 8 * 2 ** 20;

/** What reads a file that nobody need hold; what follows each other is read together. */
export function bytesOf(file: Blob): ReadBytes {
  let chunk = new Uint8Array();
  let from = 0;
  return async (at, length) => {
    if (at < from || at + length > from + chunk.length) {
      chunk = new Uint8Array(await file.slice(at, at + Math.max(length, CHUNK)).arrayBuffer());
      from = at;
    }
    return chunk.subarray(at - from, at - from + length);
  };
}
