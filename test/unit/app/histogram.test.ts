// Bins, ranges and typed bounds of the histogram agree with what `between` will find.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  binAt,
  binsOf,
  parseBound,
  printBound,
  rangeCondition,
  rangeOfBins,
} from '../../../src/app/browse/rail/histogram.ts';

const edges = [0, 10, 20, 30, 40];

test('the range of some bins touches exactly those bins', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), (a, b, whole) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      expect(binsOf(edges, rangeOfBins(edges, first, last, whole))).toEqual([first, last]);
    }),
  );
});

test('a bin never takes the values of its neighbour', () => {
  expect(rangeOfBins(edges, 1, 1, true)).toEqual([10, 19]);
  const [, to] = rangeOfBins(edges, 1, 1, false);
  expect(to).toBeLessThan(20);
  expect(Math.fround(to)).toBeLessThan(20);
  expect(rangeOfBins(edges, 3, 3, false)).toEqual([30, 40]);
});

test('a range over everything and the same range again clear', () => {
  expect(rangeCondition('width', edges, [0, 40])).toBeNull();
  expect(rangeCondition('width', edges, [-5, 90])).toBeNull();
  expect(rangeCondition('width', edges, [10, 19])).toEqual({ field: 'width', between: [10, 19] });
  expect(rangeCondition('width', edges, [10, 19], [10, 19])).toBeNull();
  expect(rangeCondition('width', edges, [10, 40], [10, null])).toBeNull();
});

test('the pointer stays inside of the bins', () => {
  expect(binAt(4, -0.2)).toBe(0);
  expect(binAt(4, 0.5)).toBe(2);
  expect(binAt(4, 1)).toBe(3);
});

test('bounds are typed as they are printed', () => {
  const size = { type: 'integer' as const, unit: 'bytes' };
  expect(parseBound('38.2 kB', size)).toBeCloseTo(38_200);
  expect(parseBound('1,204', { type: 'integer' })).toBe(1204);
  expect(parseBound('1 kB', { type: 'integer' })).toBeNull();
  expect(parseBound('-0.25', { type: 'number' })).toBe(-0.25);
  expect(parseBound('lots', { type: 'number' })).toBeNull();
  const date = { type: 'date' as const };
  const at = parseBound('2020-07-14', date);
  expect(at !== null && printBound(at, date)).toBe('2020-07-14');
  expect(parseBound('14.7.2020', date)).toBeNull();
});
