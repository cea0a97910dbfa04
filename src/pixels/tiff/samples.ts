// The decoded bytes of a strip or tile as samples: bit depths, byte order, predictors, number formats.
import type { Samples } from '../range.ts';
import { decodedBits } from './grid.ts';
import type { Page } from './page.ts';

type SampleType = Pick<Page, 'bits' | 'kind'>;

/** Unsigned samples as they are stored, before signs and floats. */
type Stored = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Layout of the samples in one strip or tile. */
export interface SegmentShape {
  rows: number;
  width: number;
  /** Samples of a pixel in this strip or tile: one of planar pages. */
  samples: number;
}

/** An array that holds samples of a page. 64-bit integers become floats: the picture has 8 bits. */
export function sampleArray({ bits, kind }: SampleType, length: number): Samples {
  if (bits === 64) return new Float64Array(length);
  if (kind === 'float') return new Float32Array(length);
  if (bits > 16) return kind === 'int' ? new Int32Array(length) : new Uint32Array(length);
  if (bits > 8) return kind === 'int' ? new Int16Array(length) : new Uint16Array(length);
  return kind === 'int' ? new Int8Array(length) : new Uint8Array(length);
}

/** These give samples themselves; a predictor beside them means nothing. */
const unpredicted = new Set([2, 3, 4, 6, 7, 32771, 33003, 33005, 34712, 34887, 50001]);

/**
 * Samples [rows, width, samples] of a strip or tile. `bytes` begins its buffer, is as long as the shape needs and may be
 * changed. `native`: its codec gives little-endian numbers whatever the file's order is.
 */
export function toSamples(
  bytes: Uint8Array<ArrayBuffer>,
  page: Pick<Page, 'bits' | 'kind' | 'bigEndian' | 'predictor' | 'compression'>,
  shape: SegmentShape,
  native: boolean,
): Samples {
  const predictor = unpredicted.has(page.compression) ? 1 : page.predictor;
  const bigEndian = page.bigEndian && !native;
  const bits = decodedBits(page);
  if (predictor === 3) return signed(wholeBytes(planesToFloats(bytes, page.bits, shape), page.bits, false), page);
  const stored = [8, 16, 32, 64].includes(bits) ? wholeBytes(bytes, bits, bigEndian) : unpackBits(bytes, bits, shape);
  if (predictor === 2) addLeft(stored, page.bits, shape);
  return signed(stored, page);
}

/** Numbers of 8, 16, 32 or 64 bits in the order of the machine, which is little-endian wherever a browser runs. */
function wholeBytes(bytes: Uint8Array<ArrayBuffer>, bits: number, bigEndian: boolean): Stored {
  if (bits === 8) return bytes;
  if (bits === 64) {
    const doubled = new BigUint64Array(bytes.buffer);
    const view = new DataView(bytes.buffer);
    if (bigEndian) for (let i = 0; i < doubled.length; i++) doubled[i] = view.getBigUint64(8 * i);
    return doubled;
  }
  const words = bits === 16 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  if (!bigEndian) return words;
  for (let i = 0; i < words.length; i++) {
    const v = words[i] ?? 0;
    words[i] = bits === 16 ? (v << 8) | (v >> 8) : (v << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24);
  }
  return words;
}

/** Samples of any other size lie bit by bit from the highest on, whatever the byte order; rows begin at a byte. */
function unpackBits(bytes: Uint8Array, bits: number, { rows, width, samples }: SegmentShape): Stored {
  const perRow = width * samples;
  const stride = Math.ceil((perRow * bits) / 8);
  const out =
    bits <= 8
      ? new Uint8Array(rows * perRow)
      : bits <= 16
        ? new Uint16Array(rows * perRow)
        : new Uint32Array(rows * perRow);
  if (bits < 8 && 8 % bits === 0) {
    const mask = 2 ** bits - 1;
    for (let y = 0, o = 0; y < rows; y++)
      for (let x = 0, bit = y * stride * 8; x < perRow; x++, bit += bits)
        out[o++] = ((bytes[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & mask;
    return out;
  }
  for (let y = 0, o = 0; y < rows; y++) {
    let at = y * stride;
    // a sum of at most 7 held bits and 32 new ones does not fit into 32: numbers are exact up to 53
    let [held, value] = [0, 0];
    for (let x = 0; x < perRow; x++) {
      while (held < bits) {
        value = value * 256 + (bytes[at++] ?? 0);
        held += 8;
      }
      held -= bits;
      const rest = 2 ** held;
      const sample = Math.floor(value / rest);
      value -= sample * rest;
      out[o++] = sample;
    }
  }
  return out;
}

/** Predictor 2: every sample is stored as its difference from the one left of it. */
function addLeft(stored: Stored, bits: number, { rows, width, samples }: SegmentShape): void {
  const perRow = width * samples;
  if (stored instanceof BigUint64Array) {
    for (let y = 0; y < rows; y++)
      for (let i = y * perRow + samples; i < (y + 1) * perRow; i++)
        stored[i] = (stored[i] ?? 0n) + (stored[i - samples] ?? 0n);
    return;
  }
  // arrays of whole bytes wrap by themselves
  const mask = bits < 32 ? 2 ** bits - 1 : -1;
  for (let y = 0; y < rows; y++)
    for (let i = y * perRow + samples; i < (y + 1) * perRow; i++)
      stored[i] = ((stored[i] ?? 0) + (stored[i - samples] ?? 0)) & mask;
}

/**
 * Predictor 3 (Adobe TIFF technical note 3): a row holds the highest bytes of all its floats, then the next ones, and every byte
 * as the difference from the byte `samples` before. Gives little-endian floats.
 */
function planesToFloats(
  bytes: Uint8Array<ArrayBuffer>,
  bits: number,
  { rows, width, samples }: SegmentShape,
): Uint8Array<ArrayBuffer> {
  const size = bits / 8;
  const count = width * samples;
  const out = new Uint8Array(bytes.length);
  for (let y = 0; y < rows; y++) {
    const row = y * count * size;
    for (let i = row + samples; i < row + count * size; i++) bytes[i] = (bytes[i] ?? 0) + (bytes[i - samples] ?? 0);
    for (let b = 0; b < size; b++)
      for (let i = 0; i < count; i++) out[row + i * size + size - 1 - b] = bytes[row + b * count + i] ?? 0;
  }
  return out;
}

/** Stored bits as the numbers that they mean. */
function signed(stored: Stored, type: SampleType): Samples {
  const { bits, kind } = type;
  if (stored instanceof BigUint64Array) {
    if (kind === 'float') return new Float64Array(stored.buffer);
    const integers = kind === 'int' ? new BigInt64Array(stored.buffer) : stored;
    return Float64Array.from(integers, Number);
  }
  if (kind === 'uint') return stored;
  if (kind === 'float') return bits === 16 ? Float32Array.from(stored, fromHalf) : new Float32Array(stored.buffer);
  const out = sampleArray(type, stored.length);
  const shift = 32 - bits;
  for (let i = 0; i < stored.length; i++) out[i] = ((stored[i] ?? 0) << shift) >> shift;
  return out;
}

/** Value of IEEE 754 binary16 bits. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
