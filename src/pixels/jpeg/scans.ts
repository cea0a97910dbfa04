// Walks a JPEG codestream from scan to scan, with the tables that are in force at each (ITU-T T.81, annex B).
import { VitrineError } from '../../shared/errors.ts';
import type { JpegFrame } from './frame.ts';
import { type HuffmanTable, type HuffmanTables, readHuffmanTables } from './huffman.ts';

/** Samples of a frame, before its colours mean anything. */
export interface JpegSamples {
  /** [height, width, components] row-major. */
  samples: Uint8Array | Uint16Array;
  /** How many of the samples the codestream held; where it ends too early, the others are guessed or 0. */
  have: number;
}

/** The header of a scan (T.81, B.2.3): its components, and four numbers that mean something else in lossless JPEG. */
export interface Scan {
  components: { index: number; dc: HuffmanTable | undefined; ac: HuffmanTable | undefined }[];
  /** First and last coefficient of a band; the first is the predictor of lossless JPEG. */
  first: number;
  last: number;
  /** Bits of a coefficient that earlier scans and this one leave out; the second is the point transform of lossless JPEG. */
  high: number;
  low: number;
  /** Quantization tables, 64 numbers each in zigzag order. */
  quantization: readonly (Uint16Array | undefined)[];
  /** Blocks or pixels between restart markers; 0 without them. */
  restartInterval: number;
  /** Where its coded data begin. */
  data: number;
}

/** Progressive pictures have about ten. */
const MAX_SCANS = 200;

/** The codestream contradicts itself. */
export const damagedJpeg = (): VitrineError =>
  new VitrineError('unreadable', 'The JPEG is damaged and cannot be decoded.');

/**
 * Calls `read` for each scan in turn; it gives the position where its data end, or undefined when no more scans are wanted.
 * Errors: `unreadable`.
 */
export function forEachScan(bytes: Uint8Array, frame: JpegFrame, read: (scan: Scan) => number | undefined): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables: HuffmanTables = { dc: [], ac: [], count: 0 };
  const quantization: (Uint16Array | undefined)[] = [];
  let restartInterval = 0;
  let scans = 0;
  for (let at = frame.start + 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) return;
    if (marker <= 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (marker === 0xc4) readHuffmanTables(segment, tables);
    if (marker === 0xdb) readQuantization(segment, quantization);
    if (marker === 0xdd) restartInterval = (segment[0] ?? 0) * 256 + (segment[1] ?? 0);
    at = end;
    if (marker !== 0xda) continue;
    if (++scans > MAX_SCANS) throw damagedJpeg();
    const next = read({ ...scanOf(segment, frame, tables), quantization, restartInterval, data: end });
    if (next === undefined) return;
    at = next;
  }
}

function scanOf(
  segment: Uint8Array,
  { components }: JpegFrame,
  { dc, ac }: HuffmanTables,
): Pick<Scan, 'components' | 'first' | 'last' | 'high' | 'low'> {
  const count = segment[0] ?? 0;
  const [first = 0, last = 0, bits = 0] = segment.subarray(1 + 2 * count);
  if (count < 1 || count > components.length) throw damagedJpeg();
  return {
    components: Array.from({ length: count }, (_, i) => {
      const index = components.findIndex(({ id }) => id === segment[1 + 2 * i]);
      const tables = segment[2 + 2 * i] ?? 0;
      if (index < 0) throw damagedJpeg();
      return { index, dc: dc[tables >> 4], ac: ac[tables & 15] };
    }),
    first,
    last,
    high: bits >> 4,
    low: bits & 15,
  };
}

/** A DQT segment: tables of bytes, or of 16-bit numbers (B.2.4.1). */
function readQuantization(segment: Uint8Array, tables: (Uint16Array | undefined)[]): void {
  for (let at = 0; at < segment.length; ) {
    const place = segment[at] ?? 0;
    const wide = place >> 4 !== 0;
    const values = segment.subarray(at + 1, at + (wide ? 129 : 65));
    tables[place & 3] = Uint16Array.from({ length: 64 }, (_, i) =>
      wide ? (values[2 * i] ?? 0) * 256 + (values[2 * i + 1] ?? 0) : (values[i] ?? 0),
    );
    at += wide ? 129 : 65;
  }
}
