// Numbers behind a histogram with two handles: bins, ranges, and bounds that are typed. Pure.
import type { Field, Filter } from '../../../catalog/types.ts';
import { isoDay, value as printed } from '../../ui/format.ts';

/** A range with both ends known. */
export type Range = [from: number, to: number];

/** The bins [first, last] that a range touches; a bin's upper edge belongs to the next bin, but for the last. */
export function binsOf(edges: readonly number[], range: readonly [number | null, number | null]): [number, number] {
  const bins = edges.length - 1;
  const [from, to] = range;
  let [first, last] = [0, bins - 1];
  if (from !== null) while (first < bins - 1 && (edges[first + 1] ?? Infinity) <= from) first++;
  if (to !== null) while (last > 0 && (edges[last] ?? -Infinity) > to) last--;
  return [first, Math.max(first, last)];
}

/** The bin under a fraction (0 to 1) of the width. */
export function binAt(bins: number, fraction: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor(fraction * bins)));
}

/**
 * The range of the bins [first, last]. Of whole numbers the last one *below* the upper edge is the end, because `between` includes both ends;
 * of other numbers the largest number below it.
 */
export function rangeOfBins(edges: readonly number[], first: number, last: number, whole: boolean): Range {
  const from = edges[first] ?? 0;
  const to = edges[last + 1] ?? from;
  if (last === edges.length - 2) return [whole ? Math.ceil(from) : from, to];
  return whole ? [Math.ceil(from), Math.ceil(to) - 1] : [from, Math.max(from, below(to))];
}

/** The largest float32 below a number: columns of numbers are float32 or wider, and this stays distinct in both. */
function below(n: number): number {
  return n - Math.max(Math.abs(n), 1e-30) * 2 ** -23;
}

/** The condition for a range; null where it takes everything in, or is the range that was there: the same again clears. */
export function rangeCondition(
  field: string,
  edges: readonly number[],
  range: readonly [number | null, number | null],
  before?: readonly [number | null, number | null],
): Filter | null {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const from = range[0] === null || range[0] <= low ? null : range[0];
  const to = range[1] === null || range[1] >= high ? null : range[1];
  if (from === null && to === null) return null;
  if (before && before[0] === from && before[1] === to) return null;
  return { field, between: [from, to] };
}

/** A bound as its field prints it. */
export function printBound(n: number, field: Pick<Field, 'type' | 'unit'>): string {
  return field.type === 'date' ? isoDay(n) : printed(n, field);
}

const multiples: Record<string, number> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** A typed bound: numbers with separators and a size's unit ('38 kB', '1.5 MB'), dates as '2020-07-14'. Null when it is neither. */
export function parseBound(text: string, field: Pick<Field, 'type' | 'unit'>): number | null {
  const trimmed = text.trim();
  if (field.type === 'date') {
    const at = /^\d{4}(-\d{2}){0,2}$/.test(trimmed)
      ? new Date(`${trimmed.padEnd(10, '-01')}T00:00`).getTime()
      : Number.NaN;
    return Number.isFinite(at) ? at : null;
  }
  const match = /^([-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?)\s*([kmgt]?)(?:b|bytes)?$/i.exec(trimmed);
  if (!match) return null;
  const unit = match[2]?.toLowerCase() ?? '';
  if (unit !== '' && field.unit !== 'bytes') return null;
  return Number(match[1]?.replaceAll(',', '')) * (multiples[unit] ?? 1);
}
