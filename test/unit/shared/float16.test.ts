// Half precision conversion over all of its 65,536 values and between them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHalf, packHalf, toHalf, unpackHalf } from '../../../src/shared/float16.ts';

const isNaNHalf = (bits: number): boolean => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;

describe('half precision', () => {
  test('every half survives the way to a number and back', () => {
    for (let bits = 0; bits < 65536; bits++) {
      if (isNaNHalf(bits)) expect(fromHalf(bits)).toBeNaN();
      else if (toHalf(fromHalf(bits)) !== bits) expect.fail(`half ${bits} came back as ${toHalf(fromHalf(bits))}`);
    }
  });

  test('a number becomes the nearest half, ties to even', () => {
    const halves: number[] = [];
    for (let bits = 0; bits < 0x7c00; bits++) halves.push(fromHalf(bits));
    fc.assert(
      fc.property(fc.float({ min: 0, max: 65504, noNaN: true }), (value) => {
        const bits = toHalf(value);
        const distance = Math.abs(fromHalf(bits) - value);
        for (const other of [bits - 1, bits + 1]) {
          const neighbour = halves[other];
          if (neighbour === undefined) continue;
          expect(distance).toBeLessThanOrEqual(Math.abs(neighbour - value));
          if (distance === Math.abs(neighbour - value) && distance > 0) expect(bits & 1).toBe(0);
        }
        expect(toHalf(-value)).toBe(bits | 0x8000);
      }),
      { numRuns: 2000 },
    );
  });

  test('too large numbers are infinite, too small ones zero', () => {
    expect([65519, 65520, 1e30, 2 ** -25, 2 ** -25 * 1.001, Number.NEGATIVE_INFINITY].map(toHalf)).toEqual([
      0x7bff, 0x7c00, 0x7c00, 0, 1, 0xfc00,
    ]);
    expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
  });

  test('arrays agree with the single conversion', () => {
    const values = Float32Array.of(0, -0, 1, -2.5, 1e-7, 65504, 1 / 3);
    expect([...packHalf(values)]).toEqual([...values].map(toHalf));
    expect([...unpackHalf(packHalf(values))]).toEqual([...values].map((v) => fromHalf(toHalf(v))));
  });
});
