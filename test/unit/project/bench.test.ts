// The benchmark's table says for each promise whether it was kept.
import { expect, test } from 'vitest';
import { isMet, table, withSections } from '../../bench/report.mjs';

const row = { what: 'open', target: '≤ 1.5', measured: '3 s : 2 s', ratio: 1.5, note: '' };

test('a target is an upper or a lower bound of the ratio, bounds included', () => {
  expect([1.5, 1.51].map((ratio) => isMet({ ...row, ratio }))).toEqual([true, false]);
  expect([0.9, 0.89].map((ratio) => isMet({ ...row, target: '≥ 0.9', ratio }))).toEqual([true, false]);
  expect(() => isMet({ ...row, target: 'fast' })).toThrow('fast');
  expect(() => isMet({ target: '≤ 1' })).toThrow('no ratio');
});

test('the table has a line for each promise', () => {
  expect(table([row]).split('\n')).toEqual([
    '| what | target | measured | ratio | met | note |',
    '| --- | --- | --- | --- | --- | --- |',
    '| open | ≤ 1.5 | 3 s : 2 s | 1.50 | yes |  |',
  ]);
});

test('what is only reported is neither kept nor broken', () => {
  const reported = { what: 'size', target: 'report', measured: '120 kB', note: '' };
  expect(table([reported]).split('\n')[2]).toBe('| size | report | 120 kB | – | – |  |');
});

test('a section replaces the one of its title, and the others stay as they are', () => {
  const page = withSections('# Benchmarks', '', [
    { title: 'Walk', text: 'slow' },
    { title: 'Walks', text: 'other' },
  ]);
  expect(page).toBe('# Benchmarks\n\n## Walk\n\nslow\n\n## Walks\n\nother\n');
  expect(withSections('# Benchmarks', page, [{ title: 'Walk', text: 'fast' }])).toBe(page.replace('slow', 'fast'));
});
