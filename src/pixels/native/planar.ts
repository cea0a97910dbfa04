// Pixels of ordinary JPEGs from the browser's decoder without a canvas: its planes, made into RGBA as libjpeg does, from bytes that are at hand.
import type { Header } from '../header/types.ts';
import type { Box, WindowOf } from '../types.ts';
import { pixelsOfPlanes, planesLength } from './planes.ts';

/** Larger files and pictures go through a bitmap, which needs them in memory only once. */
const MAX_BYTES = 32 * 2 ** 20;
const MAX_PIXELS = 2 ** 25;
/** libjpeg filters the colours of narrower pictures otherwise. */
const MIN_WIDTH = 16;

/**
 * Pixels of a JPEG whose colours are stored at half the size (4:2:0), or null where this way is none: other forms, pictures to be turned,
 * damaged files. Bit for bit what a bitmap and a canvas give. `head` are the file's first bytes, perhaps all of them.
 */
export async function decodePlanar(
  file: Blob,
  header: Header,
  { head, windowOf }: { head: Uint8Array; windowOf?: WindowOf | undefined },
): Promise<{ data: Uint8ClampedArray<ArrayBuffer>; window?: Box } | null> {
  const { width, height, channels, orientation = 1 } = header;
  if (channels !== 3 || orientation !== 1 || !('ImageDecoder' in globalThis)) return null;
  if (file.size > MAX_BYTES || width * height > MAX_PIXELS || width < MIN_WIDTH) return null;
  const data = head.byteLength === file.size ? head : await file.arrayBuffer();
  const decoder = new ImageDecoder({ type: 'image/jpeg', data, colorSpaceConversion: 'none' });
  let image: VideoFrame | undefined;
  try {
    image = (await decoder.decode()).image;
    if (image.format !== 'I420' || image.codedWidth !== width || image.codedHeight !== height) return null;
    const bytes = new Uint8Array(planesLength(width, height));
    const layout = await image.copyTo(bytes);
    if (!isDense(layout, width, height)) return null;
    const wanted = windowOf?.(width, height) ?? { left: 0, top: 0, width, height };
    const odd = wanted.left % 2; // colours come by pairs of columns
    const window = { ...wanted, left: wanted.left - odd, width: wanted.width + odd };
    const pixels = pixelsOfPlanes({ width, height, bytes }, window);
    return windowOf ? { data: pixels, window } : { data: pixels };
  } catch {
    return null; // the other way says what is wrong, and shows what can be shown
  } finally {
    image?.close();
    decoder.close();
  }
}

/** Planes follow one another, row by row without gaps. */
function isDense(layout: readonly PlaneLayout[], width: number, height: number): boolean {
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const starts = [0, width * height, width * height + halfWidth * halfHeight];
  return layout.every(({ offset, stride }, i) => offset === starts[i] && stride === (i === 0 ? width : halfWidth));
}
