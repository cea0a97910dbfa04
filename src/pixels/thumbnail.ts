// Small pictures for the grid: decoded and reduced in one go where the browser reads the format.
import { throwIfAborted } from '../shared/errors.ts';
import { type DecodeOptions, decode, described, recognise } from './decode.ts';
import { DEFAULT_MAX_PIXELS } from './limits.ts';
import { pixelsOverWhite } from './native/canvas.ts';
import { openPicture } from './native/open.ts';
import { turnUpright } from './orient.ts';
import { hasRange, isMeasurable } from './png/deep.ts';
import type { PixelView, Thumbnail } from './types.ts';

/**
 * A bitmap whose longer side has at most `size` pixels (never enlarged), under the same orientation, alpha and view rules as
 * `decode`. The caller closes it. Errors: as `decode`.
 */
export async function thumbnail(
  file: Blob,
  size: number,
  view: PixelView,
  options: DecodeOptions = {},
): Promise<Thumbnail> {
  const { signal, maxPixels = DEFAULT_MAX_PIXELS } = options;
  try {
    const { native, head } = await recognise(file);
    throwIfAborted(signal);
    const samples =
      native === undefined || hasRange(native, head, view) || (options.measure === true && isMeasurable(native, head));
    if (samples) {
      const { data, width, height, facts } = await decode(file, { ...view, size }, options);
      return { bitmap: await createImageBitmap(new ImageData(data, width, height)), facts };
    }
    const { bitmap, turn, alpha, facts } = await openPicture(file, native, { head, maxPixels, size, signal });
    if (signal?.aborted) bitmap.close();
    throwIfAborted(signal);
    if (!alpha && turn === 1) return { bitmap, facts };
    const upright = turnUpright(pixelsOverWhite(bitmap), bitmap.width, bitmap.height, turn);
    bitmap.close();
    return { bitmap: await createImageBitmap(new ImageData(upright.data, upright.width, upright.height)), facts };
  } catch (error) {
    throw described(error);
  }
}
