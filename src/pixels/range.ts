// From stored samples of more than 8 bits to 8 bits: which values become black and white, by the view's range rule.
import type { PictureValues, RangeRule } from './types.ts';

/** Samples of one picture, any integer or float type. */
export type Samples =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** The values that become 0 and 255; everything outside is clamped. */
export interface ValueRange {
  low: number;
  high: number;
}

/** Bins of the histogram that percentiles are read from: finer than 8 bits by a factor of 256. */
const percentileBins = 65_536;

/**
 * The range for a rule. `full` is the declared range of the stored type; 'file' the smallest to the largest finite sample.
 * A picture of one value keeps a range of one, so that it is black and not a division by zero.
 */
export function valueRange(rule: RangeRule | undefined, samples: Samples, full: ValueRange): ValueRange {
  if (rule === undefined || rule === 'full') return full;
  if (rule === 'file') return finiteRange(samples);
  if ('low' in rule) return rule.high > rule.low ? rule : { low: rule.low, high: rule.low + 1 };
  return percentileRange(samples, rule.percentiles);
}

/** Shares of the values that `PictureValues.bulk` leaves out at each end. */
export const BULK: [low: number, high: number] = [0.5, 99.5];

/** What the values of a picture are. `shown`: the values that become black and white; `declared` where the samples have a declared range. */
export function valuesOf(samples: Samples, shown?: ValueRange, declared?: ValueRange): PictureValues {
  const found = finiteRange(samples);
  return {
    found,
    bulk: percentileRange(samples, BULK),
    ...(shown === undefined ? {} : { shown: { center: (shown.low + shown.high) / 2, width: shown.high - shown.low } }),
    ...(declared === undefined ? {} : { declared }),
  };
}

/** Smallest and largest finite sample; { 0, 1 } where none is finite. */
export function finiteRange(samples: Samples): ValueRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of samples) {
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low > high) return { low: 0, high: 1 };
  return { low, high: high > low ? high : low + 1 };
}

/** Values below which `percentiles` (0 to 100) of the finite samples lie, from a histogram over their range. */
function percentileRange(samples: Samples, [from, to]: [number, number]): ValueRange {
  const { low, high } = finiteRange(samples);
  const bins = new Uint32Array(percentileBins);
  const scale = (percentileBins - 1) / (high - low);
  let total = 0;
  for (const v of samples) {
    if (!Number.isFinite(v)) continue;
    const bin = Math.round((v - low) * scale);
    bins[bin] = (bins[bin] ?? 0) + 1;
    total++;
  }
  const at = (percent: number): number => {
    let left = (percent / 100) * total;
    for (let i = 0; i < percentileBins; i++) {
      left -= bins[i] ?? 0;
      if (left <= 0) return low + i / scale;
    }
    return high;
  };
  const range = { low: at(from), high: at(to) };
  return range.high > range.low ? range : { low: range.low, high: range.low + 1 };
}

/** A sample as 8 bits: `floor((v − low) · 255 / (high − low) + 0.5)`, clamped; a value that is not a number is black. */
export function toByte(value: number, { low, high }: ValueRange): number {
  const scaled = Math.floor(((value - low) * 255) / (high - low) + 0.5);
  return Number.isNaN(scaled) ? 0 : Math.min(255, Math.max(0, scaled));
}
