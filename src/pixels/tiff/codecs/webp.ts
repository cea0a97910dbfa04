// A strip or tile of WebP data, which only the browser decodes.
import { VitrineError } from '../../../shared/errors.ts';
import { readWebpHeader } from '../../header/webp.ts';
import type { SegmentShape } from '../samples.ts';

/** Decodes to [rows, width, samples] bytes over white: alpha, where there is one, is full. Errors: `unreadable`, `unsupported`, `aborted`. */
export async function decodeWebp(
  bytes: Uint8Array<ArrayBuffer>,
  { rows, width, samples }: SegmentShape,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; found: number }> {
  if (samples !== 3 && samples !== 4)
    throw new VitrineError('unreadable', `It is WebP with ${samples} samples a pixel.`);
  if (typeof createImageBitmap !== 'function')
    throw new VitrineError('unsupported', 'WebP inside of TIFF is read in browsers only.');
  const padded = new Uint8Array(Math.max(bytes.length, 64));
  padded.set(bytes);
  const header = readWebpHeader(new DataView(padded.buffer), bytes.length);
  if (header.width !== width || header.height < rows || header.height > rows + width)
    throw new VitrineError(
      'unreadable',
      `Its WebP data have ${header.width} × ${header.height} pixels, not ${width} × ${rows}.`,
    );
  const [{ decodeBitmap }, { pixelsOverWhite }] = await Promise.all([
    import('../../native/bitmap.ts'),
    import('../../native/canvas.ts'),
  ]);
  const { bitmap, warning } = await decodeBitmap(new Blob([bytes]), 'webp', header, { signal });
  const rgba = pixelsOverWhite(bitmap, { left: 0, top: 0, width, height: rows });
  bitmap.close();
  const out = new Uint8Array(rows * width * samples);
  for (let from = 0, to = 0; to < out.length; from += 4)
    for (let c = 0; c < samples; c++) out[to++] = rgba[from + c] ?? 0;
  // how much of a damaged stream was decoded is not known: half
  return { bytes: out, found: warning === undefined ? out.length : out.length >> 1 };
}
