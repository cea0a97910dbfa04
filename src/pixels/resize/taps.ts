// Filter weights for resizing: which source samples make an output sample, and with what fixed-point weight.
import type { Interpolation } from '../types.ts';

/** Bits after the point; with them the sums of 8-bit samples fit into 32 bits (as in Pillow's resize). */
export const WEIGHT_BITS = 22;
/** Weights are stored in two 16-bit parts, `high · 2^11 + low` with low in 0 … 2047: SIMD multiplies 16 bits fastest. */
export const HIGH_SHIFT = 11;

/** Filters that weigh several samples. */
export type SmoothFilter = Exclude<Interpolation, 'nearest'>;

/**
 * Weights of a range of outputs, in equal entries of `entryLength` numbers, as the kernels read them: first sample relative to
 * `from`; bytes of weights; then for each pair of samples their two high parts in one number and their two low parts in another.
 */
export interface Taps {
  /** Source samples that are read: from (inclusive) to (exclusive). */
  from: number;
  to: number;
  entryLength: number;
  entries: Int32Array;
}

/** Half width of a filter in source samples when it does not reduce. */
const SUPPORT: { [filter in SmoothFilter]: number } = { bilinear: 1, bicubic: 2, lanczos: 3 };

/** Triangle; Keys' cubic with a = -0.5; or Lanczos' windowed sinc with three lobes. */
function weightAt(filter: SmoothFilter, distance: number): number {
  const x = Math.abs(distance);
  if (filter === 'lanczos') return x < 3 ? sinc(x) * sinc(x / 3) : 0;
  if (filter === 'bilinear') return x < 1 ? 1 - x : 0;
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

/** Which outputs (to exclusive), and how. */
interface TapsRange {
  from: number;
  to: number;
  filter: SmoothFilter;
  antialias: boolean;
}

/** Bytes of weights that are kept: datasets have few sizes, and a table for a photograph has about 100 kB. */
const CACHE_BYTES = 8 * 2 ** 20;
const cache = new Map<string, Taps>();
let cachedBytes = 0;

/**
 * Weights for resizing `n` samples to `m`. The tables are cached, the oldest leave first. With `antialias` a reduction widens
 * the filter by n / m, as Pillow's `Image.resize` does, to which the results are bit-equal.
 */
export function tapsFor(n: number, m: number, range: TapsRange): Taps {
  const key = `${n} ${m} ${range.from} ${range.to} ${range.filter} ${range.antialias}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const taps = computeTaps(n, m, range);
  cache.set(key, taps);
  cachedBytes += taps.entries.byteLength;
  for (const [oldest, { entries }] of cache) {
    if (cachedBytes <= CACHE_BYTES) break;
    cache.delete(oldest);
    cachedBytes -= entries.byteLength;
  }
  return taps;
}

function computeTaps(n: number, m: number, { from, to, filter, antialias }: TapsRange): Taps {
  const scale = n / m;
  const stretch = antialias ? Math.max(scale, 1) : 1; // only a reduction widens the filter
  const support = SUPPORT[filter] * stretch;
  /** The samples that count for an output: first (inclusive) to end (exclusive). */
  const extent = (centre: number): [first: number, end: number] => [
    Math.max(0, Math.trunc(centre - support + 0.5)),
    Math.min(n, Math.trunc(centre + support + 0.5)),
  ];
  const firstSample = extent((from + 0.5) * scale)[0];
  const entryLength = 2 + 2 * (Math.ceil(support) + 1);
  const entries = new Int32Array((to - from) * entryLength);
  const weights = new Float64Array(2 * Math.ceil(support) + 2); // one more than needed: pairs may end with a zero
  let endSample = firstSample;
  for (let k = 0, at = 0; k < to - from; k++, at += entryLength) {
    const centre = (from + k + 0.5) * scale;
    const [first, end] = extent(centre);
    const count = end - first;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      weights[i] = weightAt(filter, (i + first - centre + 0.5) / stretch);
      sum += weights[i] ?? 0;
    }
    weights[count] = 0;
    const pairs = (count + 1) >> 1;
    entries[at] = first - firstSample;
    entries[at + 1] = pairs * 8;
    for (let pair = 0; pair < pairs; pair++) {
      const [a, b] = [fixedPoint((weights[2 * pair] ?? 0) / sum), fixedPoint((weights[2 * pair + 1] ?? 0) / sum)];
      entries[at + 2 + 2 * pair] = ((a >> HIGH_SHIFT) & 0xffff) | ((b >> HIGH_SHIFT) << 16);
      entries[at + 3 + 2 * pair] = (a & LOW_MASK) | ((b & LOW_MASK) << 16);
    }
    endSample = Math.max(endSample, end);
  }
  return { from: firstSample, to: endSample, entryLength, entries };
}

const LOW_MASK = 2 ** HIGH_SHIFT - 1;

/** Half away from zero. */
function fixedPoint(weight: number): number {
  const scaled = weight * 2 ** WEIGHT_BITS;
  return Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}
