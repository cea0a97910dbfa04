// Reads bitmaps back over white through one reused canvas per worker.
import { VitrineError } from '../../shared/errors.ts';
import type { Box } from '../types.ts';

/** Largest side of the reused canvas: it then keeps at most 16 MB, and ordinary pictures need one tile. */
const TILE = 2048;

let scratch: OffscreenCanvasRenderingContext2D | undefined;

/** An opaque canvas of at least this size. `alpha: false` and `willReadFrequently` give exact values (decoders-raster.md, readback). */
function context(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (scratch === undefined) {
    const made = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
    if (made === null)
      throw new VitrineError('platform', 'The browser gives no 2D canvas in a worker. Use a newer browser.');
    made.imageSmoothingEnabled = false;
    scratch = made;
  }
  const { canvas } = scratch;
  // setting a size clears the state
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  scratch.imageSmoothingEnabled = false;
  scratch.fillStyle = '#ffffff';
  return scratch;
}

function readTile(image: ImageBitmap, left: number, top: number, width: number, height: number): ImageData {
  const canvas = context(width, height);
  canvas.fillRect(0, 0, width, height);
  canvas.drawImage(image, left, top, width, height, 0, 0, width, height);
  return canvas.getImageData(0, 0, width, height);
}

/**
 * RGBA of a part of the bitmap (all when absent) laid over white, row-major, every alpha 255. Sides over 65,535 work too: a
 * canvas of that size would not.
 */
export function pixelsOverWhite(image: ImageBitmap, part?: Box): Uint8ClampedArray<ArrayBuffer> {
  const { left, top, width, height } = part ?? { left: 0, top: 0, width: image.width, height: image.height };
  if (width <= TILE && height <= TILE) {
    return new Uint8ClampedArray(readTile(image, left, top, width, height).data.buffer);
  }
  const all = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      const tile = readTile(image, left + x, top + y, Math.min(TILE, width - x), Math.min(TILE, height - y));
      const row = tile.width * 4;
      for (let i = 0; i < tile.height; i++) {
        all.set(tile.data.subarray(i * row, (i + 1) * row), ((y + i) * width + x) * 4);
      }
    }
  }
  return all;
}
