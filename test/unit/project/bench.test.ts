// The benchmark's table says for each promise whether it was kept.
import { expect, test } from 'vitest';
import { isMet, table } from '../../bench/report.mjs';

const row = { what: 'open', target: '≤ 1.5', measured: '3 s : 2 s', ratio: 1.5, note: '' };

test('a target is an upper or a lower bound of the ratio, bounds included', () => {
  expect([1.5, 1.51].map((ratio) => isMet({ ...row, ratio }))).toEqual([true, false]);
  expect([0.9, 0.89].map((ratio) => isMet({ ...row, target: '≥ 0.9', ratio }))).toEqual([true, false]);
  expect(() => isMet({ ...row, target: 'fast' })).toThrow('fast');
});

test('the table has a line for each promise', () => {
  expect(table([row]).split('\n')).toEqual([
    '| what | target | measured | ratio | met | note |',
    '| --- | --- | --- | --- | --- | --- |',
    '| open | ≤ 1.5 | 3 s : 2 s | 1.50 | yes |  |',
  ]);
});
