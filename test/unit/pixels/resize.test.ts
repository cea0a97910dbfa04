// Laws of the resize: constants stay, sizes that fit stay, parts equal the whole, fixed point agrees with real numbers.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Picture, resize, sourceWindow } from '../../../src/pixels/resize/resize.ts';
import type { Interpolation } from '../../../src/pixels/types.ts';

const interpolations: Interpolation[] = ['nearest', 'bilinear', 'bicubic', 'lanczos'];
const interpolation = fc.constantFrom(...interpolations);
const side = fc.integer({ min: 1, max: 40 });

/** An opaque picture of pseudo-random colours. */
function noise(width: number, height: number, seed: number): Picture {
  let state = seed | 1;
  const data = new Uint8ClampedArray(width * height * 4).map((_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return i % 4 === 3 ? 255 : state >>> 24;
  });
  return { width, height, data };
}

/** The same resize in real numbers, written down from the definition: weights over all samples of an axis, no rounding. */
function reference(
  picture: Picture,
  width: number,
  height: number,
  filter: 'bilinear' | 'bicubic',
  antialias: boolean,
): Float64Array {
  const kernel = (x: number): number => {
    const d = Math.abs(x);
    if (filter === 'bilinear') return Math.max(0, 1 - d);
    if (d < 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1;
    return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0;
  };
  const weights = (n: number, m: number, o: number): number[] => {
    const stretch = antialias ? Math.max(1, n / m) : 1;
    const all = Array.from({ length: n }, (_, i) => kernel((i + 0.5 - ((o + 0.5) * n) / m) / stretch));
    const sum = all.reduce((a, b) => a + b, 0);
    return all.map((w) => w / sum);
  };
  const columns = Array.from({ length: width }, (_, x) => weights(picture.width, width, x));
  const rows = Array.from({ length: height }, (_, y) => weights(picture.height, height, y));
  const out = new Float64Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 4; c++) {
        let sum = 0;
        rows[y]?.forEach((v, i) => {
          columns[x]?.forEach((w, j) => {
            if (v !== 0 && w !== 0) sum += v * w * (picture.data[(i * picture.width + j) * 4 + c] ?? 0);
          });
        });
        out[(y * width + x) * 4 + c] = sum;
      }
  return out;
}

describe('resize', () => {
  test('keeps a constant picture constant', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.nat(255),
        interpolation,
        fc.boolean(),
        (w, h, width, height, v, filter, antialias) => {
          const data = new Uint8ClampedArray(w * h * 4).map((_, i) => (i % 4 === 3 ? 255 : v));
          const out = resize({ width: w, height: h, data }, { width, height, interpolation: filter, antialias });
          expect(out).toEqual(new Uint8ClampedArray(width * height * 4).map((_, i) => (i % 4 === 3 ? 255 : v)));
        },
      ),
    );
  });

  test('leaves a picture of the wanted size as it is', () => {
    fc.assert(
      fc.property(side, side, fc.nat(), interpolation, (width, height, seed, filter) => {
        const picture = noise(width, height, seed);
        expect(resize(picture, { width, height, interpolation: filter, antialias: true })).toEqual(picture.data);
      }),
    );
  });

  test('computes a part exactly as cutting it out of the whole would', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.nat(),
        interpolation,
        fc.boolean(),
        (w, h, width, height, seed, filter, antialias) => {
          const picture = noise(w, h, seed);
          const how = { width, height, interpolation: filter, antialias };
          const crop = {
            left: width >> 2,
            top: height >> 1,
            width: width - (width >> 2),
            height: height - (height >> 1),
          };
          const whole = new Uint32Array(resize(picture, how).buffer);
          const part = new Uint32Array(resize(picture, { ...how, crop }).buffer);
          part.forEach((pixel, i) => {
            const [x, y] = [i % crop.width, Math.floor(i / crop.width)];
            expect(pixel).toBe(whole[(y + crop.top) * width + x + crop.left]);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('needs no more of its source than it says', () => {
    const tall = fc.integer({ min: 1, max: 400 }); // up to strips, which Pillow filters in the other order
    fc.assert(
      fc.property(
        side,
        tall,
        side,
        side,
        fc.nat(),
        interpolation,
        fc.boolean(),
        (w, h, width, height, seed, filter, antialias) => {
          const picture = noise(w, h, seed);
          const crop = { left: width >> 2, top: height >> 1, width: (width >> 1) + 1, height: height - (height >> 1) };
          const how = { width: width + 1, height, interpolation: filter, antialias, crop };
          const window = sourceWindow(picture, how);
          const rows = Array.from({ length: window.height }, (_, y) => {
            const start = ((y + window.top) * w + window.left) * 4;
            return [...picture.data.subarray(start, start + window.width * 4)];
          });
          const part = { ...picture, window, data: new Uint8ClampedArray(rows.flat()) };
          expect(resize(part, how)).toEqual(resize(picture, how));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('gives the same picture when it has to work in bands', () => {
    // constant rows: each output row is then the same in every column, however wide the picture is
    const [width, height] = [9000, 700];
    const data = new Uint8ClampedArray(width * height * 4).map((_, i) =>
      i % 4 === 3 ? 255 : (Math.floor(i / (width * 4)) * 37) & 255,
    );
    const how = { height: 611, interpolation: 'bicubic', antialias: true } as const;
    const wide = new Uint32Array(resize({ width, height, data }, { ...how, width: 4000 }).buffer);
    const narrow = { width: 4, height, data: data.filter((_, i) => i % (width * 4) < 16) };
    const expected = new Uint32Array(resize(narrow, { ...how, width: 3 }).buffer);
    for (let y = 0; y < 611; y++) {
      expect([wide[y * 4000], wide[y * 4000 + 3999]]).toEqual([expected[y * 3], expected[y * 3 + 2]]);
    }
  });

  test('mirrors its output when its input is mirrored', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        fc.nat(),
        fc.constantFrom<Interpolation>('bilinear', 'bicubic'),
        (w, h, width, seed, filter) => {
          const picture = noise(w, h, seed);
          const mirror = (data: Uint8ClampedArray, n: number): Uint8ClampedArray<ArrayBuffer> => {
            const pixels = new Uint32Array(data.slice().buffer);
            for (let start = 0; start < pixels.length; start += n) pixels.subarray(start, start + n).reverse();
            return new Uint8ClampedArray(pixels.buffer);
          };
          const how = { width, height: h, interpolation: filter, antialias: true };
          const turned = resize({ ...picture, data: mirror(picture.data, w) }, how);
          const straight = mirror(resize(picture, how), width);
          // sums are the same numbers in another order; a weight that lies between two integers may round to either
          turned.forEach((v, i) => {
            expect(Math.abs(v - (straight[i] ?? 0))).toBeLessThanOrEqual(1);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(['bilinear', 'bicubic'] as const)(
    'agrees with real-number %s but for the rounding of its two passes',
    (filter) => {
      const small = fc.integer({ min: 1, max: 24 });
      fc.assert(
        fc.property(small, small, small, small, fc.nat(), fc.boolean(), (w, h, width, height, seed, antialias) => {
          const picture = noise(w, h, seed);
          // gentle contrast: the passes clip at 0 and 255, the definition does not
          picture.data.forEach((v, i) => {
            if (i % 4 !== 3) picture.data[i] = 96 + (v >> 2);
          });
          const out = resize(picture, { width, height, interpolation: filter, antialias });
          reference(picture, width, height, filter, antialias).forEach((v, i) => {
            expect(Math.abs(v - (out[i] ?? 0))).toBeLessThan(1.2); // 0.5 + 0.5 · 1.27, the gain of bicubic weights
          });
        }),
        { numRuns: 40 },
      );
    },
  );

  test('averages when it halves, unless antialiasing is off', () => {
    const data = new Uint8ClampedArray([
      0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255,
    ]);
    const picture = { width: 6, height: 1, data };
    const lit = (antialias: boolean) =>
      resize(picture, { width: 2, height: 1, interpolation: 'bilinear', antialias })[4] ?? 0;
    expect(lit(true)).toBeGreaterThan(50);
    expect(lit(false)).toBe(0); // only the sample in the middle counts
  });

  // Pillow 12.3.0: Image.resize(size, Image.LANCZOS) of the same noise as RGB, SHA-256 of its bytes
  test.each([
    [37, 23, 411, 256, '6ddd73aa34d782e0c2a32316bf3b8b1678a99daf9a5029e5f0cee4e523eee23b'],
    [300, 200, 384, 256, '9ddc4d521b74ab5be54dd83785273e239f5a1b0487c75ac6fe435815a8df1c53'],
    [700, 500, 358, 256, '372ecc30ddbf4ec14d479b873bd0ad692f9f529164b75108e26e8a22b6d939bc'],
  ])('makes of %i × %i pixels by Lanczos the %i × %i that Pillow makes', (w, h, width, height, sha256) => {
    const out = resize(noise(w, h, 7), { width, height, interpolation: 'lanczos', antialias: true });
    const rgb = out.filter((_, i) => i % 4 !== 3);
    expect(createHash('sha256').update(rgb).digest('hex')).toBe(sha256);
  });

  test('picks the nearest samples', () => {
    const picture = noise(4, 1, 9);
    const out = new Uint32Array(
      resize(picture, { width: 2, height: 1, interpolation: 'nearest', antialias: true }).buffer,
    );
    const source = new Uint32Array(picture.data.slice().buffer);
    expect([...out]).toEqual([source[1], source[3]]);
  });

  test('cuts a window out of an enormous enlargement without making it', () => {
    const picture = noise(5000, 1, 3);
    const crop = { left: 639_888, top: 16, width: 224, height: 224 };
    const out = resize(picture, { width: 1_280_000, height: 256, interpolation: 'bicubic', antialias: true, crop });
    expect(out.length).toBe(224 * 224 * 4);
    expect(out.subarray(0, 4)).toEqual(out.subarray(223 * 224 * 4, 223 * 224 * 4 + 4)); // one row, repeated
  });
});
