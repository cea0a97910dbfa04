// From an upright picture to a model's input: resize, crop, scale, normalise, lay out (model card, "From a picture to the tensor").
import { VitrineError } from '../shared/errors.ts';
import { toHalf } from '../shared/float16.ts';
import { type Picture, type Resizing, resize, sourceWindow } from './resize/resize.ts';
import type { Box, ModelInputSpec } from './types.ts';

/** A batch of inputs: float32 values, float16 bits, or bytes. */
export type ModelInputArray = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** Numbers in one input: 3 · height · width. */
export const inputLength = ({ size }: Pick<ModelInputSpec, 'size'>): number => 3 * size[0] * size[1];

function arrayOf(dtype: ModelInputSpec['dtype'], length: number): ModelInputArray {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'float16' ? new Uint16Array(length) : new Uint8Array(length);
}

/** Zeroed room for `count` inputs, of the spec's data type: [count, 3, H, W] or [count, H, W, 3]. */
export function createModelInput(spec: Pick<ModelInputSpec, 'size' | 'dtype'>, count = 1): ModelInputArray {
  return arrayOf(spec.dtype, count * inputLength(spec));
}

/** Half to even, as Python's `round`. */
function roundHalfEven(v: number): number {
  const low = Math.floor(v);
  const rest = v - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

/** One axis of the crop: where it begins in the resized picture, how long it is there, and how much black comes before it. */
function cropAxis(resized: number, wanted: number): { start: number; length: number; pad: number } {
  if (resized < wanted) return { start: 0, length: resized, pad: Math.floor((wanted - resized) / 2) };
  return { start: roundHalfEven((resized - wanted) / 2), length: wanted, pad: 0 };
}

/** How a picture of a size is brought to the model's: the resize with the part of it that is kept, and where that lies in the input. */
interface Placement {
  resizing: Resizing & { crop: Box };
  padLeft: number;
  padTop: number;
}

/** Errors: `bad-input` when a card without crop resizes to another size than the input's. */
export function placementOf(width: number, height: number, spec: ModelInputSpec): Placement {
  const { resize: rule, size, crop } = spec;
  const [resizedHeight, resizedWidth] =
    rule.mode === 'squash'
      ? rule.size
      : width <= height
        ? [Math.trunc((rule.size * height) / width), rule.size]
        : [rule.size, Math.trunc((rule.size * width) / height)];
  if (crop === 'none' && (resizedHeight !== size[0] || resizedWidth !== size[1])) {
    throw new VitrineError(
      'bad-input',
      `The card names no crop, but its resize gives ${resizedWidth} × ${resizedHeight} pixels and not ${size[1]} × ${size[0]}. Correct the card.`,
    );
  }
  const [x, y] = [cropAxis(resizedWidth, size[1]), cropAxis(resizedHeight, size[0])];
  return {
    resizing: {
      width: resizedWidth,
      height: resizedHeight,
      interpolation: rule.interpolation,
      antialias: rule.antialias,
      crop: { left: x.start, top: y.start, width: x.length, height: y.length },
    },
    padLeft: x.pad,
    padTop: y.pad,
  };
}

/** The part of a picture of this size that the model's input is made of. Errors: `bad-input`. */
export function inputWindow(width: number, height: number, spec: ModelInputSpec): Box {
  return sourceWindow({ width, height }, placementOf(width, height, spec).resizing);
}

/** The 8-bit picture that the model gets, RGBA [H, W, 4]: after resize and crop, before scale and normalisation. Errors: `bad-input`. */
export function modelPicture(picture: Picture, spec: ModelInputSpec): Uint8ClampedArray<ArrayBuffer> {
  const { resizing, padLeft, padTop } = placementOf(picture.width, picture.height, spec);
  const { crop } = resizing;
  const part = resize(picture, resizing);
  const [inputHeight, inputWidth] = spec.size;
  if (crop.width === inputWidth && crop.height === inputHeight) return part;
  const padded = new Uint32Array(inputWidth * inputHeight).fill(0xff000000); // black
  const pixels = new Uint32Array(part.buffer);
  for (let y = 0; y < crop.height; y++) {
    const row = pixels.subarray(y * crop.width, (y + 1) * crop.width);
    padded.set(row, (padTop + y) * inputWidth + padLeft);
  }
  return new Uint8ClampedArray(padded.buffer);
}

/** What each of the 256 sample values becomes in one channel: (v · scale − mean) / std, every step rounded to float32. */
function valuesOf(spec: ModelInputSpec, channel: 0 | 1 | 2): ModelInputArray {
  const { fround } = Math;
  const [scale, mean, std] = [fround(spec.scale), fround(spec.mean[channel]), fround(spec.std[channel])];
  const values = arrayOf(spec.dtype, 256);
  for (let v = 0; v < 256; v++) {
    const value = fround(fround(fround(v * scale) - mean) / std);
    values[v] = spec.dtype === 'float32' ? value : spec.dtype === 'float16' ? toHalf(value) : v;
  }
  return values;
}

/**
 * Writes the input of one upright picture into a batch, from element `offset` on: `inputLength(spec)` numbers, [3, H, W] or
 * [H, W, 3] as the card's layout says, channels in the card's order, in the type that `createModelInput` gives.
 * Within 1/255 mean absolute difference of Pillow; in fact bit-equal. Errors: `bad-input`.
 */
export function writeModelInput(picture: Picture, spec: ModelInputSpec, target: ModelInputArray, offset: number): void {
  const pixels = new Uint32Array(modelPicture(picture, spec).buffer);
  const [values0, values1, values2] = [valuesOf(spec, 0), valuesOf(spec, 1), valuesOf(spec, 2)];
  const [shift0, shift2] = spec.color === 'RGB' ? [0, 16] : [16, 0];
  const area = pixels.length;
  const [step, plane] = spec.layout === 'NCHW' ? [1, area] : [3, 1];
  for (let i = 0, o = offset; i < area; i++, o += step) {
    const pixel = pixels[i]!;
    target[o] = values0[(pixel >>> shift0) & 255]!;
    target[o + plane] = values1[(pixel >>> 8) & 255]!;
    target[o + 2 * plane] = values2[(pixel >>> shift2) & 255]!;
  }
}
