// The sentence about deep pictures that show nothing: when it is said, and what it counts.
import { expect, test } from 'vitest';
import { rangeSentence } from '../../../src/client/range-hint.ts';

const picture = (low: number, high: number, bits = 16) => ({
  bits,
  values: {
    found: { low: 0, high: 2 ** bits - 1 }, // hot pixels at both ends
    bulk: { low, high },
    declared: { low: 0, high: 2 ** bits - 1 },
  },
});

test('pictures in the lowest, the highest or a middle part of their range look black, white or flat', () => {
  expect(rangeSentence([picture(0, 4095)])).toMatch(/look black: their values use 6 %/);
  expect(rangeSentence([picture(60_000, 65_000)])).toMatch(/look white: their values use 8 %/);
  expect(rangeSentence([picture(30_000, 31_000)])).toMatch(/look flat: their values use 2 %/);
  expect(rangeSentence([picture(0, 100)])).toMatch(/use less than 1 % of the range that 16 bits have/);
});

test('half of the pictures, or a quarter of the range, is not enough to speak', () => {
  expect(rangeSentence([picture(0, 4095), picture(0, 60_000)])).toBeNull();
  expect(rangeSentence([picture(0, 4095), picture(0, 4000), picture(0, 60_000)])).toMatch(/black/);
  expect(rangeSentence([picture(0, 17_000)])).toBeNull();
  expect(rangeSentence([])).toBeNull();
});

test('floats and DICOM declare no range, so that nothing is said of them', () => {
  const { bulk, found } = picture(0, 10).values;
  expect(rangeSentence([{ bits: 32, values: { bulk, found } }])).toBeNull();
});
