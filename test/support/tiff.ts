// Writes small TIFF files, so that a test can have any directory, right or wrong.

type TagType = 'byte' | 'short' | 'long' | 'rational' | 'undefined' | 'long8';
const typeNumbers: Record<TagType, number> = { byte: 1, short: 3, long: 4, rational: 5, undefined: 7, long8: 16 };
const typeBytes: Record<TagType, number> = { byte: 1, short: 2, long: 4, rational: 8, undefined: 1, long8: 8 };

/** One page: tag numbers with their values (of type short unless said), and the bytes of its strips or tiles. */
export interface TiffPage {
  tags: Record<number, number[] | { type: TagType; values: number[] }>;
  segments: Uint8Array[];
  tiled?: boolean;
}

export interface TiffOptions {
  bigEndian?: boolean;
  big?: boolean;
  /** Page whose directory follows the last one. */
  loopTo?: number;
}

/** The common tags of a page. */
export function basicTags(width: number, height: number, more: TiffPage['tags'] = {}): TiffPage['tags'] {
  return { 256: [width], 257: [height], 258: [8], 259: [1], 262: [1], 277: [1], ...more };
}

/** A file of several pages. Offsets and lengths of the segments are added unless the tags have them. */
export function tiffFile(
  pages: TiffPage[],
  { bigEndian = false, big = false, loopTo }: TiffOptions = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let end = big ? 16 : 8;
  const append = (bytes: Uint8Array): number => {
    const at = end;
    parts.push(bytes);
    end += bytes.length;
    if (end % 2 === 1) {
      parts.push(new Uint8Array(1));
      end++;
    }
    return at;
  };
  const write = (length: number, fill: (view: DataView) => void): Uint8Array => {
    const bytes = new Uint8Array(length);
    fill(new DataView(bytes.buffer));
    return bytes;
  };
  const little = !bigEndian;
  const word = (view: DataView, at: number, value: number): void =>
    big ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  const encode = (type: TagType, values: number[]): Uint8Array =>
    write(values.length * typeBytes[type], (view) => {
      values.forEach((value, i) => {
        if (type === 'short') view.setUint16(2 * i, value, little);
        else if (type === 'long') view.setUint32(4 * i, value, little);
        else if (type === 'long8') view.setBigUint64(8 * i, BigInt(value), little);
        else if (type === 'rational') {
          view.setUint32(8 * i, Math.round(value * 10_000), little);
          view.setUint32(8 * i + 4, 10_000, little);
        } else view.setUint8(i, value);
      });
    });
  const [headBytes, entryBytes, wordBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const directories = pages.map(({ tags, segments, tiled = false }) => {
    const places = segments.map(append);
    const lengths = segments.map((segment) => segment.length);
    const all: TiffPage['tags'] = {
      [tiled ? 324 : 273]: { type: 'long', values: places },
      [tiled ? 325 : 279]: { type: 'long', values: lengths },
      ...tags,
    };
    const entries = Object.entries(all)
      .map(([tag, value]) => ({
        tag: Number(tag),
        ...(Array.isArray(value) ? { type: 'short' as const, values: value } : value),
      }))
      .filter(({ values }) => values.length > 0)
      .sort((a, b) => a.tag - b.tag)
      .map(({ tag, type, values }) => {
        const bytes = encode(type, values);
        return { tag, type, count: values.length, bytes, at: bytes.length > wordBytes ? append(bytes) : undefined };
      });
    return { entries, at: append(new Uint8Array(headBytes + entries.length * entryBytes + wordBytes)) };
  });
  const out = new Uint8Array(end);
  const view = new DataView(out.buffer);
  view.setUint16(0, bigEndian ? 0x4d4d : 0x4949);
  view.setUint16(2, big ? 43 : 42, little);
  if (big) view.setUint16(4, 8, little);
  let at = big ? 16 : 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  word(view, big ? 8 : 4, directories[0]?.at ?? 0);
  directories.forEach(({ entries, at: start }, page) => {
    if (big) word(view, start, entries.length);
    else view.setUint16(start, entries.length, little);
    entries.forEach(({ tag, type, count, bytes, at: place }, i) => {
      const entry = start + headBytes + i * entryBytes;
      view.setUint16(entry, tag, little);
      view.setUint16(entry + 2, typeNumbers[type], little);
      word(view, entry + 4, count);
      if (place === undefined) out.set(bytes, entry + entryBytes - wordBytes);
      else word(view, entry + entryBytes - wordBytes, place);
    });
    const next = directories[page + 1] ?? (loopTo === undefined ? undefined : directories[loopTo]);
    word(view, start + headBytes + entries.length * entryBytes, next?.at ?? 0);
  });
  return out;
}

/** Samples of any size bit by bit, the highest first; every row begins at a byte. */
export function packBits(samples: number[], bits: number, perRow: number): Uint8Array {
  const bytes: number[] = [];
  for (let row = 0; row < samples.length; row += perRow) {
    const text = samples
      .slice(row, row + perRow)
      .map((v) => v.toString(2).padStart(bits, '0'))
      .join('');
    for (let i = 0; i < text.length; i += 8) bytes.push(Number.parseInt(text.slice(i, i + 8).padEnd(8, '0'), 2));
  }
  return Uint8Array.from(bytes);
}
