// Placement, padding, layout and data types of model inputs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createModelInput,
  inputLength,
  modelPicture,
  placementOf,
  writeModelInput,
} from '../../../src/pixels/tensor.ts';
import type { ModelInputSpec } from '../../../src/pixels/types.ts';
import { toHalf } from '../../../src/shared/float16.ts';

const SPEC: ModelInputSpec = {
  size: [4, 6],
  color: 'RGB',
  layout: 'NCHW',
  dtype: 'float32',
  resize: { mode: 'shorter-side', size: 4, interpolation: 'bilinear', antialias: true },
  crop: 'center',
  scale: 1 / 255,
  mean: [0.5, 0.25, 0],
  std: [0.5, 0.25, 1],
};

/** A picture of one colour. */
const plain = (width: number, height: number, rgb: [number, number, number]) => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).map((_, i) => [...rgb, 255][i % 4] ?? 0),
});

describe('placement', () => {
  const at = (width: number, height: number, spec: Partial<ModelInputSpec>) =>
    placementOf(width, height, { ...SPEC, ...spec });
  const resizing = (width: number, height: number, spec: Partial<ModelInputSpec>) => at(width, height, spec).resizing;

  test('brings the shorter side to its size and cuts the longer one off as Python does', () => {
    const spec: Partial<ModelInputSpec> = {
      size: [224, 224],
      resize: { ...SPEC.resize, mode: 'shorter-side', size: 256 },
    };
    expect(resizing(500, 375, spec)).toMatchObject({
      width: 341,
      height: 256,
      crop: { left: 58, top: 16, width: 224, height: 224 },
    });
    expect(resizing(375, 500, spec)).toMatchObject({ width: 256, height: 341, crop: { left: 16, top: 58 } });
    expect(resizing(1, 5000, spec)).toMatchObject({ width: 256, height: 1_280_000, crop: { left: 16, top: 639_888 } });
  });

  test('rounds half to even', () => {
    const spec = (size: number): Partial<ModelInputSpec> => ({
      size: [4, 4],
      resize: { ...SPEC.resize, mode: 'squash', size: [4, size] },
    });
    expect([5, 7, 9, 11].map((width) => resizing(9, 9, spec(width)).crop.left)).toEqual([0, 2, 2, 4]); // 0.5, 1.5, 2.5, 3.5
  });

  test('pads what is smaller than the crop: the smaller half before', () => {
    const spec: Partial<ModelInputSpec> = { size: [9, 9], resize: { ...SPEC.resize, mode: 'shorter-side', size: 4 } };
    expect(at(8, 8, spec)).toMatchObject({
      resizing: { width: 4, height: 4, crop: { left: 0, top: 0, width: 4, height: 4 } },
      padLeft: 2,
      padTop: 2,
    });
    expect(at(30, 8, spec)).toMatchObject({
      resizing: { width: 15, height: 4, crop: { left: 3, width: 9, height: 4 } },
      padLeft: 0,
      padTop: 2,
    });
  });

  test('refuses a card without crop whose resize does not give the input size', () => {
    const squash = (size: [number, number]): Partial<ModelInputSpec> => ({
      crop: 'none',
      resize: { ...SPEC.resize, mode: 'squash', size },
    });
    expect(resizing(30, 20, squash([4, 6]))).toMatchObject({ width: 6, height: 4 });
    expect(() => at(30, 20, squash([5, 6]))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('model input', () => {
  const rgb: [number, number, number] = [255, 128, 51];

  test('is scaled, normalised and laid out by channel', () => {
    const target = createModelInput(SPEC, 2);
    writeModelInput(plain(12, 8, rgb), SPEC, target, inputLength(SPEC));
    expect([...target.subarray(0, 72)]).toEqual(Array(72).fill(0));
    expect(target[72]).toBe(1);
    expect(target[72 + 24]).toBeCloseTo((128 / 255 - 0.25) / 0.25, 6);
    expect(target[72 + 48]).toBeCloseTo(0.2, 6);
  });

  test('has channels last, or blue first, when the card says so', () => {
    const last = createModelInput(SPEC);
    writeModelInput(plain(12, 8, rgb), { ...SPEC, layout: 'NHWC' }, last, 0);
    expect(last[3]).toBe(1);
    expect(last[5]).toBeCloseTo(0.2, 6);
    const bgr = createModelInput(SPEC);
    writeModelInput(plain(12, 8, rgb), { ...SPEC, color: 'BGR', mean: [0, 0, 0], std: [1, 1, 1] }, bgr, 0);
    expect(bgr[0]).toBeCloseTo(0.2, 6);
    expect(bgr[48]).toBe(1);
  });

  test('of bytes holds the pixels unscaled, of float16 the halves of the float32 values', () => {
    const bytes = createModelInput({ ...SPEC, dtype: 'uint8' });
    writeModelInput(plain(12, 8, rgb), { ...SPEC, dtype: 'uint8' }, bytes, 0);
    expect([bytes[0], bytes[24], bytes[48]]).toEqual([255, 128, 51]);
    const halves = createModelInput({ ...SPEC, dtype: 'float16' });
    writeModelInput(plain(12, 8, rgb), { ...SPEC, dtype: 'float16' }, halves, 0);
    expect(halves[0]).toBe(0x3c00);
  });

  test('is black where it is padded', () => {
    const spec: ModelInputSpec = { ...SPEC, size: [3, 5], resize: { ...SPEC.resize, mode: 'squash', size: [1, 2] } };
    const picture = modelPicture(plain(7, 7, rgb), spec);
    const red = Array.from({ length: 15 }, (_, i) => picture[4 * i]);
    expect(red).toEqual([0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('float16', () => {
  /** The number that 16 bits stand for. */
  const value = (half: number): number => {
    const [sign, exponent, fraction] = [half & 0x8000 ? -1 : 1, (half >> 10) & 31, half & 1023];
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  };

  test('keeps every number that 16 bits can hold', () => {
    for (let half = 0; half < 0x10000; half++) {
      if ((half & 0x7c00) === 0x7c00 && (half & 1023) !== 0) continue; // NaN
      expect(toHalf(value(half))).toBe(half);
    }
    expect(value(toHalf(Number.NaN))).toBeNaN();
  });

  test('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.float({ min: -65519, max: 65519, noNaN: true }), (v) => {
        const half = toHalf(v);
        const error = Math.abs(value(half) - v);
        for (const other of [half - 1, half + 1]) {
          if (((other ^ half) & 0x8000) !== 0 || (other & 0x7c00) === 0x7c00) continue;
          const otherError = Math.abs(value(other) - v);
          expect(error).toBeLessThanOrEqual(otherError);
          if (error === otherError) expect(half & 1).toBe(0);
        }
      }),
    );
  });
});
