// Reads bitmaps back over white through one reused canvas per worker.
import { VitrineError } from '../../shared/errors.ts';

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

/** RGBA of the whole bitmap laid over white, row-major, every alpha 255. Sides over 65,535 work too: canvases of that size do not. */
export function pixelsOverWhite(image: ImageBitmap): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = image;
  if (width <= TILE && height <= TILE) return new Uint8ClampedArray(readTile(image, 0, 0, width, height).data.buffer);
  const all = new Uint8ClampedArray(width * height * 4);
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const tile = readTile(image, left, top, Math.min(TILE, width - left), Math.min(TILE, height - top));
      const row = tile.width * 4;
      for (let y = 0; y < tile.height; y++) {
        all.set(tile.data.subarray(y * row, (y + 1) * row), ((top + y) * width + left) * 4);
      }
    }
  }
  return all;
}
