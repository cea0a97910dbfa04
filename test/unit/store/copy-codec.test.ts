// Values of the safety copy as bytes: whatever a record may hold comes back exactly.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValue, encodeValue } from '../../../src/store/copy/codec.ts';

const arrays = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
);
const value = fc.anything({
  withTypedArray: true,
  withUnicodeString: true,
  withNullPrototype: false,
  withBigInt: false,
  values: [
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, Number.NaN, 2 ** 31, -(2 ** 31), '\ud800 alone'),
    arrays,
  ],
});

test('plain data and typed arrays come back as they were, in the same order', () => {
  fc.assert(
    fc.property(value, (given) => {
      const back = decodeValue(encodeValue(given));
      expect(back).toEqual(given);
      expect(encodeValue(back)).toEqual(encodeValue(given));
    }),
  );
});

test('a part of a larger memory is copied alone', () => {
  const part = new Float64Array(10).fill(3).subarray(2, 4);
  const back = decodeValue(encodeValue({ part })) as { part: Float64Array };
  expect(back.part).toEqual(Float64Array.of(3, 3));
  expect(back.part.buffer.byteLength).toBe(16);
});

test('nothing but plain data is taken', () => {
  for (const foreign of [new Map(), () => 1, Symbol('s'), new Date(), 5n])
    expect(() => encodeValue({ foreign })).toThrow('nothing that a safety copy can hold');
});

test('other bytes are refused, and end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeValue(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: 'storage-damaged' });
      }
    }),
  );
});
