// The sizes beyond which a file is refused before anything is allocated for it.
import { VitrineError } from '../shared/errors.ts';

/** Pixels an image may have unless the person raises the limit: 400 MB as RGBA (architecture.md, section 4). */
export const DEFAULT_MAX_PIXELS = 100_000_000;

/** Bytes a file may have: Chromium reads no Blob above 2 GiB into one buffer. */
const MAX_FILE_BYTES = 2 ** 31;

const count = (n: number): string => n.toLocaleString('en-US');

/** Throws `unreadable` for an empty file and `too-large` for one over 2 GiB. */
export function checkFileSize(file: Blob): void {
  if (file.size === 0) throw new VitrineError('unreadable', 'The file is empty: it has zero bytes.');
  if (file.size > MAX_FILE_BYTES) {
    const gigabytes = (file.size / 1e9).toFixed(1);
    throw new VitrineError('too-large', `The file has ${gigabytes} GB; files over 2 GB are not read.`);
  }
}

/** Throws `unreadable` for a picture without pixels and `too-large` for one with more than `maxPixels`. */
export function checkPixels(width: number, height: number, maxPixels: number): void {
  if (!(width > 0 && height > 0)) {
    throw new VitrineError('unreadable', `Its header gives a size of ${count(width)} × ${count(height)} pixels.`);
  }
  if (width * height > maxPixels) {
    const millions = count(Math.round(maxPixels / 1e6));
    throw new VitrineError(
      'too-large',
      `The picture has ${count(width)} × ${count(height)} pixels, over the limit of ${millions} million.`,
    );
  }
}
