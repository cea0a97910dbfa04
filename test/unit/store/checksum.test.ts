// xxHash32 against values of the reference implementation.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum } from '../../../src/store/checksum.ts';

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

describe('checksum', () => {
  test.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('of %j is what the reference implementation says', (input, expected) => {
    expect(checksum(text(input))).toBe(expected);
  });

  test('does not depend on where the bytes lie in memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: 7 }), (bytes, offset) => {
        const moved = new Uint8Array(bytes.length + offset).subarray(offset);
        moved.set(bytes);
        expect(checksum(moved)).toBe(checksum(Uint8Array.from(bytes)));
      }),
    );
  });

  test('changes with any flipped bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(), fc.nat(7), (bytes, at, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[at % bytes.length] = (flipped[at % bytes.length] ?? 0) ^ (1 << bit);
        expect(checksum(flipped)).not.toBe(checksum(bytes));
      }),
    );
  });
});
