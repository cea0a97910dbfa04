// Resizes RGBA pictures, bit for bit as Pillow does, computing only the part that is wanted.
import { type Taps, tapsFor, WEIGHT_BITS } from './taps.ts';
import type { Interpolation, Pixels } from './types.ts';

/** Part of a resized picture, in its pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What to make: the size of the whole resized picture, how, and which part of it (all when absent). */
export interface Resizing {
  width: number;
  height: number;
  interpolation: Interpolation;
  antialias: boolean;
  crop?: Crop;
}

/** An opaque RGBA picture, [height, width, 4] row-major. */
export type Picture = Pick<Pixels, 'width' | 'height' | 'data'>;

/**
 * The wanted part of the resized picture, RGBA with alpha 255. Equal to resizing the whole and cropping after, at the cost of
 * the part. Smooth filters run horizontally first and round to 8 bits after each pass, as Pillow's `Image.resize`.
 */
export function resize(picture: Picture, resizing: Resizing): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, interpolation, antialias } = resizing;
  const crop = resizing.crop ?? { left: 0, top: 0, width, height };
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const result =
    interpolation === 'nearest'
      ? pick(source, picture, resizing, crop)
      : filterBoth(source, picture, { width, height, filter: interpolation, antialias }, crop);
  return new Uint8ClampedArray(result.buffer, result.byteOffset, result.byteLength);
}

/** The wanted columns and rows of a picture whose filters are `filter`. */
function filterBoth(
  source: Uint32Array,
  picture: Picture,
  { width, height, filter, antialias }: Omit<Resizing, 'interpolation' | 'crop'> & { filter: 'bilinear' | 'bicubic' },
  crop: Crop,
): Uint32Array<ArrayBuffer> {
  const columns = { from: crop.left, to: crop.left + crop.width, filter, antialias };
  const rows = { from: crop.top, to: crop.top + crop.height, filter, antialias };
  // an unchanged side is not filtered: the weights would all be 1
  const across = picture.width === width ? undefined : tapsFor(picture.width, width, columns);
  const down = picture.height === height ? undefined : tapsFor(picture.height, height, rows);
  if (down !== undefined && across !== undefined && picture.height > 100 * picture.width && height < picture.height) {
    // Pillow takes the passes of such strips in the other order (Image.resize), which rounds otherwise
    const shortened = filterColumns(source, picture.width, 0, down);
    const out = new Uint32Array(crop.width * crop.height);
    for (let y = 0; y < crop.height; y++) filterRow(shortened, y * picture.width, across, out, y * crop.width);
    return out;
  }
  const last = crop.height - 1;
  const firstRow = down?.starts[0] ?? crop.top;
  const endRow = down === undefined ? rows.to : (down.starts[last] ?? 0) + (down.counts[last] ?? 0);
  const narrowed = new Uint32Array(crop.width * (endRow - firstRow));
  for (let y = firstRow, o = 0; y < endRow; y++, o += crop.width) {
    const start = y * picture.width;
    if (across === undefined) narrowed.set(source.subarray(start + crop.left, start + columns.to), o);
    else filterRow(source, start, across, narrowed, o);
  }
  return down === undefined ? narrowed : filterColumns(narrowed, crop.width, firstRow, down);
}

const HALF = 1 << (WEIGHT_BITS - 1);
const OPAQUE = 0xff000000;

/** Sum of weighted samples to 8 bits: bicubic weights overshoot on both sides. */
function toByte(sum: number): number {
  const v = sum >> WEIGHT_BITS;
  return Math.max(0, Math.min(255, v));
}

/** One output row from one source row that starts at `start`. A pixel is read once, as 32 bits (little-endian, as every browser is). */
function filterRow(source: Uint32Array, start: number, taps: Taps, out: Uint32Array, outStart: number): void {
  const { width, starts, counts, weights } = taps;
  for (let x = 0; x < counts.length; x++) {
    let r = HALF;
    let g = HALF;
    let b = HALF;
    let p = start + starts[x]!; // indexes stay inside: taps end at the row's last pixel
    let k = x * width;
    for (const end = k + counts[x]!; k < end; k++, p++) {
      const pixel = source[p]!;
      const weight = weights[k]!;
      r = (r + Math.imul(pixel & 255, weight)) | 0;
      g = (g + Math.imul((pixel >>> 8) & 255, weight)) | 0;
      b = (b + Math.imul((pixel >>> 16) & 255, weight)) | 0;
    }
    out[outStart + x] = toByte(r) | (toByte(g) << 8) | (toByte(b) << 16) | OPAQUE;
  }
}

/** All output rows from rows of `width` pixels, of which the first is row `firstRow` of the picture. */
function filterColumns(rows: Uint32Array, width: number, firstRow: number, taps: Taps): Uint32Array<ArrayBuffer> {
  const { starts, counts, weights } = taps;
  const out = new Uint32Array(width * counts.length);
  for (let y = 0, o = 0; y < counts.length; y++) {
    const top = (starts[y]! - firstRow) * width;
    const from = y * taps.width;
    const end = from + counts[y]!;
    for (let x = 0; x < width; x++, o++) {
      let r = HALF;
      let g = HALF;
      let b = HALF;
      for (let k = from, p = top + x; k < end; k++, p += width) {
        const pixel = rows[p]!;
        const weight = weights[k]!;
        r = (r + Math.imul(pixel & 255, weight)) | 0;
        g = (g + Math.imul((pixel >>> 8) & 255, weight)) | 0;
        b = (b + Math.imul((pixel >>> 16) & 255, weight)) | 0;
      }
      out[o] = toByte(r) | (toByte(g) << 8) | (toByte(b) << 16) | OPAQUE;
    }
  }
  return out;
}

/** Nearest sample, as Pillow finds it: it adds up the step from output to output, and cuts off. */
function pick(source: Uint32Array, picture: Picture, resizing: Resizing, crop: Crop): Uint32Array<ArrayBuffer> {
  const columns = nearestOf(picture.width, resizing.width, crop.left, crop.width);
  const rows = nearestOf(picture.height, resizing.height, crop.top, crop.height);
  const out = new Uint32Array(crop.width * crop.height);
  let o = 0;
  for (const row of rows) for (const column of columns) out[o++] = source[row * picture.width + column]!;
  return out;
}

/** Above this many outputs (only lines one pixel thin come there) the steps are multiplied: adding would take seconds. */
const MAX_ADDED = 2 ** 22;

function nearestOf(n: number, m: number, from: number, count: number): Uint32Array {
  const step = n / m;
  const out = new Uint32Array(count);
  let at = step * 0.5;
  if (from > MAX_ADDED) at += step * from;
  else for (let i = 0; i < from; i++) at += step;
  for (let i = 0; i < count; i++, at += step) out[i] = Math.min(n - 1, Math.trunc(at));
  return out;
}
