// Numbers, sizes, times and values as people read them. Pure; English, so that a screenshot reads the same everywhere.
import type { Field } from '../../catalog/types.ts';

const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;
const irregular: Record<string, string> = { class: 'classes', match: 'matches' };
const dayMs = 86_400_000;

/** A whole number with thousands separators: 3,781. */
export function count(n: number): string {
  return integers.format(n);
}

/** A count and its noun in the right number: '1 picture', '3,781 pictures', '10 classes'. */
export function counted(n: number, noun: string): string {
  return `${count(n)} ${n === 1 ? noun : (irregular[noun] ?? `${noun}s`)}`;
}

/** A size in powers of 1,000, as file managers on most systems and the SI count: '38.2 kB'. */
export function bytes(n: number): string {
  let [value, unit] = [n, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Time that is left, coarse on purpose: an estimate that counts seconds is never right. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 55) return `${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h left` : `${hours} h ${minutes % 60} min left`;
}

/** Units per second: whole from 10 on, one decimal below. */
export function rate(perSecond: number, unit: string): string {
  return `${perSecond >= 10 ? count(perSecond) : perSecond.toFixed(1)} ${unit}/s`;
}

/** The day of a moment seen from `now` (both milliseconds since 1970): 'today', 'yesterday', '3 Nov', '3 Nov 2019'. */
export function day(at: number, now: number): string {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return 'today';
  if (at >= midnight - dayMs) return 'yesterday';
  const date = new Date(at);
  const short = `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })}`;
  return date.getFullYear() === new Date(now).getFullYear() ? short : `${short} ${date.getFullYear()}`;
}

/** A date as ISO 8601 writes it, local time: '2020-07-14'. */
export function isoDay(at: number): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A number with at most `digits` significant digits where it has decimals, whole numbers in full. */
export function number(n: number, digits = 3): string {
  if (Number.isInteger(n)) return count(n);
  const magnitude = n === 0 ? 0 : Math.floor(Math.log10(Math.abs(n)));
  const decimals = Math.min(6, Math.max(0, digits - 1 - magnitude));
  return n.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: decimals });
}

/** A value of a field as cells, chips and bounds print it. */
export function value(v: string | number | boolean | null, field: Pick<Field, 'type' | 'unit'>): string {
  if (v === null) return 'missing';
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  if (typeof v === 'string') return v;
  if (field.type === 'date') return isoDay(v);
  if (field.unit === 'bytes') return bytes(v);
  // probabilities and scores: two decimals, so that neighbours line up
  if (field.type === 'number' && Math.abs(v) <= 1) return v.toFixed(2);
  return number(v);
}
