// The chain of image file directories of a TIFF or BigTIFF file, and the tags of one of them (TIFF 6.0, section 2).
import { VitrineError } from '../../shared/errors.ts';
import type { ByteSource } from './source.ts';

/** Tags of one directory. Values are numbers; a RATIONAL is its quotient. */
export interface Tags {
  /** All values of a tag; undefined where the directory has none. Errors: `unreadable` when they lie outside of the file. */
  all(tag: number): number[] | undefined;
  /** The first value of a tag. Same errors. */
  first(tag: number): number | undefined;
  /** True when a tag's values cannot be read because they lie outside of the file or are too many. */
  outside(tag: number): boolean;
}

/** Where the directories are and how their numbers are written. */
export interface Directories {
  bigEndian: boolean;
  big: boolean;
  /** Of the main chain, each once. */
  offsets: number[];
}

/** Bytes of a value by its type number; types that are not here are skipped. */
const typeBytes: Record<number, number> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** Directories counted at most, some seconds of reading where they lie far apart: of a stack with more the rest is not shown. */
const maxDirectories = 10_000;

/** Entries of one directory read at most: BigTIFF may declare 2^64 of them. */
const maxEntries = 4096;

/** Values of one tag read at most: more strips than any picture within the limits has. */
const maxValues = 2 ** 22;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads the header and follows the chain; it ends at a directory seen before or outside of the file. Errors: `unreadable`. */
export async function readDirectories(source: ByteSource): Promise<Directories> {
  const head = viewOf(await source.read(0, 16));
  const order = head.byteLength >= 8 ? head.getUint16(0) : 0;
  if (order !== 0x4949 && order !== 0x4d4d) throw new VitrineError('unreadable', 'It is no TIFF file.');
  const bigEndian = order === 0x4d4d;
  const magic = head.getUint16(2, !bigEndian);
  const big = magic === 43;
  if (!big && magic !== 42) throw new VitrineError('unreadable', 'Its TIFF header is damaged.');
  if (big && head.byteLength < 16) throw new VitrineError('unreadable', 'The file ends in its header.');
  const offsets: number[] = [];
  const seen = new Set<number>();
  let at = big ? Number(head.getBigUint64(8, !bigEndian)) : head.getUint32(4, !bigEndian);
  while (at !== 0 && !seen.has(at) && offsets.length < maxDirectories) {
    const count = await entryCount(source, at, { bigEndian, big });
    if (count === undefined) break;
    const end = big ? at + 8 + 20 * count : at + 2 + 12 * count;
    if (end > source.size) break;
    seen.add(at);
    offsets.push(at);
    const next = viewOf(await source.read(end, big ? 8 : 4));
    if (next.byteLength < (big ? 8 : 4)) break;
    at = big ? Number(next.getBigUint64(0, !bigEndian)) : next.getUint32(0, !bigEndian);
  }
  if (offsets.length === 0)
    throw new VitrineError('unreadable', 'The directory that describes its picture lies outside of the file.');
  return { bigEndian, big, offsets };
}

async function entryCount(
  source: ByteSource,
  at: number,
  { bigEndian, big }: Pick<Directories, 'bigEndian' | 'big'>,
): Promise<number | undefined> {
  const bytes = viewOf(await source.read(at, big ? 8 : 2));
  if (bytes.byteLength < (big ? 8 : 2)) return undefined;
  return big ? Number(bytes.getBigUint64(0, !bigEndian)) : bytes.getUint16(0, !bigEndian);
}

/** Reads the values of the `wanted` tags of the directory at `offset`. A tag that comes twice counts once, as in libtiff. */
export async function readTags(
  source: ByteSource,
  { bigEndian, big }: Directories,
  offset: number,
  wanted: ReadonlySet<number>,
): Promise<Tags> {
  const count = Math.min((await entryCount(source, offset, { bigEndian, big })) ?? 0, maxEntries);
  const [headBytes, entryBytes, inlineBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const table = viewOf((await source.read(offset + headBytes, count * entryBytes)).slice());
  const values = new Map<number, number[]>();
  const outside = new Set<number>();
  for (let at = 0; at + entryBytes <= table.byteLength; at += entryBytes) {
    const tag = table.getUint16(at, !bigEndian);
    const type = table.getUint16(at + 2, !bigEndian);
    const size = typeBytes[type];
    if (!wanted.has(tag) || size === undefined || values.has(tag)) continue;
    const n = big ? Number(table.getBigUint64(at + 4, !bigEndian)) : table.getUint32(at + 4, !bigEndian);
    const length = n * size;
    const inline = at + entryBytes - inlineBytes;
    if (length <= inlineBytes) {
      values.set(tag, valuesOf(table, inline, type, n, !bigEndian));
      continue;
    }
    const place = big ? Number(table.getBigUint64(inline, !bigEndian)) : table.getUint32(inline, !bigEndian);
    if (place + length > source.size || n > maxValues) {
      outside.add(tag);
      continue;
    }
    values.set(tag, valuesOf(viewOf(await source.read(place, length)), 0, type, n, !bigEndian));
  }
  const all = (tag: number): number[] | undefined => {
    if (outside.has(tag) && !values.has(tag))
      throw new VitrineError('unreadable', 'Its directory is damaged: values that it names lie outside of the file.');
    return values.get(tag);
  };
  return { all, first: (tag) => all(tag)?.[0], outside: (tag) => outside.has(tag) && !values.has(tag) };
}

function valuesOf(view: DataView, at: number, type: number, count: number, little: boolean): number[] {
  const size = typeBytes[type] ?? 1;
  const one = readers[type] ?? ((v, i) => v.getUint8(i));
  const values: number[] = [];
  for (let i = 0; i < count; i++) values.push(one(view, at + i * size, little));
  return values;
}

const readers: Record<number, (view: DataView, at: number, little: boolean) => number> = {
  3: (v, at, little) => v.getUint16(at, little),
  4: (v, at, little) => v.getUint32(at, little),
  5: (v, at, little) => v.getUint32(at, little) / v.getUint32(at + 4, little),
  6: (v, at) => v.getInt8(at),
  8: (v, at, little) => v.getInt16(at, little),
  9: (v, at, little) => v.getInt32(at, little),
  10: (v, at, little) => v.getInt32(at, little) / v.getInt32(at + 4, little),
  11: (v, at, little) => v.getFloat32(at, little),
  12: (v, at, little) => v.getFloat64(at, little),
  13: (v, at, little) => v.getUint32(at, little),
  16: (v, at, little) => Number(v.getBigUint64(at, little)),
  17: (v, at, little) => Number(v.getBigInt64(at, little)),
  18: (v, at, little) => Number(v.getBigUint64(at, little)),
};
