// Turns pixels upright by their EXIF orientation, for the formats that the browser leaves as stored.

/**
 * RGBA pixels [height, width] turned upright. Orientation as in EXIF 2.32, tag 0x0112: 1 nothing, 2 mirrored, 3 half turn,
 * 4 upside down, 5 transposed, 6 a quarter turn clockwise is needed, 7 transversed, 8 a quarter turn anticlockwise; 5-8 swap the sides.
 */
export function turnUpright(
  data: Uint8ClampedArray<ArrayBuffer>,
  width: number,
  height: number,
  orientation: number,
): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number } {
  if (orientation < 2 || orientation > 8) return { data, width, height };
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  const swapped = orientation >= 5;
  const [outWidth, outHeight] = swapped ? [height, width] : [width, height];
  // pixel (x, y) of the upright picture lies at origin + x·stepX + y·stepY of the stored one
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const column = mirrorX ? -1 : 1;
  const row = mirrorY ? -width : width;
  const origin = (mirrorX ? width - 1 : 0) + (mirrorY ? (height - 1) * width : 0);
  const [stepX, stepY] = swapped ? [row, column] : [column, row];
  for (let y = 0, o = 0; y < outHeight; y++) {
    let at = origin + y * stepY;
    for (let x = 0; x < outWidth; x++, at += stepX) to[o++] = from[at] ?? 0;
  }
  return { data: new Uint8ClampedArray(to.buffer), width: outWidth, height: outHeight };
}
