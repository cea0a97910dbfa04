// Small bitmaps of large JPEGs: the decoder leaves out the detail that a reduction by 2, 4 or 8 would lose, which is most of its work.
import type { Header, NativeFormat } from '../header/types.ts';
import type { Resize } from './bitmap.ts';

/** Larger files are decoded by the browser's other way, which does not need all bytes at once. */
const MAX_BYTES = 32 * 2 ** 20;
/** Smaller pictures are decoded in no time. */
const MIN_PIXELS = 2 ** 16;
/** JPEG blocks are 8 × 8: an inverse transform of 4, 2 or 1 samples a side instead of 8 (libjpeg's scaling). */
const STEPS = [8, 4, 2];
/** The last block of a side may reach beyond the picture; what is shown of it moves the far edge by so many pixels of the result at most. */
const MAX_SHIFT = 0.5;

/** By how much the decoder itself may reduce a picture: never below the size that is wanted; 1 for not at all. */
function stepFor({ width, height }: Header, { resizeWidth, resizeHeight }: Resize): number {
  if (resizeWidth === undefined || resizeHeight === undefined) return 1;
  const fits = (length: number, wanted: number, step: number): boolean =>
    length >= wanted * step && (-length & (step - 1)) * wanted <= MAX_SHIFT * length;
  return STEPS.find((step) => fits(width, resizeWidth, step) && fits(height, resizeHeight, step)) ?? 1;
}

/**
 * A bitmap of the wanted size from a JPEG at least twice as large, or null where this way is none: other formats, pictures to be
 * turned, more than three channels (inks), damaged files. `head` are the file's first bytes, perhaps all of them.
 */
export async function decodeReduced(
  file: Blob,
  format: NativeFormat,
  header: Header,
  head: Uint8Array,
  resize: Resize | undefined,
): Promise<ImageBitmap | null> {
  if (format !== 'jpeg' || resize === undefined || file.size > MAX_BYTES) return null;
  if (
    header.width * header.height < MIN_PIXELS ||
    header.channels === 4 ||
    (header.orientation ?? 1) !== 1 ||
    !('ImageDecoder' in globalThis)
  )
    return null;
  const step = stepFor(header, resize);
  if (step === 1) return null;
  const data = head.byteLength === file.size ? head : await file.arrayBuffer();
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    data,
    colorSpaceConversion: 'none',
    desiredWidth: Math.ceil(header.width / step),
    desiredHeight: Math.ceil(header.height / step),
  });
  try {
    const { image } = await decoder.decode();
    const bitmap = await createImageBitmap(image, { ...resize, resizeQuality: 'medium', colorSpaceConversion: 'none' });
    image.close();
    return bitmap;
  } catch {
    return null; // the other way says what is wrong, and shows what can be shown
  } finally {
    decoder.close();
  }
}
