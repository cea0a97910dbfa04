// RGBA from the planes of a 4:2:0 JPEG, equal to what libjpeg makes of them, and only of the part that is wanted.
import type { Box } from '../types.ts';
import { getPlanesKernels } from './planes-kernels.ts';

/** Brightness, and blue and red at half the size (rounded up), one after the other and row by row without gaps. */
export interface Planes {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** Bytes of RGBA that are made at a time. */
const BAND_BYTES = 2 ** 21;
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/** Bytes of the planes of a picture. */
export const planesLength = (width: number, height: number): number =>
  width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);

/**
 * RGBA of a part of the picture, row-major, every alpha 255. The part begins at an even column. The picture is at least 6 pixels wide:
 * libjpeg filters smaller ones otherwise.
 */
export function pixelsOfPlanes({ width, height, bytes }: Planes, part: Box): Uint8ClampedArray<ArrayBuffer> {
  const { memory, sums, row } = getPlanesKernels();
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const bluePlane = width * height;
  const redPlane = bluePlane + halfWidth * halfHeight;
  const out = new Uint8ClampedArray(part.width * part.height * 4);
  const stride = part.width * 4;
  const bandRows = Math.max(1, Math.floor(BAND_BYTES / stride));
  // where things lie: sums with one more before and behind, the rows that they are made of, brightness, result
  const sumBytes = aligned(2 * (halfWidth + 2) + 32);
  const rowBytes = aligned(halfWidth + 16);
  const [blueSums, redSums, near, far] = [0, sumBytes, 2 * sumBytes, 2 * sumBytes + rowBytes];
  const luma = far + rowBytes;
  const target = luma + aligned(part.width + 32);
  const missing = target + Math.min(bandRows, part.height) * stride + 64 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  const work = new Uint8Array(memory.buffer);
  const work16 = new Int16Array(memory.buffer);

  const sumUp = (plane: number, row0: number, row1: number, into: number): void => {
    work.set(bytes.subarray(plane + row0 * halfWidth, plane + (row0 + 1) * halfWidth), near);
    work.set(bytes.subarray(plane + row1 * halfWidth, plane + (row1 + 1) * halfWidth), far);
    sums(near, far, Math.ceil(halfWidth / 8), into + 2);
    const first = into / 2 + 1;
    // at the edges a sample is its own neighbour
    work16[first - 1] = work16[first] ?? 0;
    work16[first + halfWidth] = work16[first + halfWidth - 1] ?? 0;
  };

  for (let from = 0; from < part.height; from += bandRows) {
    const to = Math.min(part.height, from + bandRows);
    for (let i = from; i < to; i++) {
      const y = part.top + i;
      const middle = y >> 1;
      const beside = Math.min(halfHeight - 1, Math.max(0, middle + (y % 2 === 0 ? -1 : 1)));
      sumUp(bluePlane, middle, beside, blueSums);
      sumUp(redPlane, middle, beside, redSums);
      const start = y * width + part.left;
      work.set(bytes.subarray(start, start + part.width), luma);
      // a group may write behind its row: the next row, or the room behind the last, takes it
      row(luma, blueSums + part.left, redSums + part.left, Math.ceil(part.width / 16), target + (i - from) * stride);
    }
    out.set(work.subarray(target, target + (to - from) * stride), from * stride);
  }
  return out;
}
