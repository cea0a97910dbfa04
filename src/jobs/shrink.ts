// Makes small JPEG copies of pictures, as Pillow would: decoded as they are shown, reduced by Lanczos, quality 75.

import { resize } from '../pixels/resize/resize.ts';
import type { Pixels } from '../pixels/types.ts';
import { VitrineError } from '../shared/errors.ts';

/** Pillow's quality when none is asked for. */
const QUALITY = 0.75;

/** A JPEG of the size that `sizeOf` gives for the picture's own. `decode` gives the picture as it is shown. Errors: of both. */
export async function shrinkPicture(
  picture: Blob,
  sizeOf: (width: number, height: number) => { width: number; height: number },
  decode: (picture: Blob) => Promise<Pixels>,
): Promise<Blob> {
  const pixels = await decode(picture);
  const { width, height } = sizeOf(pixels.width, pixels.height);
  const data = resize(pixels, { width, height, interpolation: 'lanczos', antialias: true });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context)
    throw new VitrineError('platform', 'The browser gives no canvas to make a copy with. Close other tabs.');
  context.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}
