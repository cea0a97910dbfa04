// A strip or tile of JPEG data as samples of the size that the page gives it.
import { VitrineError } from '../../../shared/errors.ts';
import type { SegmentShape } from '../samples.ts';
import { decodeJpeg } from './library.ts';

/** Decodes to [rows, width, samples] bytes; a stream that is smaller leaves the rest zero. Errors: `unreadable`, `unsupported`. */
export async function decodeJpegSegment(
  bytes: Uint8Array,
  tables: Uint8Array | undefined,
  { rows, width, samples }: SegmentShape,
): Promise<{ bytes: Uint8Array; found: number }> {
  // streams of the last strip may have the height of a full one; more than that is no padding
  const maxPixels = 4 * (rows + 64) * (width + 64);
  const jpeg = await decodeJpeg(bytes, tables, maxPixels);
  if (jpeg.components !== samples)
    throw new VitrineError('unreadable', `Its JPEG data have ${jpeg.components} components instead of ${samples}.`);
  if (jpeg.width === width && jpeg.height >= rows) {
    const whole = jpeg.data.subarray(0, rows * width * samples);
    return { bytes: whole, found: whole.length };
  }
  const out = new Uint8Array(rows * width * samples);
  const [commonRows, commonBytes] = [Math.min(rows, jpeg.height), Math.min(width, jpeg.width) * samples];
  for (let y = 0; y < commonRows; y++) {
    const from = y * jpeg.width * samples;
    out.set(jpeg.data.subarray(from, from + commonBytes), y * width * samples);
  }
  return { bytes: out, found: commonRows * commonBytes };
}
