// Resizes RGBA pictures, bit for bit as Pillow does, computing only the part that is wanted.
import type { Interpolation, Pixels } from '../types.ts';
import { pickNearest } from './nearest.ts';
import { filterSmooth } from './smooth.ts';

/** Part of a resized picture, in its pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What to make: the size of the whole resized picture, how, and which part of it (all when absent). */
export interface Resizing {
  width: number;
  height: number;
  interpolation: Interpolation;
  antialias: boolean;
  crop?: Crop;
}

/** An opaque RGBA picture, [height, width, 4] row-major. */
export type Picture = Pick<Pixels, 'width' | 'height' | 'data'>;

/**
 * The wanted part of the resized picture, RGBA with alpha 255. Equal to resizing the whole and cropping after, at the cost of
 * the part. Smooth filters run horizontally first and round to 8 bits after each pass, as Pillow's `Image.resize`.
 */
export function resize(picture: Picture, resizing: Resizing): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, interpolation, antialias } = resizing;
  const crop = resizing.crop ?? { left: 0, top: 0, width, height };
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const result =
    interpolation === 'nearest'
      ? pickNearest(source, picture, { width, height }, crop)
      : filterSmooth(source, picture, { width, height, filter: interpolation, antialias }, crop);
  return new Uint8ClampedArray(result.buffer);
}
