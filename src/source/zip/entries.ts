// The entries of a zip as columns: a million of them are a few arrays, and listing makes no object for each.
import { createPathTable } from './path-table.ts';
import type { ZipEntry, ZipMethod } from './types.ts';

const METHODS: readonly ZipMethod[] = ['stored', 'deflate', 'deflate64'];

/** Entries by position, in the order of the central directory; those that were taken out stay as gaps. */
export interface ZipEntries {
  /** Positions are below this. */
  readonly length: number;
  has(position: number): boolean;
  path(position: number): string;
  entry(position: number): ZipEntry;
  /** The entry of a path; null when there is none. */
  find(path: string): ZipEntry | null;
  [Symbol.iterator](): Iterator<ZipEntry>;
}

export interface NewEntry {
  index: number;
  path: string;
  bytes: number;
  packedBytes: number;
  crc32: number;
  method: ZipMethod;
  offset: number;
  dosTime: number;
}

/** Entries that are being listed; `offsets` and `ends` are [length], bytes from the start of the file. */
export interface EntryColumns extends ZipEntries {
  /** False when the path is there already; then nothing is added. */
  add(entry: NewEntry): boolean;
  /** Keeps the raw name of the entry that was added last. */
  keepRawName(name: Uint8Array): void;
  remove(position: number): void;
  /** Offset of the local header, and where the entry ends at the earliest. */
  offset(position: number): number;
  leastEnd(position: number): number;
}

/** Fixed part of a local header. */
export const LOCAL_BYTES = 30;

/** Room for `capacity` entries; memory that is not used is not touched. */
export function createEntryColumns(capacity: number): EntryColumns {
  const offsets = new Float64Array(capacity);
  const packed = new Float64Array(capacity);
  const sizes = new Float64Array(capacity);
  const checksums = new Uint32Array(capacity);
  const times = new Uint32Array(capacity);
  const indexes = new Uint32Array(capacity);
  const methods = new Uint8Array(capacity);
  const table = createPathTable();
  const { paths } = table;
  const rawNames = new Map<number, Uint8Array>();
  const removed = new Set<number>();
  const at = (column: Float64Array | Uint32Array | Uint8Array, position: number): number => column[position] as number; // position < length
  const entry = (position: number): ZipEntry => {
    const rawName = rawNames.get(position);
    return {
      index: at(indexes, position),
      path: paths[position] as string, // position < length
      ...(rawName ? { rawName } : {}),
      bytes: at(sizes, position),
      packedBytes: at(packed, position),
      crc32: at(checksums, position),
      method: METHODS[at(methods, position)] as ZipMethod, // written by `add`
      offset: at(offsets, position),
      dosTime: at(times, position),
    };
  };
  return {
    get length() {
      return paths.length;
    },
    has: (position) => removed.size === 0 || !removed.has(position),
    path: (position) => paths[position] as string, // position < length
    entry,
    find(path) {
      const position = table.find(path);
      return position < 0 || removed.has(position) ? null : entry(position);
    },
    *[Symbol.iterator]() {
      for (let i = 0; i < paths.length; i++) if (!removed.has(i)) yield entry(i);
    },
    add({ index, path, bytes, packedBytes, crc32, method, offset, dosTime }) {
      const position = paths.length;
      if (!table.add(path)) return false;
      offsets[position] = offset;
      packed[position] = packedBytes;
      sizes[position] = bytes;
      checksums[position] = crc32;
      times[position] = dosTime;
      indexes[position] = index;
      methods[position] = method === 'stored' ? 0 : METHODS.indexOf(method);
      return true;
    },
    keepRawName: (name) => rawNames.set(paths.length - 1, name),
    remove: (position) => removed.add(position),
    offset: (position) => at(offsets, position),
    leastEnd: (position) =>
      at(offsets, position) +
      LOCAL_BYTES +
      ((rawNames.size > 0 && rawNames.get(position)) || (paths[position] as string)).length + // position < length
      at(packed, position),
  };
}
