// Filter weights for resizing: which source samples make an output sample, and with what fixed-point weight.
import type { Interpolation } from './types.ts';

/** Bits after the point; with them the sums of 8-bit samples fit into 32 bits (as in Pillow's resize). */
export const WEIGHT_BITS = 22;

export type SmoothFilter = Exclude<Interpolation, 'nearest'>;

/** Weights of outputs from..to: output k reads `counts[k]` samples from `starts[k]` on, weights from `k * width` on. */
export interface Taps {
  /** Weights reserved for each output. */
  width: number;
  starts: Int32Array;
  counts: Int32Array;
  weights: Int32Array;
}

/** Half width of a filter in source samples when it does not reduce. */
const SUPPORT: { [filter in SmoothFilter]: number } = { bilinear: 1, bicubic: 2 };

/** Triangle; or Keys' cubic with a = -0.5. */
function weightAt(filter: SmoothFilter, distance: number): number {
  const x = Math.abs(distance);
  if (filter === 'bilinear') return x < 1 ? 1 - x : 0;
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/** Bytes of weights that are kept: datasets have few sizes, and a table for a photograph has about 100 kB. */
const CACHE_BYTES = 8 * 2 ** 20;
const cache = new Map<string, Taps>();
let cachedBytes = 0;

/**
 * Weights for resizing `n` samples to `m`, of the outputs from (inclusive) to (exclusive). The tables are cached, the oldest leave first.
 * With `antialias` a reduction widens the filter by n / m, as Pillow's `Image.resize` does, to which the results are bit-equal.
 */
export function tapsFor(
  n: number,
  m: number,
  { from, to, filter, antialias }: { from: number; to: number; filter: SmoothFilter; antialias: boolean },
): Taps {
  const key = `${n} ${m} ${from} ${to} ${filter} ${antialias}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const taps = computeTaps(n, m, { from, to, filter, antialias });
  cache.set(key, taps);
  cachedBytes += taps.weights.byteLength;
  for (const [oldest, { weights }] of cache) {
    if (cachedBytes <= CACHE_BYTES) break;
    cache.delete(oldest);
    cachedBytes -= weights.byteLength;
  }
  return taps;
}

function computeTaps(
  n: number,
  m: number,
  { from, to, filter, antialias }: { from: number; to: number; filter: SmoothFilter; antialias: boolean },
): Taps {
  const scale = n / m;
  const stretch = antialias ? Math.max(scale, 1) : 1; // only a reduction widens the filter
  const support = SUPPORT[filter] * stretch;
  const width = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to - from);
  const counts = new Int32Array(to - from);
  const weights = new Int32Array((to - from) * width);
  const exact = new Float64Array(width);
  for (let k = 0; k < to - from; k++) {
    const centre = (from + k + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(n, Math.trunc(centre + support + 0.5)) - first;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const w = weightAt(filter, (i + first - centre + 0.5) / stretch);
      exact[i] = w;
      sum += w;
    }
    for (let i = 0; i < count; i++) {
      const scaled = ((exact[i] ?? 0) / sum) * 2 ** WEIGHT_BITS;
      weights[k * width + i] = Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5); // half away from zero
    }
    starts[k] = first;
    counts[k] = count;
  }
  return { width, starts, counts, weights };
}
