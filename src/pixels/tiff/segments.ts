// One strip or tile: where its bytes are, and what they are when decoded.
import { VitrineError } from '../../shared/errors.ts';
import { decodeFax, type FaxLayout, reverseBits } from './codecs/fax.ts';
import { inflate } from './codecs/inflate.ts';
import { decodeLzw } from './codecs/lzw.ts';
import { isFax, isJpeg2000 } from './codecs/names.ts';
import { oldJpegStream } from './codecs/old-jpeg.ts';
import { decodePackBits } from './codecs/packbits.ts';
import { segmentBytes, segmentRows } from './grid.ts';
import type { Page } from './page.ts';
import type { ByteSource } from './source.ts';

/** A decoded strip or tile. */
export interface Segment {
  /** Begins its buffer and has the full length; what the file lacks is zero. */
  bytes: Uint8Array<ArrayBuffer>;
  /** How many of the bytes came from the file. */
  found: number;
  /** Numbers are little-endian whatever the file's order is. */
  native: boolean;
}

/**
 * Reads and decodes strip or tile `index`, which lies in row `band` of the grid. Gives what can be decoded of damaged data.
 * Errors: `unreadable` when that is nothing, `unsupported`, `too-large`, `aborted`.
 */
export async function readSegment(source: ByteSource, page: Page, index: number, band: number): Promise<Segment> {
  const rows = segmentRows(page, band);
  const size = segmentBytes(page, rows);
  const data =
    page.compression === 6 ? await oldJpegStream(source, page) : await storedBytes(source, page, index, size);
  if (data.length === 0) throw new VitrineError('unreadable', 'A strip or tile lies outside of the file.');
  const { bytes, found = bytes.length, native = false } = await decodeSegment(page, data, rows, size, source.signal);
  if (bytes.length === size && bytes.byteOffset === 0 && bytes.buffer.byteLength === size)
    return { bytes: bytes as Uint8Array<ArrayBuffer>, found, native };
  const whole = new Uint8Array(size);
  whole.set(bytes.subarray(0, size));
  return { bytes: whole, found: Math.min(found, size), native };
}

/** Bytes of a segment in the file. A length that is missing or too short goes to the next segment or the end of the file. */
async function storedBytes(
  source: ByteSource,
  { grid, compression }: Page,
  index: number,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const offset = grid.offsets[index] ?? source.size;
  const stated = grid.lengths?.[index] ?? 0;
  let length = stated;
  if (stated === 0 || (compression === 1 && stated < size)) length = Math.max(stated, grid.room(offset));
  if (compression === 1) length = Math.min(length, size);
  return source.read(offset, length);
}

interface Decoded {
  bytes: Uint8Array;
  found?: number;
  native?: boolean;
}

async function decodeSegment(
  page: Page,
  stored: Uint8Array<ArrayBuffer>,
  rows: number,
  size: number,
  signal: AbortSignal | undefined,
): Promise<Decoded> {
  const { compression, grid } = page;
  if (isFax(compression)) {
    const { data, found } = decodeFax(stored, faxLayout(page, rows));
    return { bytes: data, found };
  }
  const shape = { rows, width: grid.width, samples: page.planar ? 1 : page.samples };
  if (compression === 7 || compression === 6) {
    const { decodeJpeg } = await import('./codecs/jpeg.ts');
    return decodeJpeg(stored, shape, { ...page.jpeg, bits: page.bits, signal });
  }
  if (isJpeg2000(compression)) {
    const { decodeJpeg2000 } = await import('./codecs/jpeg-2000.ts');
    return decodeJpeg2000(stored, shape, { ycbcr: page.jpeg.ycbcr, bits: page.bits });
  }
  if (compression === 50001) {
    const { decodeWebp } = await import('./codecs/webp.ts');
    return decodeWebp(stored, shape, signal);
  }
  const data = page.lowBitFirst ? stored.map(reverseBits) : stored;
  switch (compression) {
    case 1:
      return { bytes: data.slice() };
    case 5:
      return { bytes: decodeLzw(data, size) };
    case 32773:
      return { bytes: decodePackBits(data, size) };
    case 50000: {
      const { decodeZstandard } = await import('./codecs/library.ts');
      // some writers fill the last strip up
      return { bytes: await decodeZstandard(data, size, segmentBytes(page, grid.height)) };
    }
    case 34887: {
      const { decodeLerc } = await import('./codecs/library.ts');
      return { bytes: await decodeLerc(data, page.lercParameters?.[1] ?? 0, size, !page.planar), native: true };
    }
    default:
      return { bytes: await inflated(data, size) };
  }
}

async function inflated(data: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const bytes = await inflate(data, size);
  if (bytes.length === 0) throw new VitrineError('unreadable', 'Its deflated data are damaged from the beginning.');
  return bytes;
}

function faxLayout({ compression, faxOptions, grid, lowBitFirst }: Page, rows: number): FaxLayout {
  const codings: Record<number, FaxLayout['coding']> = {
    2: 'huffman',
    3: 'group3',
    4: 'group4',
    32771: 'huffman-words',
  };
  return {
    width: grid.width,
    rows,
    coding: codings[compression] ?? 'group4',
    twoDimensional: (faxOptions & 1) === 1,
    lowBitFirst,
  };
}
