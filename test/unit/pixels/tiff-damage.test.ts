// TIFF files that lie, end early or want too much: refused with one sentence, or shown as far as they go.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/tiff/decode.ts';
import { basicTags, type TiffPage, tiffFile } from '../../support/tiff.ts';

const show = (file: Uint8Array<ArrayBuffer>, signal?: AbortSignal) =>
  decode(new Blob([file]), {}, { head: file.subarray(0, 256), maxPixels: 1e6, signal });

const gray = (width: number, height: number, more: TiffPage['tags'] = {}): TiffPage => ({
  tags: basicTags(width, height, more),
  segments: [Uint8Array.from({ length: 64 }, (_, i) => i)],
});
const long = (...values: number[]) => ({ type: 'long' as const, values });

describe('refused before anything is allocated', () => {
  test.each<[string, TiffPage, string, RegExp]>([
    ['a width of zero', gray(0, 8), 'unreadable', /0 × 8/],
    ['more pixels than the limit', gray(2000, 2000), 'too-large', /limit/],
    ['a size of 2^32', gray(1, 1, { 256: long(2 ** 32 - 1), 257: long(2 ** 32 - 1) }), 'too-large', /limit/],
    ['65,535 samples a pixel', gray(900, 900, { 277: [65_535] }), 'too-large', /65535 samples/],
    ['tiles larger than any page', gray(8, 8, { 322: long(60_000), 323: long(60_000) }), 'too-large', /3600 MB/],
    ['tiles out of proportion to the page', gray(8, 8, { 322: long(16_384), 323: long(8192) }), 'too-large', /134 MB/],
    ['no bits', gray(8, 8, { 258: [0] }), 'unreadable', /0 bits/],
    ['too many bits', gray(8, 8, { 258: [65_535] }), 'unreadable', /65535 bits/],
    ['samples of different sizes', gray(4, 4, { 258: [8, 16, 8], 262: [2], 277: [3] }), 'unsupported', /different/],
    ['complex samples', gray(2, 2, { 258: [64], 339: [5] }), 'unsupported', /complex/],
    ['an unknown compression', gray(8, 8, { 259: [60_001] }), 'unsupported', /60001/],
    ['a compression that is not read', gray(8, 8, { 259: [34_925] }), 'unsupported', /LZMA/],
    ['raw sensor data', gray(8, 8, { 262: [32_803] }), 'unsupported', /sensor/],
    ['an unknown predictor', gray(8, 8, { 317: [9] }), 'unsupported', /predictor 9/],
    ['a float predictor for integers', gray(8, 8, { 317: [3] }), 'unreadable', /float predictor/],
    ['a palette without colours', gray(8, 8, { 262: [3] }), 'unreadable', /palette is missing/],
    ['fewer samples than colours', gray(8, 8, { 262: [5] }), 'unreadable', /need 4/],
    ['a tile width of zero', gray(8, 8, { 322: [0], 323: [16] }), 'unreadable', /tiles of 0 × 16/],
    ['no strips', gray(8, 8, { 273: [], 279: [] }), 'unreadable', /no strips/],
    ['strips outside of the file', gray(8, 8, { 273: long(1e6) }), 'unreadable', /outside/],
    [
      'a chroma subsampling of zero',
      gray(4, 4, { 258: [8, 8, 8], 262: [6], 277: [3], 530: [0, 0] }),
      'unreadable',
      /0 × 0/,
    ],
    ['inks that are not CMYK', gray(4, 4, { 258: [8, 8, 8, 8], 262: [5], 277: [4], 332: [2] }), 'unsupported', /inks/],
  ])('%s', async (_, page, code, sentence) => {
    await expect(show(tiffFile([page]))).rejects.toMatchObject({
      name: 'VitrineError',
      code,
      message: expect.stringMatching(sentence),
    });
  });

  test('a list of strips that the file cannot hold', async () => {
    const file = tiffFile([gray(8, 8)]);
    const view = new DataView(file.buffer);
    const directory = view.getUint32(4, true);
    for (let i = 0; i < view.getUint16(directory, true); i++) {
      const entry = directory + 2 + 12 * i;
      if (view.getUint16(entry, true) === 273) view.setUint32(entry + 4, 2 ** 31 - 1, true);
    }
    await expect(show(file)).rejects.toThrow(/lie outside of the file/);
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('this is no picture at all')],
    ['a header alone', Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0)],
    ['a directory outside of the file', Uint8Array.of(0x49, 0x49, 42, 0, 255, 255, 0, 0, 0, 0)],
    ['a BigTIFF directory at 2^63', Uint8Array.of(0x4d, 0x4d, 0, 43, 0, 8, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0)],
  ])('%s', async (_, file) => {
    await expect(show(file)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });
});

describe('directories that loop', () => {
  test('are counted once each', async () => {
    const pages = [gray(8, 8), gray(4, 4), gray(2, 2)];
    for (const loopTo of [0, 1, 2]) expect((await show(tiffFile(pages, { loopTo }))).facts.frames).toBe(3);
  });
});

describe('bombs', () => {
  test('deflate stops when the strip is full', async () => {
    const bomb = deflateSync(new Uint8Array(32 * 2 ** 20).fill(7));
    const { data, facts } = await show(tiffFile([{ tags: basicTags(8, 8, { 259: [8] }), segments: [bomb] }]));
    expect([data[0], facts.warning]).toEqual([7, undefined]);
  });

  test('PackBits stops when the strip is full', async () => {
    const runs = new Uint8Array(4000).fill(129);
    const { data, facts } = await show(tiffFile([{ tags: basicTags(8, 8, { 259: [32_773] }), segments: [runs] }]));
    expect([data[0], facts.warning]).toEqual([129, undefined]);
  });

  test('Zstandard that would unfold to more than a strip is refused, whether it says so or not', async () => {
    const zeros = Array.from({ length: 1000 }, () => [0x02, 0x00, 0x80, 0]).flat(); // run-length blocks of 2^20
    const unsaid = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x68, ...zeros];
    const said = [0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x68, 0, 0, 0, 0x3e, ...zeros];
    for (const frame of [unsaid, said]) {
      const page = { tags: basicTags(8, 8, { 259: [50_000] }), segments: [Uint8Array.from(frame)] };
      await expect(show(tiffFile([page]))).rejects.toThrow(/damaged/);
    }
  });

  test('a JPEG that claims more pixels than its strip is refused', async () => {
    const jpeg = [
      0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0,
    ];
    const page = { tags: basicTags(8, 8, { 259: [7] }), segments: [Uint8Array.from(jpeg)] };
    await expect(show(tiffFile([page]))).rejects.toThrow(/65535 × 65535/);
  });
});

describe('files that end early', () => {
  test('show the strips that are there and say how much that is', async () => {
    const strips = [0, 1, 2, 3].map((i) => new Uint8Array(400).fill(10 * (i + 1)));
    const tags = basicTags(20, 80, { 278: [20] });
    const directoryFirst = tiffFile([{ tags, segments: strips }]);
    // offsets of the last two strips point past the end
    const at = 8 + 400;
    const cut = tiffFile([
      { tags: { ...tags, 273: long(8, at, 1e6, 2e6), 279: long(400, 400, 400, 400) }, segments: strips.slice(0, 2) },
    ]);
    expect((await show(directoryFirst)).facts.warning).toBeUndefined();
    const { data, facts } = await show(cut);
    expect([data[0], data[20 * 20 * 4], data.at(-4)]).toEqual([10, 20, 0]);
    expect(facts.warning).toMatch(/50 %/);
  });

  test('a damaged strip does not show the one before it', async () => {
    const strips = [deflateSync(new Uint8Array(64).fill(200)), Uint8Array.of(1, 2, 3)];
    const { data } = await show(tiffFile([{ tags: basicTags(8, 16, { 259: [8], 278: [8] }), segments: strips }]));
    expect([data[0], data.at(-4)]).toEqual([200, 0]);
  });

  test('a deflated strip that is cut shows its beginning', async () => {
    const noise = Uint8Array.from({ length: 128 * 128 * 4 }, (_, i) => (i * i * 2654435761) >>> 24);
    const whole = deflateSync(noise);
    const strip = whole.subarray(0, whole.length - 100);
    const { data, facts } = await show(tiffFile([{ tags: basicTags(256, 256, { 259: [8] }), segments: [strip] }]));
    expect(data[4]).toBe(noise[1]);
    expect(facts.warning).toMatch(/%/);
  });

  test('missing or short lengths of uncompressed strips are taken from the size', async () => {
    for (const lengths of [[], [0], [3]]) {
      const { data, facts } = await show(tiffFile([gray(8, 8, { 279: lengths })]));
      expect([data.at(-4), facts.warning]).toEqual([63, undefined]);
    }
  });
});

test('whatever bytes are changed, there is a picture or one sentence', async () => {
  const file = tiffFile([
    {
      tags: basicTags(16, 16, { 258: [8, 8, 8], 259: [5], 262: [2], 277: [3], 278: [4] }),
      segments: [0, 1, 2, 3].map(() => Uint8Array.of(128, 1, 96, 80, 56, 36, 22, 13, 7, 132, 66, 97)),
    },
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const copy = file.slice();
        for (const [at, value] of changes) copy[at] = value;
        const outcome = await show(copy).then(
          ({ data, width, height }) => data.length === width * height * 4,
          (error: Error) => error.name === 'VitrineError' && /^[A-Z].*\.$/.test(error.message),
        );
        expect(outcome).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('a hundred thousand strips without lengths are found in no time', async () => {
  const strips = Array.from({ length: 100_000 }, () => Uint8Array.of(9));
  const tags = basicTags(1, 100_000, { 278: [1], 279: [], 273: long(...strips.map((_, i) => 8 + 2 * i)) });
  const { data } = await show(tiffFile([{ tags, segments: strips }]));
  expect([data[0], data.at(-4)]).toEqual([9, 9]);
});

test('an aborted signal stops', async () => {
  await expect(show(tiffFile([gray(8, 8)]), AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
});
