// TIFF: bit depths, byte orders, predictors, planes, colours, ranges and pages, on small files of our own.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/tiff/decode.ts';
import type { FrameView } from '../../../src/pixels/types.ts';
import { basicTags, packBits, type TiffOptions, type TiffPage, tiffFile } from '../../support/tiff.ts';

const show = (file: Uint8Array<ArrayBuffer>, view: FrameView = {}) =>
  decode(new Blob([file]), view, { head: file.subarray(0, 256), maxPixels: 1e6 });

async function rgbOf(page: TiffPage, options?: TiffOptions, view?: FrameView): Promise<number[]> {
  const { data } = await show(tiffFile([page], options), view);
  expect([...data].filter((v, i) => i % 4 === 3 && v !== 255)).toEqual([]);
  return [...data].filter((_, i) => i % 4 !== 3);
}

/** Gray levels of a page that shows gray. */
async function grayOf(page: TiffPage, options?: TiffOptions, view?: FrameView): Promise<number[]> {
  const rgb = await rgbOf(page, options, view);
  const gray = rgb.filter((_, i) => i % 3 === 0);
  expect(rgb).toEqual(gray.flatMap((v) => [v, v, v]));
  return gray;
}

const row = (bits: number, samples: number[], more: TiffPage['tags'] = {}, segment?: Uint8Array): TiffPage => ({
  tags: basicTags(samples.length, 1, { 258: [bits], ...more }),
  segments: [segment ?? packBits(samples, bits, samples.length)],
});

const littleEndian = (bytes: Uint8Array, size: number): Uint8Array =>
  Uint8Array.from(bytes, (_, i) => bytes[i - (i % size) + size - 1 - (i % size)] ?? 0);

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

describe('samples', () => {
  test('of any size are scaled by their declared range, in rows that begin at a byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 31 }).chain((bits) =>
          fc.record({
            bits: fc.constant(bits),
            samples: fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { minLength: 10, maxLength: 10 }),
          }),
        ),
        async ({ bits, samples }) => {
          const page = { tags: basicTags(5, 2, { 258: [bits] }), segments: [packBits(samples, bits, 5)] };
          const expected = samples.map((v) => Math.floor((v * 255) / (2 ** bits - 1) + 0.5));
          expect(await grayOf(page, { bigEndian: true })).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([16, 32] as const)('of %i bits have the byte order of the file', async (bits) => {
    const segment = packBits([1, 2 ** bits - 1, 2 ** (bits - 1)], bits, 3);
    const little = littleEndian(segment, bits / 8);
    expect(await grayOf(row(bits, [0, 0, 0], {}, segment), { bigEndian: true })).toEqual([0, 255, 128]);
    expect(await grayOf(row(bits, [0, 0, 0], {}, little))).toEqual([0, 255, 128]);
    expect(await grayOf(row(bits, [0, 0, 0], {}, little), { big: true })).toEqual([0, 255, 128]);
  });

  test('of 64 bits are read', async () => {
    const segment = bytesOf(BigUint64Array.of(0n, 2n ** 63n, 2n ** 64n - 1n));
    expect(await grayOf(row(64, [0, 0, 0], {}, segment))).toEqual([0, 128, 255]);
  });

  test('with a sign have their lowest value black', async () => {
    const segment = bytesOf(Int16Array.of(-32_768, 0, 32_767));
    expect(await grayOf(row(16, [0, 0, 0], { 339: [2] }, segment))).toEqual([0, 128, 255]);
    expect(await grayOf(row(8, [0, 0, 0], { 339: [2] }, Uint8Array.of(128, 0, 127)))).toEqual([0, 128, 255]);
  });

  test('with FillOrder 2 begin in the lowest bit', async () => {
    expect(await grayOf(row(1, [1, 1, 0, 0, 0, 0, 0, 0], { 266: [2] }, Uint8Array.of(0b11)))).toEqual([
      255, 255, 0, 0, 0, 0, 0, 0,
    ]);
  });

  test('that are floats are scaled by their finite range; what is not finite is black or white', async () => {
    const values = Float32Array.of(-1, 0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const expected = [0, 128, 255, 0, 255, 0];
    expect(await grayOf(row(32, [...values], { 339: [3] }, bytesOf(values)))).toEqual(expected);
    const half = Uint16Array.of(0xbc00, 0, 0x3c00, 0x7e00, 0x7c00, 0xfc00);
    expect(await grayOf(row(16, [...half], { 339: [3] }, bytesOf(half)))).toEqual(expected);
    expect(await grayOf(row(64, [...values], { 339: [3] }, bytesOf(Float64Array.from(values))))).toEqual(expected);
  });
});

describe('predictors', () => {
  test.each([
    [8, false],
    [16, false],
    [16, true],
    [32, true],
    [12, true],
  ])('2 adds the sample to the left, %i bits, big-endian %s', async (bits, bigEndian) => {
    const top = 2 ** bits - 1;
    const differences = [top, 0, 2, top]; // the third sample wraps around to 1
    const packed = packBits(differences, bits, 4);
    const page = row(bits, differences, { 259: [8], 317: [2] }, undefined);
    page.segments = [deflateSync(bigEndian || bits === 12 ? packed : littleEndian(packed, bits / 8))];
    expect(await grayOf(page, { bigEndian })).toEqual([255, 255, bits === 8 ? 1 : 0, 0]);
  });

  test('2 works on each colour by itself', async () => {
    const page: TiffPage = {
      tags: basicTags(2, 1, { 258: [8, 8, 8], 259: [8], 262: [2], 277: [3], 317: [2] }),
      segments: [deflateSync(Uint8Array.of(10, 20, 30, 1, 2, 3))],
    };
    expect(await rgbOf(page)).toEqual([10, 20, 30, 11, 22, 33]);
  });

  test('3 sorts the bytes of floats by weight, whatever the byte order', async () => {
    const values = Float32Array.of(0, 0.25, 0.5, 1);
    const bytes = bytesOf(values);
    const planes = [3, 2, 1, 0].flatMap((b) => [...values].map((_, i) => bytes[4 * i + b] ?? 0));
    const differences = planes.map((v, i) => (v - (planes[i - 1] ?? 0)) & 255);
    for (const bigEndian of [false, true]) {
      const page = row(32, [...values], { 259: [8], 317: [3], 339: [3] }, deflateSync(Uint8Array.from(differences)));
      expect(await grayOf(page, { bigEndian })).toEqual([0, 64, 128, 255]);
    }
  });
});

describe('strips and tiles', () => {
  const picture = Array.from({ length: 5 * 4 * 3 }, (_, i) => (i * 7) % 256);
  const rgbTags = { 258: [8, 8, 8], 262: [2], 277: [3] };

  test('strips lie below each other, the last one shorter', async () => {
    const rows = [0, 3].map((y) => Uint8Array.from(picture.slice(y * 15, (y + 3) * 15)));
    expect(await rgbOf({ tags: basicTags(5, 4, { ...rgbTags, 278: [3] }), segments: rows })).toEqual(picture);
  });

  test('tiles reach over the edges', async () => {
    const tile = (left: number, top: number): Uint8Array => {
      const bytes = new Uint8Array(16 * 16 * 3).fill(99);
      for (let y = top; y < Math.min(4, top + 16); y++)
        bytes.set(picture.slice((y * 5 + left) * 3, (y + 1) * 15), (y - top) * 48);
      return bytes;
    };
    const tags = basicTags(5, 4, { ...rgbTags, 322: [16], 323: [16] });
    expect(await rgbOf({ tags, segments: [tile(0, 0)], tiled: true })).toEqual(picture);
  });

  test('planes follow each other', async () => {
    const planes = [0, 1, 2].map((c) => Uint8Array.from(picture.filter((_, i) => i % 3 === c)));
    expect(await rgbOf({ tags: basicTags(5, 4, { ...rgbTags, 284: [2] }), segments: planes })).toEqual(picture);
    const halves = planes.flatMap((plane) => [plane.slice(0, 10), plane.slice(10)]);
    expect(await rgbOf({ tags: basicTags(5, 4, { ...rgbTags, 284: [2], 278: [2] }), segments: halves })).toEqual(
      picture,
    );
  });

  test('a missing RowsPerStrip, or one of 2^32 - 1, means one strip', async () => {
    const segments = [Uint8Array.from(picture)];
    expect(await rgbOf({ tags: basicTags(5, 4, rgbTags), segments })).toEqual(picture);
    const huge = { type: 'long' as const, values: [2 ** 32 - 1] };
    expect(await rgbOf({ tags: basicTags(5, 4, { ...rgbTags, 278: huge }), segments })).toEqual(picture);
  });

  test('a large file is read where its strip lies, not as a whole', async () => {
    const far = new Uint8Array(33 * 2 ** 20);
    const file = new Blob([tiffFile([{ tags: basicTags(2, 1, { 278: [1] }), segments: [Uint8Array.of(7, 8), far] }])]);
    const lengths: number[] = [];
    const slice = file.slice.bind(file);
    file.slice = (from = 0, to = file.size) => {
      lengths.push(to - from);
      return slice(from, to);
    };
    await decode(file, {}, { head: new Uint8Array(), maxPixels: 100 });
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2 ** 16);
  });
});

describe('colours', () => {
  const one = (tags: TiffPage['tags'], ...bytes: number[]): TiffPage => ({
    tags: basicTags(1, 1, { 258: bytes.map(() => 8), 277: [bytes.length], ...tags }),
    segments: [Uint8Array.from(bytes)],
  });

  test('white at zero is inverted', async () => {
    expect(await grayOf(row(4, [0, 15, 5], { 262: [0] }))).toEqual([255, 0, 170]);
  });

  test('a palette has 16 bits an entry, or 8 where none is larger; an index past its end is the last entry', async () => {
    const map = [0, 255, 0, 1, 0, 2].map((v) => v * 257);
    expect(await rgbOf(row(1, [0, 1], { 262: [3], 320: map }))).toEqual([0, 0, 0, 255, 1, 2]);
    expect(await rgbOf(row(1, [0, 1], { 262: [3], 320: [0, 255, 0, 1, 0, 2] }))).toEqual([0, 0, 0, 255, 1, 2]);
    expect(await rgbOf(row(8, [200], { 262: [3], 320: map }))).toEqual([255, 1, 2]);
  });

  test('CMYK is light left over by both inks', async () => {
    expect(await rgbOf(one({ 262: [5] }, 0, 128, 255, 0))).toEqual([255, 127, 0]);
    expect(await rgbOf(one({ 262: [5] }, 0, 128, 255, 255))).toEqual([0, 0, 0]);
  });

  test('YCbCr follows its coefficients and its reference black and white', async () => {
    const sampling = { 262: [6], 530: [1, 1] };
    expect(await rgbOf(one(sampling, 81, 90, 240))).toEqual([238, 14, 14]); // BT.601, full range
    const video = { ...sampling, 532: { type: 'rational' as const, values: [16, 235, 128, 240, 128, 240] } };
    expect(await rgbOf(one(video, 235, 128, 128))).toEqual([255, 255, 255]);
    expect(await rgbOf(one(video, 16, 128, 128))).toEqual([0, 0, 0]);
  });

  test('subsampled YCbCr holds blocks of luma with one pair of chroma', async () => {
    const tags = basicTags(3, 1, { 258: [8, 8, 8], 262: [6], 277: [3], 530: [2, 1] });
    const page = { tags, segments: [Uint8Array.of(10, 20, 128, 128, 30, 99, 128, 128)] };
    expect(await grayOf(page)).toEqual([10, 20, 30]);
  });

  test('Lab white is white, its lightness alone is gray', async () => {
    expect(await rgbOf(one({ 262: [8] }, 255, 0, 0))).toEqual([255, 255, 255]);
    expect(await rgbOf(one({ 262: [9] }, 0, 128, 128))).toEqual([0, 0, 0]);
    const [r = 0, g = 0, b = 0] = await rgbOf(one({ 262: [8] }, 137, 80, 67));
    expect(r).toBeGreaterThan(240);
    expect(Math.max(g, b)).toBeLessThan(30);
  });

  test('alpha is laid over white; colours may be multiplied with it already; other extra samples are ignored', async () => {
    expect(await rgbOf(one({ 262: [2], 338: [2] }, 100, 0, 200, 51))).toEqual([224, 204, 244]);
    expect(await rgbOf(one({ 262: [2], 338: [1] }, 20, 0, 40, 51))).toEqual([224, 204, 244]);
    expect(await rgbOf(one({ 262: [2], 338: [0] }, 100, 0, 200, 51))).toEqual([100, 0, 200]);
    expect(await rgbOf(one({ 262: [2], 338: [0, 2] }, 100, 0, 200, 7, 51))).toEqual([224, 204, 244]);
    expect(await grayOf(one({ 338: [2] }, 100, 51))).toEqual([224]);
  });
});

describe('the view', () => {
  const deep = row(16, [0, 0, 0, 0], {}, bytesOf(Uint16Array.of(1000, 2000, 3000, 5000)));

  test('stretches deep samples by its rule, and never cuts them without one', async () => {
    expect(await grayOf(deep)).toEqual([4, 8, 12, 19]);
    expect(await grayOf(deep, {}, { range: 'file' })).toEqual([0, 64, 128, 255]);
    expect(await grayOf(deep, {}, { range: { low: 2000, high: 3000 } })).toEqual([0, 0, 255, 255]);
    expect(await grayOf(deep, {}, { range: { percentiles: [25, 75] } })).toEqual([0, 127, 255, 255]);
  });

  test('leaves 8 bits and alpha as they are', async () => {
    expect(await grayOf(row(8, [10, 20]), {}, { range: 'file' })).toEqual([10, 20]);
    const alpha = row(16, [0], { 277: [2], 338: [2] }, bytesOf(Uint16Array.of(5, 65_535)));
    expect(await grayOf(alpha, {}, { range: { low: 0, high: 10 } })).toEqual([128]);
  });

  test('stretches floats by percentiles or numbers instead of their range', async () => {
    const floats = row(32, [0, 0, 0], { 339: [3] }, bytesOf(Float32Array.of(0, 1, 1000)));
    expect(await grayOf(floats, {}, { range: { low: 0, high: 2 } })).toEqual([0, 128, 255]);
  });

  test('chooses a page, and facts count them', async () => {
    const file = tiffFile([row(8, [1]), row(8, [2, 2]), row(8, [3])]);
    const first = await show(file);
    expect([first.data[0], first.facts.frames]).toEqual([1, 3]);
    const second = await show(file, { frame: 1 });
    expect([second.data[0], second.width]).toEqual([2, 2]);
    await expect(show(file, { frame: 3 })).rejects.toThrow(/3 pages/);
  });
});

test.each([
  [1, [1, 2, 3, 4, 5, 6]],
  [2, [3, 2, 1, 6, 5, 4]],
  [3, [6, 5, 4, 3, 2, 1]],
  [4, [4, 5, 6, 1, 2, 3]],
  [5, [1, 4, 2, 5, 3, 6]],
  [6, [4, 1, 5, 2, 6, 3]],
  [7, [6, 3, 5, 2, 4, 1]],
  [8, [3, 6, 2, 5, 1, 4]],
])('orientation %i is applied', async (orientation, expected) => {
  const page = { tags: basicTags(3, 2, { 274: [orientation] }), segments: [Uint8Array.of(1, 2, 3, 4, 5, 6)] };
  expect(await grayOf(page)).toEqual(expected);
  const { facts } = await show(tiffFile([page]));
  expect(facts).toMatchObject({ format: 'tiff', width: orientation > 4 ? 2 : 3, bits: 8, channels: 1, orientation });
});
