// Own inflating against zlib's deflating: whole, padded, cut and damaged streams.
import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inflate as inflateFrame } from '../../../src/pixels/dicom/data/inflate.ts';
import { inflateRaw } from '../../../src/pixels/inflate.ts';
import { inflate as inflateStrip } from '../../../src/pixels/tiff/codecs/inflate.ts';

/** Bytes with repeats near and far, so that every kind of length and distance occurs. */
const content = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 200 })), { maxLength: 12 })
  .map((parts) =>
    Uint8Array.from(parts.flatMap(([piece, times]) => Array.from({ length: times }, () => [...piece]).flat())),
  );

const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE];

test('what zlib deflates comes out as it was, whatever stands behind it', () => {
  const property = fc.property(
    content,
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom(...strategies),
    fc.uint8Array({ maxLength: 5 }),
    (bytes, level, strategy, behind) => {
      const packed = deflateRawSync(bytes, { level, strategy });
      const { bytes: out, complete } = inflateRaw(Uint8Array.from([...packed, ...behind]), 1e7);
      expect(complete).toBe(true);
      expect(Buffer.compare(out, bytes)).toBe(0);
    },
  );
  fc.assert(property, { numRuns: 40 });
});

test('a cut stream gives the beginning of what it held, and never more than the limit', () => {
  const property = fc.property(content, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, share) => {
    const packed = deflateRawSync(bytes);
    const cut = packed.subarray(0, Math.floor(share * (packed.length - 1)));
    const { bytes: out, complete } = inflateRaw(cut, 1e7);
    expect(complete).toBe(false);
    expect(Buffer.compare(out, bytes.subarray(0, out.length))).toBe(0);
    const limit = Math.floor(bytes.length * share);
    expect(Buffer.compare(inflateRaw(packed, limit).bytes, bytes.subarray(0, limit))).toBe(0);
  });
  fc.assert(property, { numRuns: 40 });
});

test('random bytes end without a hang or an error of the engine', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => inflateRaw(bytes, 1e6).bytes.length <= 1e6),
    { numRuns: 300 },
  );
});

test('frames and strips that are cut give all that comes before the cut', async () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) >> 7);
  const most = async (packed: Buffer, inflate: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) => {
    const out = await inflate(new Uint8Array(packed.subarray(0, packed.length - 40)));
    expect(Buffer.compare(out, bytes.subarray(0, out.length))).toBe(0);
    return out.length;
  };
  expect(await most(deflateSync(bytes), (data) => inflateStrip(data, 50_000))).toBeGreaterThan(45_000);
  expect(await most(deflateRawSync(bytes), (data) => inflateFrame(new Blob([data]), { limit: 1e6 }))).toBeGreaterThan(
    45_000,
  );
});
