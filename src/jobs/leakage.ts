// Finds files of equal bytes: only those of equal size are read, and read whole only where their beginnings are equal too.
import { throwIfAborted, toVitrineError } from '../shared/errors.ts';
import { createMeter, type JobOptions } from '../shared/progress.ts';
import type { Source } from '../source/types.ts';

/** Files that are read at the same time: one is hashed while the other comes from the disk. */
const LANES = 2;
/** What tells most pictures of equal size apart: headers of one camera are equal, what follows is not. */
const HEAD_BYTES = 65_536;
/** A file is hashed in pieces of this size, so that a volume of many GB takes no more memory than a photograph. */
const PIECE_BYTES = 16_777_216;
/** Progress is told at most so often: small files are read faster than messages are worth. */
const PROGRESS_MS = 100;

/** Rows to compare; arrays have the length of `ids`. */
export interface SizedRows {
  ids: Uint32Array;
  /** Bytes. */
  sizes: Float64Array;
  /** Milliseconds since 1970. */
  modified: Float64Array;
}

/** What was read, kept between runs so that one that was stopped goes on. A digest counts while size and date of its file are those it was read at. */
export interface KnownDigests {
  /** By row id: the first 52 bits of the digest of the beginning, and size and date of the file at that moment; NaN: not read. */
  heads: Float64Array;
  sizes: Float64Array;
  modified: Float64Array;
  /** By row id: the digest of the whole file. */
  whole: Map<number, string>;
}

/** Rows of equal bytes, ascending, two or more, with the size of each file; and how many files could not be read. */
export interface EqualRows {
  groups: { ids: number[]; size: number }[];
  unreadable: number;
}

/** Room for rows [0, rowCount), with what `before` knows. */
export function createDigests(rowCount: number, before?: KnownDigests): KnownDigests {
  const grown = (from?: Float64Array): Float64Array => {
    const array = new Float64Array(rowCount).fill(Number.NaN);
    if (from) array.set(from.subarray(0, rowCount));
    return array;
  };
  return {
    heads: grown(before?.heads),
    sizes: grown(before?.sizes),
    modified: grown(before?.modified),
    whole: before?.whole ?? new Map(),
  };
}

/**
 * Groups rows by the bytes of their files (SHA-256). `known` is read and filled: call again with it after an abort to go on. A file that cannot
 * be opened, or is not of the size that the row says, is counted as unreadable. Errors: `permission`, `aborted`.
 */
export async function findEqualFiles(
  source: Source,
  rows: SizedRows,
  pathOf: (id: number) => string,
  known: KnownDigests,
  { signal, onProgress }: JobOptions = {},
): Promise<EqualRows> {
  const { ids, sizes } = rows;
  const failed = new Set<number>();
  const size = (at: number): number => sizes[at] ?? 0; // `at` is a place in `rows`
  const id = (at: number): number => ids[at] ?? 0;

  async function read(places: Uint32Array, step: string, isKnown: (at: number) => boolean, one: Reader): Promise<void> {
    const meter = createMeter('files', places.length);
    const missing = places.filter((at) => !isKnown(at));
    let done = places.length - missing.length;
    let next = 0;
    let stopped = false;
    let told = 0;
    const tell = (): void => {
      told = performance.now();
      onProgress?.(meter(done, { step }));
    };
    tell();
    const lane = async (): Promise<void> => {
      while (next < missing.length && !stopped) {
        throwIfAborted(signal);
        const at = missing[next++] ?? 0;
        try {
          const file = await source.file(pathOf(id(at)));
          if (file.size === size(at)) await one(at, file);
          else failed.add(at);
        } catch (error) {
          const { code } = toVitrineError(error);
          if (code === 'permission' || code === 'aborted') throw error;
          failed.add(at);
        }
        done++;
        if (done === places.length || performance.now() - told > PROGRESS_MS) tell();
      }
    };
    const lanes = Array.from({ length: LANES }, lane);
    try {
      await Promise.all(lanes);
    } finally {
      stopped = true;
      await Promise.allSettled(lanes); // nothing is read after this has ended
    }
    throwIfAborted(signal);
  }

  const ofEqualSize = runsOf(
    Uint32Array.from(ids, (_, at) => at),
    size,
  );
  for (const at of ofEqualSize) {
    const row = id(at);
    if (known.sizes[row] === size(at) && known.modified[row] === rows.modified[at]) continue;
    known.heads[row] = Number.NaN;
    known.sizes[row] = size(at);
    known.modified[row] = rows.modified[at] ?? 0;
    known.whole.delete(row);
  }
  const head = (at: number): number => known.heads[id(at)] ?? Number.NaN;
  await read(
    ofEqualSize,
    'Beginnings',
    (at) => !Number.isNaN(head(at)),
    async (at, file) => {
      known.heads[id(at)] = parseInt(hex(await digest(file.slice(0, HEAD_BYTES))).slice(0, 13), 16);
    },
  );

  const ofEqualHead = runsOf(
    ofEqualSize.filter((at) => !failed.has(at)),
    size,
    head,
  );
  await read(
    ofEqualHead,
    'Whole files',
    (at) => known.whole.has(id(at)),
    async (at, file) => {
      known.whole.set(id(at), await digestOf(file, signal));
    },
  );

  const groups = new Map<string, { ids: number[]; size: number }>();
  for (const at of ofEqualHead) {
    if (failed.has(at)) continue;
    const key = `${size(at)} ${known.whole.get(id(at)) ?? ''}`;
    const group = groups.get(key);
    if (group) group.ids.push(id(at));
    else groups.set(key, { ids: [id(at)], size: size(at) });
  }
  const equal = [...groups.values()].filter((group) => group.ids.length > 1);
  for (const group of equal) group.ids.sort((a, b) => a - b);
  return { groups: equal, unreadable: failed.size };
}

type Reader = (at: number, file: File) => Promise<void>;

/** Those of `places` that share all keys with another one, sorted by the keys. */
function runsOf(places: Uint32Array, ...keys: readonly ((at: number) => number)[]): Uint32Array {
  const compare = (a: number, b: number): number => {
    for (const key of keys) {
      const difference = key(a) - key(b);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const sorted = places.slice().sort(compare);
  const same = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined && b !== undefined && compare(a, b) === 0;
  return sorted.filter((at, i) => same(at, sorted[i - 1]) || same(at, sorted[i + 1]));
}

const digest = async (part: Blob): Promise<ArrayBuffer> => crypto.subtle.digest('SHA-256', await part.arrayBuffer());

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The digest of a file, or of the digests of its pieces, which for files of equal size says the same of their bytes. */
async function digestOf(file: File, signal: AbortSignal | undefined): Promise<string> {
  if (file.size <= PIECE_BYTES) return hex(await digest(file));
  const pieces: ArrayBuffer[] = [];
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    throwIfAborted(signal);
    pieces.push(await digest(file.slice(from, from + PIECE_BYTES)));
  }
  return hex(await digest(new Blob(pieces)));
}
