// Bin edges of a histogram: about 36 bins whose edges are numbers that people like.
import type { FieldType } from '../types.ts';

/** What a histogram in the filter rail has room for at 6 px a bar. */
const BINS = 36;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps of dates, in ms. */
const DATE_STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 1820, 3640].map((n) => n * DAY),
];

/**
 * Equally wide bins [e0, e1) … [en-1, en] that hold the finite values min … max. Integers get integer edges, dates edges at whole
 * seconds to years. No values (min > max): no edges.
 */
export function binEdges(min: number, max: number, type: FieldType): number[] {
  if (!(min <= max)) return [];
  const whole = type === 'integer';
  const span = whole ? max - min + 1 : max - min;
  if (span === 0) return [min, min + (type === 'date' ? SECOND : Math.max(Math.abs(min) * 1e-6, 1e-6))];
  const step = type === 'date' ? dateStep(span) : niceStep(span, whole);
  const first = Math.floor(min / step);
  // an integer at an edge belongs to the bin that begins there, so that the last edge lies above it
  let last = whole ? Math.floor(max / step) + 1 : Math.ceil(max / step);
  if (last === first) last++;
  return Array.from({ length: last - first + 1 }, (_, i) => edgeAt(first + i, step));
}

/** Multiples of 0.1 and the like without the noise of binary fractions: 3 × 0.1 is 0.3. */
function edgeAt(multiple: number, step: number): number {
  return step >= 1 ? multiple * step : Number((multiple * step).toPrecision(12));
}

function niceStep(span: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(span / BINS));
  const steps = [1, 2, 2.5, 5, 10].map((n) => n * power).filter((step) => !whole || (step >= 1 && step % 1 === 0));
  return closest(steps.length > 0 ? steps : [1], span);
}

function dateStep(span: number): number {
  return closest(DATE_STEPS, span);
}

/** The step that gives the number of bins nearest to what fits, by ratio. */
function closest(steps: readonly number[], span: number): number {
  const misfit = (step: number): number => Math.abs(Math.log(span / step / BINS));
  return steps.reduce((best, step) => (misfit(step) < misfit(best) ? step : best));
}
