// JPEG that browsers do not decode: coefficients against the formula of the standard, kinds of coding against each other, files as shown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { readFileDetails } from '../../../src/pixels/details/read.ts';
import { ZIGZAG } from '../../../src/pixels/jpeg/coefficients.ts';
import { decodeDct } from '../../../src/pixels/jpeg/dct.ts';
import { readJpegFrame } from '../../../src/pixels/jpeg/frame.ts';
import { type Coefficients, type DctJpeg, dctJpeg, STEP } from '../../support/jpeg-dct.ts';
import { type LosslessJpeg, losslessJpeg } from '../../support/jpeg-lossless.ts';

/** Random sparse blocks, the same for the same seed. */
const randomBlocks =
  (seed: number, largest: number): Coefficients =>
  (component, x, y) => {
    let state = Math.imul(seed + component * 977 + x * 31 + y * 7 + 1, 0x9e3779b1);
    const random = (below: number): number => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
      return (state >>> 8) % below;
    };
    const density = 1 + random(12);
    return Array.from({ length: 64 }, (_, k) => {
      if (k > 0 && random(density) > 0) return 0;
      return random(2 * largest) - largest;
    });
  };

const samplesOf = (bytes: Uint8Array) => decodeDct(bytes, readJpegFrame(bytes));

/** A.3.3, from the formula itself. */
function inverse(block: readonly number[], precision: number): number[] {
  return Array.from({ length: 64 }, (_, i) => {
    const [y, x] = [i >> 3, i & 7];
    let sum = 0;
    block.forEach((value, k) => {
      const place = ZIGZAG[k] ?? 0;
      const [v, u] = [place >> 3, place & 7];
      const scale = (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1);
      const wave = Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
      sum += (scale * wave * value * STEP) / 4;
    });
    return Math.min(2 ** precision - 1, Math.max(0, Math.floor(sum + 2 ** (precision - 1) + 0.5)));
  });
}

const layouts = fc.record({
  width: fc.integer({ min: 1, max: 33 }),
  height: fc.integer({ min: 1, max: 33 }),
  precision: fc.constantFrom<8 | 12>(8, 12),
  sampling: fc.constantFrom<DctJpeg['sampling']>(
    [[1, 1]],
    [[2, 2]],
    [
      [1, 1],
      [1, 1],
      [1, 1],
    ],
    [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    [
      [2, 1],
      [1, 1],
      [1, 1],
    ],
    [
      [1, 2],
      [1, 1],
      [1, 2],
    ],
    [
      [4, 1],
      [1, 1],
      [2, 1],
    ],
  ),
  restart: fc.integer({ min: 0, max: 4 }),
  seed: fc.nat(),
});

describe('the transform', () => {
  test('gives what the formula of the standard gives', () => {
    for (const precision of [8, 12] as const) {
      const blocks = randomBlocks(precision, precision === 8 ? 40 : 500);
      const bytes = dctJpeg(blocks, { width: 16, height: 8, precision, sampling: [[1, 1]], progressive: false });
      const [left, right] = [inverse(blocks(0, 0, 0), precision), inverse(blocks(0, 1, 0), precision)];
      const rows = Array.from({ length: 8 }, (_, y) => [
        ...left.slice(y * 8, y * 8 + 8),
        ...right.slice(y * 8, y * 8 + 8),
      ]);
      const { samples } = samplesOf(bytes);
      // two ways of summing floats may fall on both sides of a half
      rows.flat().forEach((value, i) => {
        expect(Math.abs(value - (samples[i] ?? -9))).toBeLessThanOrEqual(1);
      });
    }
  });
});

// generous: several run at once on small machines
describe('the coding', { timeout: 60_000 }, () => {
  test('progressive scans, whatever bands, bits, restarts, sampling, give the samples of a sequential one', () => {
    const property = fc.property(layouts, ({ seed, ...layout }) => {
      const blocks = randomBlocks(seed, layout.precision === 8 ? 60 : 900);
      const sequential = samplesOf(dctJpeg(blocks, { ...layout, progressive: false }));
      const progressive = samplesOf(dctJpeg(blocks, { ...layout, progressive: true }));
      expect(sequential.have).toBe(sequential.samples.length);
      expect(progressive.have).toBe(progressive.samples.length);
      expect(progressive.samples).toEqual(sequential.samples);
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('a cut codestream gives the rows of blocks before the cut, and says how much that is', () => {
    const property = fc.property(fc.nat(), fc.double({ min: 0, max: 0.9, noNaN: true }), (seed, share) => {
      const size = { width: 40, height: 64 };
      const whole = dctJpeg(randomBlocks(seed, 60), { ...size, precision: 8, sampling: [[1, 1]], progressive: false });
      const frame = readJpegFrame(whole);
      const all = decodeDct(whole, frame);
      const { samples, have } = decodeDct(
        whole.subarray(0, frame.scan + 10 + (whole.length - frame.scan) * share),
        frame,
      );
      expect([all.have, have < samples.length]).toEqual([40 * 64, true]);
      expect(have / samples.length).toBeGreaterThan(share - 0.3);
      const rows = Math.floor((have / samples.length) * 8) * 8;
      expect(samples.subarray(0, rows * 40)).toEqual(all.samples.subarray(0, rows * 40));
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('colours of half size lie between their neighbours as libjpeg lays them', () => {
    // two blocks across of luma for one of chroma; each chroma sample is even, so that the quarter steps are exact
    const flat = (component: number, x: number): number[] => (component === 0 ? [0] : [x === 0 ? 0 : 64]);
    const blocks: Coefficients = (component, x) => [...flat(component, x), ...new Array<number>(63).fill(0)];
    const sampling = [
      [2, 1],
      [1, 1],
      [1, 1],
    ] as const;
    const { samples } = samplesOf(
      dctJpeg(blocks, { width: 32, height: 8, precision: 8, sampling, progressive: false }),
    );
    const chroma = Array.from({ length: 32 }, (_, x) => samples[x * 3 + 1]);
    // 128 and 152 meet between columns 15 and 16: a quarter of the way on each side
    expect(chroma.slice(13, 19)).toEqual([128, 128, 134, 146, 152, 152]);
  });
});

describe('files', () => {
  const layout: LosslessJpeg = { width: 5, height: 3, channels: 1, precision: 12, predictor: 1 };
  const ramp = Array.from({ length: 15 }, (_, i) => i * 292);
  const file = (bytes: Uint8Array<ArrayBuffer>): Blob => new Blob([bytes]);
  const grays = (data: Uint8ClampedArray): number[] => Array.from(data).filter((_, i) => i % 4 === 0);

  test('lossless JPEG of 12 bits is shown by its declared range, or by the range that is asked for', async () => {
    const picture = file(losslessJpeg(ramp, layout));
    const { data, facts } = await decode(picture, {});
    expect(grays(data)).toEqual(ramp.map((v) => Math.floor((v * 255) / 4095 + 0.5)));
    expect(facts).toMatchObject({ format: 'jpeg', width: 5, height: 3, bits: 12, channels: 1 });
    const narrow = await decode(picture, { range: { low: 0, high: 2920 } });
    expect(grays(narrow.data)).toEqual(ramp.map((v) => Math.min(255, Math.floor((v * 255) / 2920 + 0.5))));
    expect((await readFileDetails(picture)).width).toBe(5);
  });

  test('lossless colours are RGB, unless the file says that they are YCbCr', async () => {
    const colours = { ...layout, width: 1, height: 1, channels: 3, precision: 8 };
    const bytes = losslessJpeg([200, 50, 100], colours);
    expect([...(await decode(file(bytes), {})).data]).toEqual([200, 50, 100, 255]);
    const adobe = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 1];
    const told = Uint8Array.from([0xff, 0xd8, ...adobe, ...bytes.subarray(2)]);
    // BT.601: 200 + 1.402 · (100 − 128), 200 − 0.344 · (50 − 128) − 0.714 · (100 − 128), 200 + 1.772 · (50 − 128)
    expect([...(await decode(file(told), {})).data]).toEqual([161, 247, 62, 255]);
  });

  test('the EXIF orientation turns it', async () => {
    const exif = [
      0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0,
      0,
    ];
    const bytes = losslessJpeg(ramp, layout);
    const turned = Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...bytes.subarray(2)]);
    const { width, height, data } = await decode(file(turned), {});
    expect([width, height]).toEqual([3, 5]);
    // a quarter turn clockwise: the first row is the first column from below
    expect(grays(data).slice(0, 3)).toEqual([10, 5, 0].map((i) => Math.floor(((ramp[i] ?? 0) * 255) / 4095 + 0.5)));
  });

  test('lossy JPEG of 12 bits, sequential and progressive, is shown in its colours', async () => {
    // constant Y 2448, Cb 1728, Cr 2648: 2^11 + DC · 3 / 8
    const blocks: Coefficients = (component) => [[1067, -853, 1600][component] ?? 0, ...new Array<number>(63).fill(0)];
    const sampling = [
      [2, 2],
      [1, 1],
      [1, 1],
    ] as const;
    for (const progressive of [false, true]) {
      const picture = file(dctJpeg(blocks, { width: 9, height: 9, precision: 12, sampling, progressive }));
      const { data, facts } = await decode(picture, {});
      expect(facts).toMatchObject({ bits: 12, channels: 3, width: 9 });
      const [y, cb, cr] = [2448, 1728, 2648];
      const rgb = [
        y + 1.402 * (cr - 2048),
        y - 0.344136 * (cb - 2048) - 0.714136 * (cr - 2048),
        y + 1.772 * (cb - 2048),
      ];
      expect([...data.subarray(0, 3)]).toEqual(rgb.map((v) => Math.floor((Math.floor(v + 0.5) * 255) / 4095 + 0.5)));
    }
  });

  test('a cut file shows what is there, with the share; one without any pixel is refused', async () => {
    const whole = losslessJpeg(
      Array.from({ length: 4096 }, (_, i) => (i * 37) & 4095),
      { ...layout, width: 64, height: 64 },
    );
    const { facts } = await decode(file(whole.slice(0, whole.length / 2)), {});
    expect(facts.warning).toMatch(/^The JPEG is cut off or damaged: [45]\d % of it could be read\.$/);
    const { scan } = readJpegFrame(whole);
    await expect(decode(file(whole.slice(0, scan + 10)), {})).rejects.toMatchObject({ code: 'unreadable' });
  });

  test.each([
    ['hierarchical', 0xc5, 8, /hierarchical/],
    ['lossless with arithmetic coding', 0xcb, 12, /lossless with arithmetic/],
    ['12 bits with arithmetic coding', 0xc9, 12, /12 bits with arithmetic/],
    ['16 bits in lossy coding', 0xc1, 16, /16 bits/],
  ])('%s is refused with its name', async (_, sof, precision, message) => {
    const bytes = losslessJpeg(ramp, layout);
    const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc3);
    bytes.set([0xff, sof], at);
    bytes[at + 4] = precision;
    await expect(decode(file(bytes), {})).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(message),
    });
  });

  test('a size over the limit is refused before anything is allocated', async () => {
    const bytes = losslessJpeg(ramp, layout);
    const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc3);
    bytes.set([0xff, 0xff, 0xff, 0xff], at + 5);
    await expect(decode(file(bytes), {})).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('65,535 × 65,535'),
    });
  });
});
