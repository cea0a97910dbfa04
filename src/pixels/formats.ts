// The one table of image formats: how each is told by its bytes, what reads its header, or why it is not read. `decoders.ts` reads pixels.

import { nativeDetails } from './details/native.ts';
import type { NativeFormat } from './header/types.ts';
import * as signature from './signatures.ts';
import type { FormatEntry, ImageFormat } from './types.ts';

/** Formats that the browser decodes share one reader of headers, which is small and always needed: no chunk of its own. */
const native = (format: NativeFormat): Pick<FormatEntry, 'details'> => {
  const details = { readDetails: nativeDetails(format) };
  return { details: () => Promise.resolve(details) };
};

/**
 * First match wins. A format may have several entries: what is not an image gets a reason of its own as 'unknown'.
 * `details` is absent, and a reason present, where a file is recognised but not read.
 */
export const FORMATS: readonly FormatEntry[] = [
  // before TIFF: the 128 bytes in front of DICM may be a TIFF header of their own
  { format: 'dicom', sniff: signature.isDicom, details: () => import('./dicom/details.ts') },
  { format: 'jpeg', sniff: signature.isJpeg, ...native('jpeg') },
  { format: 'png', sniff: signature.isPng, ...native('png') },
  { format: 'webp', sniff: signature.isWebp, ...native('webp') },
  { format: 'bmp', sniff: signature.isBmp, ...native('bmp') },
  { format: 'gif', sniff: signature.isGif, ...native('gif') },
  { format: 'avif', sniff: signature.isAvif, ...native('avif') },
  { format: 'jpeg-xl', sniff: signature.isJpegXl, ...native('jpeg-xl') },
  { format: 'pnm', sniff: signature.isPnm, details: () => import('./pnm/details.ts') },
  { format: 'tiff', sniff: signature.isTiff, details: () => import('./tiff/details.ts') },
  {
    format: 'jpeg-2000',
    sniff: signature.isJpeg2000,
    reason: 'JPEG 2000 is not read by browsers. Convert it to PNG or JPEG.',
  },
  {
    format: 'heic',
    sniff: signature.isHeic,
    reason: 'HEIC is not read by browsers. Convert it to JPEG, or set the camera to its compatible format.',
  },
  { format: 'svg', sniff: signature.isSvg, reason: 'An SVG drawing has no pixels of its own. Export it as PNG.' },
  {
    format: 'ico',
    sniff: signature.isIco,
    reason: 'An icon file holds one picture in several sizes. Save the size that is wanted as PNG.',
  },
  {
    format: 'bmp',
    sniff: signature.isBitmapArray,
    reason: 'An OS/2 bitmap array holds several pictures. Save the one that is wanted as BMP or PNG.',
  },
  {
    format: 'unknown',
    sniff: signature.isLfsPointer,
    reason: 'This is a Git LFS pointer, not the picture itself. Run "git lfs pull" in its repository.',
  },
  {
    format: 'unknown',
    sniff: signature.isAppleDouble,
    reason: 'This is a macOS companion file (its name begins with "._"), not the picture. It can be deleted.',
  },
  {
    format: 'unknown',
    sniff: signature.isHtml,
    reason: 'This is a web page saved under the name of a picture. Download the picture again.',
  },
  {
    format: 'unknown',
    sniff: signature.isZeros,
    reason: 'The file begins with zero bytes only: its content was lost. Copy it again from its origin.',
  },
];

const UNKNOWN: FormatEntry = {
  format: 'unknown',
  sniff: () => true,
  reason: 'Its first bytes are those of no image format that Vitrine knows.',
};

/** The entry of the table for a file that begins with `head` (256 bytes or more, or the whole file); one of 'unknown' when none matches. */
export function entryOf(head: Uint8Array): FormatEntry {
  return FORMATS.find((entry) => entry.sniff(head)) ?? UNKNOWN;
}

/** The true format of a file by its first bytes (256 or more, or the whole file). */
export function sniffFormat(head: Uint8Array): ImageFormat {
  return entryOf(head).format;
}
