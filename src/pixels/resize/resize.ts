// Resizes RGBA pictures, bit for bit as Pillow does, computing only the part that is wanted.
import type { Box, Interpolation, Pixels } from '../types.ts';
import { pickNearest } from './nearest.ts';
import { filterSmooth, smoothWindow } from './smooth.ts';

/** What to make: the size of the whole resized picture, how, and which part of it (all when absent). */
export interface Resizing {
  width: number;
  height: number;
  interpolation: Interpolation;
  antialias: boolean;
  crop?: Box;
}

/**
 * An opaque RGBA picture, row-major. With `window`, `data` holds only that part of it, [window.height, window.width, 4]:
 * enough for the resizing whose `sourceWindow` it is.
 */
export type Picture = Pick<Pixels, 'width' | 'height' | 'data' | 'window'>;

/**
 * The wanted part of the resized picture, RGBA with alpha 255. Equal to resizing the whole and cropping after, at the cost of
 * the part. Smooth filters run horizontally first and round to 8 bits after each pass, as Pillow's `Image.resize`.
 */
export function resize(picture: Picture, resizing: Resizing): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, interpolation, antialias, crop = { left: 0, top: 0, width, height } } = resizing;
  const result =
    interpolation === 'nearest'
      ? pickNearest(picture, { width, height, crop })
      : filterSmooth(picture, { width, height, filter: interpolation, antialias, crop });
  return new Uint8ClampedArray(result.buffer);
}

/** The part of a picture of this size that `resize` reads for what is wanted. */
export function sourceWindow(picture: Pick<Picture, 'width' | 'height'>, resizing: Resizing): Box {
  const { width, height, interpolation, antialias, crop = { left: 0, top: 0, width, height } } = resizing;
  if (interpolation === 'nearest') return { left: 0, top: 0, width: picture.width, height: picture.height };
  return smoothWindow(picture, { width, height, filter: interpolation, antialias, crop });
}
