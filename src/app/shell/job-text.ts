// A job in words: for the bar, the title of the page and the screen reader. Pure.
import type { Job } from '../../client/types.ts';
import { count, rate, timeLeft } from '../ui/format.ts';

/** How far, how fast, how long still, on what: '812 of 3,781 · 46 pictures/s · 1 min left · CPU, 2 threads'. */
export function jobLine(job: Job): string {
  if (job.state === 'failed') return job.error?.message ?? 'It did not work.';
  const p = job.progress;
  const parts: string[] = [];
  if (job.state === 'paused') parts.push('paused');
  if (p) {
    if (p.step) parts.push(p.step);
    const named = job.state === 'paused' || (job.state === 'running' && p.rate); // the rate names the unit
    const unit = named ? '' : ` ${p.unit}`;
    parts.push(p.total === undefined ? `${count(p.done)} ${p.unit}` : `${count(p.done)} of ${count(p.total)}${unit}`);
    if (job.state === 'running') {
      if (p.rate) parts.push(rate(p.rate, p.unit));
      if (p.secondsLeft !== undefined) parts.push(timeLeft(p.secondsLeft));
    }
    if (p.device) parts.push(p.device);
  }
  return parts.filter((part) => part !== '').join(' · ');
}

/** 0 to 1, or null while the end is not known. */
export function fraction(job: Job): number | null {
  const p = job.progress;
  if (job.state === 'done') return 1;
  return p?.total ? Math.min(1, p.done / p.total) : null;
}

/** The title of the page: the longest job first, so that a tab in the background tells how far it is. */
export function pageTitle(jobs: readonly Job[], dataset: string | undefined): string {
  const place = dataset ? `${dataset} – Vitrine` : 'Vitrine';
  const running = jobs.find((job) => job.state === 'running' && fraction(job) !== null);
  if (!running) return place;
  return `${Math.floor(100 * (fraction(running) ?? 0))} % ${running.title.toLowerCase()} · ${place}`;
}

/** Reading sizes and headers goes on by itself next time. */
const goesOnByItself = new Set<Job['kind']>(['facts', 'details', 'self-test']);

/** True while closing the page would stop work that a person is waiting for. */
export function wouldInterrupt(jobs: readonly Job[]): boolean {
  return jobs.some((job) => job.state === 'running' && !goesOnByItself.has(job.kind));
}

/** What is spoken of a job: its start, each quarter, its end. `before` is what was spoken last; null: nothing new to say. */
export function spoken(job: Job, before: string | undefined): string | null {
  const part = fraction(job);
  const quarter = part === null ? 0 : Math.floor(part * 4);
  const words =
    job.state === 'failed'
      ? `${job.title} failed. ${job.error?.message ?? ''}`
      : job.state === 'running'
        ? quarter === 0 || quarter === 4
          ? `${job.title} started`
          : `${job.title}: ${quarter * 25} %`
        : `${job.title} ${job.state}`;
  return words === before ? null : words;
}
