// Samples of frames that are stored without compression: bit depths, byte orders, planes and 4:2:2 (PS3.5 section 8).
import { VitrineError } from '../../shared/errors.ts';
import type { CodedFrame } from './codec/table.ts';
import type { ImageDescription } from './data/image.ts';
import type { Encoding } from './data/transfer-syntax.ts';

/** Where a native frame lies: bits from the start of the pixel data (frames of 1-bit data need not begin at a byte). */
export interface NativeLayout {
  bitOffset: number;
  bitLength: number;
  /** Y Y Cb Cr for each pair of pixels. */
  subsampled: boolean;
  /** Frames that the bytes hold, at least 1. */
  frames: number;
}

/** Frames are read from the word that they begin in. */
export const WORD_BITS = 16;

type Raw = Uint8Array | Uint16Array | Uint32Array;

/** Finds frame `index` in `bytes` of pixel data. Some files say 4:2:2 and are not subsampled: then there are bytes for all samples. */
export function nativeLayout(image: ImageDescription, bytes: number, index: number): NativeLayout {
  const { rows, columns, samples, bitsAllocated, photometric, frames } = image;
  const plain = rows * columns * samples;
  const fits = Math.floor((bytes * 8) / (plain * bitsAllocated)) >= frames;
  const subsampled = samples === 3 && /^YBR_(FULL|PARTIAL)_422$/.test(photometric) && !fits;
  const bitLength = (subsampled ? rows * (columns + (columns % 2)) * 2 : plain) * bitsAllocated;
  const whole = Math.max(1, Math.floor((bytes * 8) / bitLength));
  return { bitOffset: index * bitLength, bitLength, subsampled, frames: Math.min(frames, whole) };
}

/**
 * Samples of one integer frame, [rows, columns, samples], as unsigned numbers before masks and signs. `bytes` begin with the
 * 16-bit word that holds the frame's first bit. What is missing is 0; with less than half of it there, `unreadable`.
 */
export function nativeFrame(
  bytes: Uint8Array,
  image: ImageDescription,
  { layout, encoding, vr }: { layout: NativeLayout; encoding: Pick<Encoding, 'bigEndian'>; vr: string | undefined },
): CodedFrame {
  const { rows, columns, samples: channels, bitsAllocated } = image;
  const count = layout.bitLength / bitsAllocated;
  const skipBits = layout.bitOffset % WORD_BITS;
  const have = Math.min(count, Math.floor((bytes.length * 8 - skipBits) / bitsAllocated));
  const warning = missingWarning(have, count);
  const raw = rawSamples(bytes, {
    count,
    have,
    bitsAllocated,
    skipBits,
    swapped: encoding.bigEndian && vr === 'OW',
    ...encoding,
  });
  const samples = layout.subsampled ? upsampled(raw, rows, columns) : image.planar ? interleaved(raw, channels) : raw;
  return { width: columns, height: rows, channels, samples, ...(warning === undefined ? {} : { warning }) };
}

/** The sentence for a frame of which only `have` of `count` samples are there. Errors: `unreadable` below half. */
export function missingWarning(have: number, count: number): string | undefined {
  if (have >= count) return undefined;
  if (have * 2 < count)
    throw new VitrineError('unreadable', 'The file holds less than half of the picture: it was cut off.');
  return `The file is cut off: ${Math.floor((have / count) * 100)} % of the picture is there.`;
}

function rawSamples(
  bytes: Uint8Array,
  o: { count: number; have: number; bitsAllocated: number; skipBits: number; bigEndian: boolean; swapped: boolean },
): Raw {
  const { count, have, bitsAllocated } = o;
  if (bitsAllocated === 1) {
    const out = new Uint8Array(count);
    // the first pixel is the least significant bit (PS3.5, 8.1.1)
    for (let i = 0, bit = o.skipBits; i < have; i++, bit++) out[i] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
    return out;
  }
  if (bitsAllocated === 8) {
    const out = new Uint8Array(count);
    const first = o.skipBits / 8;
    // 8-bit samples in big-endian words stand in pairs the wrong way round
    if (o.swapped) for (let i = 0; i < have; i++) out[i] = bytes[(first + i) ^ 1] ?? 0;
    else out.set(bytes.subarray(first, first + have));
    return out;
  }
  const out = bitsAllocated === 16 ? new Uint16Array(count) : new Uint32Array(count);
  const size = out.BYTES_PER_ELEMENT;
  if (o.bigEndian) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < have; i++) out[i] = size === 2 ? view.getUint16(2 * i) : view.getUint32(4 * i);
    return out;
  }
  // browsers run on little-endian machines only
  new Uint8Array(out.buffer).set(bytes.subarray(0, have * size));
  return out;
}

/** Float and double pixel data (PS3.3 C.7.6.24), row-major. */
export function floatFrame(
  bytes: Uint8Array,
  image: ImageDescription,
  bigEndian: boolean,
): { samples: Float32Array | Float64Array; warning: string | undefined } {
  const count = image.rows * image.columns * image.samples;
  const size = image.bitsAllocated / 8;
  const have = Math.min(count, Math.floor(bytes.length / size));
  const warning = missingWarning(have, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = size === 4 ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < have; i++)
    samples[i] = size === 4 ? view.getFloat32(4 * i, !bigEndian) : view.getFloat64(8 * i, !bigEndian);
  return { samples, warning };
}

/** From planes to pixels. */
export function interleaved<T extends Raw>(planes: T, channels: number): T {
  if (channels === 1) return planes;
  const out = planes.slice() as T; // slice of a typed array keeps its type
  const size = planes.length / channels;
  for (let c = 0; c < channels; c++)
    for (let i = 0, to = c; i < size; i++, to += channels) out[to] = planes[c * size + i] ?? 0;
  return out;
}

/** From Y Y Cb Cr to Y Cb Cr, the colour of a pair repeated. An odd row has a pixel of padding. */
function upsampled(raw: Raw, rows: number, columns: number): Raw {
  const out = emptyLike(raw, rows * columns * 3);
  const pairs = (columns + 1) >> 1;
  let to = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const from = (y * pairs + (x >> 1)) * 4;
      out[to++] = raw[from + (x & 1)] ?? 0;
      out[to++] = raw[from + 2] ?? 0;
      out[to++] = raw[from + 3] ?? 0;
    }
  }
  return out;
}

function emptyLike(raw: Raw, length: number): Raw {
  if (raw instanceof Uint8Array) return new Uint8Array(length);
  return raw instanceof Uint16Array ? new Uint16Array(length) : new Uint32Array(length);
}
