// Embedding vectors on disk: one OPFS file per dataset and key, half precision, row index = row id. Workers only.
import { toVitrineError, VitrineError } from '../shared/errors.ts';
import { packHalf, unpackHalf } from '../shared/float16.ts';
import { storing } from './quota.ts';

/** An opened vector file. One holder at a time over all tabs; `close` lets go. Rows that were never written read as zeros. */
export interface VectorFile {
  readonly dim: number;
  /** Writes `data` ([ids.length, dim] row-major) as the rows `ids`. Durable after `flush`. Errors: `storage-full`. */
  writeRows(ids: Uint32Array, data: Float32Array): void;
  /** [ids.length, dim] row-major. */
  readRows(ids: Uint32Array): Float32Array<ArrayBuffer>;
  flush(): void;
  close(): void;
}

/** The part of FileSystemSyncAccessHandle that is used; TypeScript has it only in the library of workers, which excludes the page's. */
interface SyncAccess {
  read(into: ArrayBufferView, options: { at: number }): number;
  write(from: ArrayBufferView, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

const FOLDER = 'vectors';

/** Opens or creates the file of a dataset and key. Errors: `busy` when another tab holds it, `storage-full`. */
export async function openVectors(dataset: string, key: string, dim: number): Promise<VectorFile> {
  return storing(async () => {
    const root = await navigator.storage.getDirectory();
    const vectors = await root.getDirectoryHandle(FOLDER, { create: true });
    const folder = await vectors.getDirectoryHandle(dataset, { create: true });
    const file = (await folder.getFileHandle(`${key}.f16`, { create: true })) as WorkerFileHandle; // see SyncAccess
    const access = await file.createSyncAccessHandle().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'NoModificationAllowedError')
        throw new VitrineError(
          'busy',
          'The embeddings of this dataset are in use in another tab. Close it there, then try again.',
          { cause },
        );
      throw cause;
    });
    return vectorFile(access, dim);
  });
}

function vectorFile(access: SyncAccess, dim: number): VectorFile {
  const rowBytes = dim * 2;
  return {
    dim,
    writeRows(ids, data) {
      const halves = packHalf(data);
      for (const [start, end] of runs(ids)) {
        const part = halves.subarray(start * dim, end * dim);
        const at = (ids[start] as number) * rowBytes; // start < end <= ids.length
        if (!fits(() => access.write(part, { at }) === part.byteLength))
          throw new VitrineError(
            'storage-full',
            'The browser has no space left for embeddings. Free disk space or remove a recent dataset, then try again.',
          );
      }
    },
    readRows(ids) {
      const halves = new Uint16Array(ids.length * dim);
      for (const [start, end] of runs(ids))
        access.read(halves.subarray(start * dim, end * dim), { at: (ids[start] as number) * rowBytes });
      return unpackHalf(halves);
    },
    flush: () => access.flush(),
    close: () => access.close(),
  };
}

/** False when the quota ended: browsers stop short or throw. */
function fits(write: () => boolean): boolean {
  try {
    return write();
  } catch (error) {
    if (error instanceof Error && error.name === 'QuotaExceededError') return false;
    throw error;
  }
}

/** Ranges [start, end) of positions whose ids follow each other: one disk call each. */
function* runs(ids: Uint32Array): Generator<[start: number, end: number]> {
  let start = 0;
  for (let i = 1; i <= ids.length; i++) {
    if (i < ids.length && ids[i] === (ids[i - 1] as number) + 1) continue;
    yield [start, i];
    start = i;
  }
}

/** Removes the vectors of a dataset. A file that another tab holds stays; it is small loss beside failing to forget. */
export async function removeVectors(dataset: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  try {
    const vectors = await root.getDirectoryHandle(FOLDER);
    await vectors.removeEntry(dataset, { recursive: true });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name !== 'NotFoundError' && name !== 'NoModificationAllowedError') throw error;
  }
}

/** Size in bytes of the file of a dataset and key, without taking it; 0 when there is none. */
export async function vectorBytes(dataset: string, key: string): Promise<number> {
  try {
    return (await fileBeside(dataset, key)).size;
  } catch (error) {
    if (toVitrineError(error).code === 'not-found') return 0;
    throw error;
  }
}

/** The file as it was last flushed. Errors: `not-found`. */
async function fileBeside(dataset: string, key: string): Promise<File> {
  return storing(async () => {
    const root = await navigator.storage.getDirectory();
    const vectors = await root.getDirectoryHandle(FOLDER);
    const folder = await vectors.getDirectoryHandle(dataset);
    return (await folder.getFileHandle(`${key}.f16`)).getFile();
  });
}

/**
 * Rows `ids` ([n, dim] row-major) without taking the file: for reading beside the worker that owns it. Sees what was flushed.
 * Errors: `not-found`.
 */
export async function readVectorsBeside(
  dataset: string,
  key: string,
  dim: number,
  ids: Uint32Array,
): Promise<Float32Array<ArrayBuffer>> {
  if (ids.length === 0) return new Float32Array(0);
  return storing(async () => {
    const file = await fileBeside(dataset, key);
    const halves = new Uint16Array(ids.length * dim);
    for (const [start, end] of runs(ids)) {
      const at = (ids[start] as number) * dim * 2; // start < end <= ids.length
      halves.set(new Uint16Array(await file.slice(at, at + (end - start) * dim * 2).arrayBuffer()), start * dim);
    }
    return unpackHalf(halves);
  });
}
