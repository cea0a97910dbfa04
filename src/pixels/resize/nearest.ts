// Resizes by picking the nearest sample, as Pillow does.
import type { Box } from '../types.ts';
import type { Picture } from './resize.ts';

/** The wanted part of the picture resized to `width` × `height`. */
export function pickNearest(
  picture: Picture,
  { width, height, crop }: { width: number; height: number; crop: Box },
): Uint32Array<ArrayBuffer> {
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height);
  const columns = nearestOf(picture.width, width, crop.left, crop.width);
  const rows = nearestOf(picture.height, height, crop.top, crop.height);
  const out = new Uint32Array(crop.width * crop.height);
  let o = 0;
  for (const row of rows) for (const column of columns) out[o++] = source[row * picture.width + column] ?? 0;
  return out;
}

/** Above this many outputs (only lines one pixel thin come there) the steps are multiplied: adding would take seconds. */
const MAX_ADDED = 2 ** 22;

/** Pillow adds up the step from output to output, which decides where (output + 0.5) · step comes close to an integer. */
function nearestOf(n: number, m: number, from: number, count: number): Uint32Array {
  const step = n / m;
  const out = new Uint32Array(count);
  let at = step * 0.5;
  if (from > MAX_ADDED) at += step * from;
  else for (let i = 0; i < from; i++) at += step;
  for (let i = 0; i < count; i++, at += step) out[i] = Math.min(n - 1, Math.trunc(at));
  return out;
}
