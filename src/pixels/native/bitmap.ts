// Has the browser decode a file to a bitmap, and what helps when it refuses.
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import { TITLES } from '../header/read.ts';
import type { Header, NativeFormat } from '../header/types.ts';
import { pixelsOverWhite } from './canvas.ts';
import { decodePartial } from './partial.ts';
import { completed, isCutOff } from './repair.ts';

/** A decoded bitmap, which the caller closes, and a sentence when the file is not whole. */
interface Decoded {
  bitmap: ImageBitmap;
  warning?: string;
}

/** Size of the bitmap that is wanted; with one side given the browser keeps the aspect. */
export type Resize = Pick<ImageBitmapOptions, 'resizeWidth' | 'resizeHeight'>;

/**
 * Decodes the first frame, turned upright except for WebP, colours as stored: with the default colour conversion a third of a
 * PNG corpus comes out wrong. Truncated and damaged files are shown as far as possible. Errors: `unreadable`, `aborted`.
 */
export async function decodeBitmap(
  file: Blob,
  format: NativeFormat,
  header: Header,
  { resize, signal }: { resize?: Resize; signal?: AbortSignal },
): Promise<Decoded> {
  const options: ImageBitmapOptions = {
    colorSpaceConversion: 'none',
    imageOrientation: 'from-image',
    // transparent neighbours must not bleed into a resized picture; unresized, straight values are exact over white
    premultiplyAlpha: resize === undefined ? 'none' : 'premultiply',
    ...(resize === undefined ? {} : { ...resize, resizeQuality: 'medium' }),
  };
  const whole = await tryDecode(file, options);
  if (whole !== null) return { bitmap: whole };
  throwIfAborted(signal);

  const title = TITLES[format];
  const cutOff = await isCutOff(file, format);
  const warning = cutOff
    ? `The ${title} ends too early: it is shown as far as it goes.`
    : `The ${title} is damaged: it is shown as far as it can be read.`;
  const copy = await completed(file, format);
  const repaired = copy === null ? null : await tryDecode(copy, options);
  if (repaired !== null) return { bitmap: repaired, warning };
  throwIfAborted(signal);

  const frame = await decodePartial(file, format, header.width * header.height, signal);
  throwIfAborted(signal);
  if (frame !== null) {
    const partial = await tryDecode(frame, options);
    frame.close();
    if (partial !== null && !isUniform(pixelsOverWhite(partial))) return { bitmap: partial, warning };
    partial?.close(); // nothing was decoded
  }
  throw new VitrineError(
    'unreadable',
    cutOff
      ? `The ${title} ends too early and nothing of it can be shown. Copy it again from its origin.`
      : `The ${title} is damaged and nothing of it can be shown. Copy it again from its origin.`,
  );
}

/** True when all pixels are the same. */
function isUniform(data: Uint8ClampedArray<ArrayBuffer>): boolean {
  const pixels = new Uint32Array(data.buffer);
  return pixels.every((pixel) => pixel === pixels[0]);
}

/** Null when the browser cannot decode it, which it says without a reason. */
async function tryDecode(source: Blob | VideoFrame, options: ImageBitmapOptions): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(source, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return null;
    throw toVitrineError(error);
  }
}
