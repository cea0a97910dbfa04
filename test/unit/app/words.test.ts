// Numbers, times, jobs and what was recognised, in words.
import { expect, test } from 'vitest';
import { paletteEntries } from '../../../src/app/browse/palette.ts';
import { recognised, withClassLevel, withSplit, withSplitLevel } from '../../../src/app/open/layout-text.ts';
import { reasonsOf } from '../../../src/app/open/left-out.ts';
import { jobLine, pageTitle, spoken, wouldInterrupt } from '../../../src/app/shell/job-text.ts';
import { bytes, counted, day, number, timeLeft, value } from '../../../src/app/ui/format.ts';
import type { Job } from '../../../src/client/types.ts';

test('counts carry separators and the right noun', () => {
  expect(counted(1, 'picture')).toBe('1 picture');
  expect(counted(3781, 'picture')).toBe('3,781 pictures');
  expect(counted(2, 'class')).toBe('2 classes');
});

test('sizes round to the unit that people would say', () => {
  expect(bytes(0)).toBe('0 bytes');
  expect(bytes(38_210)).toBe('38.2 kB');
  expect(bytes(999_960)).toBe('1.0 MB');
  expect(bytes(2_400_000_000)).toBe('2.4 GB');
});

test('time left is coarse', () => {
  expect(timeLeft(3)).toBe('a few seconds left');
  expect(timeLeft(31)).toBe('35 s left');
  expect(timeLeft(58)).toBe('1 min left');
  expect(timeLeft(3600 * 2 + 300)).toBe('2 h 5 min left');
  expect(timeLeft(Number.POSITIVE_INFINITY)).toBe('');
});

test('days near now have names', () => {
  const now = new Date(2026, 10, 21, 9).getTime();
  expect(day(new Date(2026, 10, 21, 1).getTime(), now)).toBe('today');
  expect(day(new Date(2026, 10, 20, 23).getTime(), now)).toBe('yesterday');
  expect(day(new Date(2026, 10, 3).getTime(), now)).toBe('3 Nov');
  expect(day(new Date(2019, 10, 3).getTime(), now)).toBe('3 Nov 2019');
});

test('values print by their field', () => {
  expect(value(0.5, { type: 'number' })).toBe('0.50');
  expect(value(1204, { type: 'integer', unit: 'px' })).toBe('1,204');
  expect(value(null, { type: 'text' })).toBe('missing');
  expect(value(true, { type: 'boolean' })).toBe('yes');
  expect(number(25.3456)).toBe('25.3');
});

const job: Job = {
  id: '1',
  kind: 'embed',
  title: 'Embedding',
  state: 'running',
  progress: { done: 812, total: 3781, rate: 46.2, secondsLeft: 64, unit: 'pictures', device: 'CPU, 2 threads' },
  canPause: true,
  canCancel: true,
};

test('a job says how far, how fast, how long and on what', () => {
  expect(jobLine(job)).toBe('812 of 3,781 · 46 pictures/s · 1 min left · CPU, 2 threads');
  expect(jobLine({ ...job, state: 'paused' })).toBe('paused · 812 of 3,781 · CPU, 2 threads');
  expect(pageTitle([job], 'clothing')).toBe('21 % embedding · clothing – Vitrine');
  expect(pageTitle([{ ...job, state: 'paused' }], undefined)).toBe('Vitrine');
});

test('a job speaks at its start, each quarter and its end, and not in between', () => {
  const at = (done: number, state: Job['state'] = 'running'): Job => ({
    ...job,
    state,
    progress: { done, total: 100, unit: 'p' },
  });
  expect(spoken(at(1), undefined)).toBe('Embedding started');
  expect(spoken(at(20), 'Embedding started')).toBeNull();
  expect(spoken(at(25), 'Embedding started')).toBe('Embedding: 25 %');
  expect(spoken(at(100, 'done'), 'Embedding: 75 %')).toBe('Embedding done');
});

test('closing asks only for work that a person waits for', () => {
  expect(wouldInterrupt([job])).toBe(true);
  expect(wouldInterrupt([{ ...job, kind: 'facts' }])).toBe(false);
  expect(wouldInterrupt([{ ...job, state: 'paused' }])).toBe(false);
});

const layout = { splitLevel: 0, classLevel: 1, splits: [['train', 'train']] as [string, string][] };

test('what was recognised is one sentence that adds up', () => {
  const report = { found: 1439, shown: 1434, leftOut: 5, added: 0, removed: 0, changed: 0, seconds: 1 };
  const splits = ['train', 'validation', 'test'].map((split) => ({ split, folder: split, count: 478 }));
  const proposal = { layout, kind: 'split-folders' as const, depth: 2, classes: 10, splits, unlabelled: 0 };
  expect(recognised(proposal, { size: 1434, scan: { state: 'done', report } })).toBe(
    'Split folders: 3 splits, 10 classes, 1,434 pictures; 5 files left out',
  );
});

test('class and split never come from the same folders', () => {
  expect(withClassLevel(layout, 0)).toEqual({ splitLevel: null, classLevel: 0, splits: [] });
  expect(withSplitLevel(layout, 1)).toEqual({ splitLevel: 1, classLevel: null, splits: [['train', 'train']] });
  expect(withSplit(layout, 'val', 'validation').splits).toContainEqual(['val', 'validation']);
  expect(withSplit(layout, 'train', null).splits).toEqual([]);
});

test('reasons come with the largest count first and none at zero', () => {
  expect(reasonsOf({ hidden: 2, metadata: 9, swap: 0 }).map((r) => r.reason)).toEqual(['metadata', 'hidden']);
});

test('the palette finds classes by start, word and number, and offers to create what is new', () => {
  const classes = ['t-shirt', 'shirt', 'shoes'].map((name, i) => ({ id: i, name, number: i + 1, color: i, count: 1 }));
  const names = (text: string) =>
    paletteEntries(classes, text).map((e) => (e.kind === 'class' ? e.info.name : `+${e.name}`));
  expect(names('')).toEqual(['t-shirt', 'shirt', 'shoes']);
  expect(names('shi')).toEqual(['shirt', 't-shirt', '+shi']);
  expect(names('3')).toEqual(['shoes', '+3']);
  expect(names('shirt')).toEqual(['shirt', 't-shirt']);
  expect(names('  cape ')).toEqual(['+cape']);
});
