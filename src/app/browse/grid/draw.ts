// Draws the pictures of the visible cells on one canvas: cheaper than an element a picture, and a cell can never keep the picture of another row.
import type { Row } from '../../../catalog/types.ts';

/** A rectangle in pixels. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A cell to draw: its place on the canvas in CSS pixels, and its row once that is loaded. */
export interface DrawnCell extends Rect {
  row: Row | undefined;
}

export interface DrawOptions {
  /** Device pixels per CSS pixel. */
  ratio: number;
  fill: boolean;
  /** CSS colour behind pictures. */
  background: string;
  peek(row: Row, size: number): ImageBitmap | undefined;
}

const excludedAlpha = 0.35; // still recognisable, clearly out

/** Where a picture of `width` x `height` is drawn in a cell: inside it, or cropped evenly to fill it. */
export function fit(width: number, height: number, cell: Rect, fill: boolean): { source: Rect; target: Rect } {
  const [scaleX, scaleY] = [cell.width / width, cell.height / height];
  if (fill) {
    const scale = Math.max(scaleX, scaleY);
    const [w, h] = [cell.width / scale, cell.height / scale];
    return { source: { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h }, target: cell };
  }
  const scale = Math.min(scaleX, scaleY);
  const [w, h] = [width * scale, height * scale];
  return {
    source: { x: 0, y: 0, width, height },
    target: { x: cell.x + (cell.width - w) / 2, y: cell.y + (cell.height - h) / 2, width: w, height: h },
  };
}

/** Clears the canvas and draws the cells. Cells without a bitmap show their background, never another picture. */
export function drawCells(context: CanvasRenderingContext2D, cells: readonly DrawnCell[], options: DrawOptions): void {
  const { ratio, background } = options;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, context.canvas.width / ratio, context.canvas.height / ratio);
  context.fillStyle = background;
  for (const cell of cells) context.fillRect(cell.x, cell.y, cell.width, cell.height);
  for (const cell of cells) {
    const bitmap = cell.row && options.peek(cell.row, Math.max(cell.width, cell.height) * ratio);
    if (!bitmap || bitmap.width === 0) continue;
    const { source, target } = fit(bitmap.width, bitmap.height, cell, options.fill);
    context.globalAlpha = cell.row?.excluded ? excludedAlpha : 1;
    context.imageSmoothingEnabled = target.width < 4 * source.width; // far past its size a picture shows its own pixels
    context.drawImage(
      bitmap,
      source.x,
      source.y,
      source.width,
      source.height,
      target.x,
      target.y,
      target.width,
      target.height,
    );
  }
  context.globalAlpha = 1;
}
