// Probabilities as text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sixDecimals } from '../../../src/formats/decimals.ts';

test('six decimals are the number rounded, always with a fraction', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
      expect(sixDecimals(p)).toMatch(/^[01]\.\d{6}$/);
      expect(Math.abs(Number(sixDecimals(p)) - p)).toBeLessThanOrEqual(0.5000001e-6);
    }),
  );
  expect([0, 1, 0.9999999, 0.5, 0.000001].map(sixDecimals)).toEqual([
    '0.000000',
    '1.000000',
    '1.000000',
    '0.500000',
    '0.000001',
  ]);
});
