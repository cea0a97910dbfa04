// Resizes by the smooth filters: both passes, over only what is needed, in bounded memory.

import type { Box } from '../types.ts';
import { getKernels, type Kernels } from './kernels.ts';
import type { Picture } from './resize.ts';
import { type SmoothFilter, type Taps, tapsFor } from './taps.ts';

/** Bytes of source rows, and of narrowed rows, that lie in the kernels' memory at a time (more only when one row is longer). */
const BAND_BYTES = 4 * 2 ** 20;

/** Source pixels, of which `pixels` holds the rows from `top` and the columns from `left` on, `stride` pixels a row. */
interface Source {
  pixels: Uint32Array;
  left: number;
  top: number;
  stride: number;
}

/** A resize by a smooth filter: the size of the whole result, and the part of it that is wanted. */
export interface SmoothResizing {
  width: number;
  height: number;
  filter: SmoothFilter;
  antialias: boolean;
  crop: Box;
}

/** The wanted part of the resized picture. */
export function filterSmooth(picture: Picture, resizing: SmoothResizing): Uint32Array<ArrayBuffer> {
  const { width, crop } = resizing;
  const { left, top, width: stride } = picture.window ?? { left: 0, top: 0, width: picture.width };
  const source = {
    pixels: new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.length / 4),
    left,
    top,
    stride,
  };
  const out = new Uint32Array(crop.width * crop.height);
  const { columns, rows } = axesOf(picture, resizing);
  if (isStrip(picture, resizing) && width !== picture.width) {
    const all = { from: 0, to: picture.width };
    const shortened = new Uint32Array(picture.width * crop.height);
    filterPart(source, { columns: all, rows }, shortened);
    const middle = { pixels: shortened, left: 0, top: 0, stride: picture.width };
    filterPart(middle, { columns, rows: { from: 0, to: crop.height } }, out);
  } else filterPart(source, { columns, rows }, out);
  return out;
}

/** The part of the source picture that `filterSmooth` reads. */
export function smoothWindow(picture: Pick<Picture, 'width' | 'height'>, resizing: SmoothResizing): Box {
  const { columns, rows } = axesOf(picture, resizing);
  const [left, right] = isStrip(picture, resizing) ? [0, picture.width] : [columns.from, columns.to];
  return { left, top: rows.from, width: right - left, height: rows.to - rows.from };
}

/** Over such strips Pillow takes the passes in the other order (Image.resize), which rounds otherwise. */
const isStrip = (picture: Pick<Picture, 'width' | 'height'>, { height }: SmoothResizing): boolean =>
  picture.height > 100 * picture.width && height < picture.height;

/** A side that stays as long as it is is not filtered: the weights would all be 1. */
function axesOf(
  picture: Pick<Picture, 'width' | 'height'>,
  { width, height, filter, antialias, crop }: SmoothResizing,
): Axes {
  const columns = { from: crop.left, to: crop.left + crop.width, filter, antialias };
  const rows = { from: crop.top, to: crop.top + crop.height, filter, antialias };
  return {
    columns: picture.width === width ? columns : tapsFor(picture.width, width, columns),
    rows: picture.height === height ? rows : tapsFor(picture.height, height, rows),
  };
}

/** What makes the outputs of one axis: weights, or the samples themselves. */
type Axis = Taps | { from: number; to: number };
const outputsOf = (axis: Axis): number =>
  'entries' in axis ? axis.entries.length / axis.entryLength : axis.to - axis.from;

/** Source rows of outputs [first, end) of an axis. */
function rowsRead(axis: Axis, first: number, end: number): [from: number, to: number] {
  if (!('entries' in axis)) return [axis.from + first, axis.from + end];
  const { entries, entryLength, from, to } = axis;
  const last = (end - 1) * entryLength;
  // the last pair may reach one sample too far, with weight 0
  return [from + entries[first * entryLength]!, Math.min(to, from + entries[last]! + entries[last + 1]! / 4)];
}

interface Axes {
  columns: Axis;
  rows: Axis;
}

/** Filters band by band of output rows, so that memory stays bounded for any picture. */
function filterPart(source: Source, axes: Axes, out: Uint32Array): void {
  const [width, height] = [outputsOf(axes.columns), outputsOf(axes.rows)];
  const readPerOutput = Math.ceil((axes.rows.to - axes.rows.from) / height) + 1;
  const step = Math.max(1, Math.floor(BAND_BYTES / (width * 4 * readPerOutput)));
  for (let first = 0; first < height; first += step) {
    const end = Math.min(height, first + step);
    filterBand(source, axes, { first, end }, out.subarray(first * width, end * width));
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
const tableBytes = (axis: Axis): number => ('entries' in axis ? aligned(axis.entries.byteLength) : 0);

function filterBand(
  source: Source,
  { columns, rows }: Axes,
  { first, end }: { first: number; end: number },
  out: Uint32Array,
): void {
  const [top, bottom] = rowsRead(rows, first, end);
  const stride = outputsOf(columns) * 4;
  const readWidth = columns.to - columns.from;
  const bandRows = Math.max(1, Math.min(bottom - top, Math.floor(BAND_BYTES / (readWidth * 4))));
  // where things lie, in bytes; the kernels may touch one row and one group of pixels behind each part
  const rowsTable = tableBytes(columns);
  const narrowed = rowsTable + tableBytes(rows);
  const finished = aligned(narrowed + (bottom - top + 1) * stride + 16);
  const band = aligned(finished + (end - first) * stride + 16);
  const kernels = getKernels();
  const memory = memoryOf(kernels, band + (bandRows + 1) * readWidth * 4 + 16);

  const place = (values: Uint32Array | Int32Array, address: number): void => memory.set(values, address / 4);
  const placeRows = (from: number, to: number, address: number): void => {
    const { pixels, stride: step } = source;
    const start = (from - source.top) * step + columns.from - source.left;
    if (step === readWidth) place(pixels.subarray(start, start + (to - from) * step), address);
    else {
      for (let y = 0; y < to - from; y++) {
        place(pixels.subarray(start + y * step, start + y * step + readWidth), address + y * readWidth * 4);
      }
    }
  };
  if ('entries' in columns) {
    place(columns.entries, 0);
    const entryBytes = columns.entryLength * 4;
    for (let y = top; y < bottom; y += bandRows) {
      const count = Math.min(bandRows, bottom - y);
      placeRows(y, y + count, band);
      kernels.across(
        band,
        readWidth * 4,
        Math.ceil(count / 2),
        0,
        entryBytes,
        stride / 4,
        narrowed + (y - top) * stride,
      );
    }
  } else placeRows(top, bottom, narrowed);

  if (!('entries' in rows)) {
    out.set(memory.subarray(narrowed / 4, narrowed / 4 + out.length));
    return;
  }
  place(rows.entries, rowsTable);
  const entryBytes = rows.entryLength * 4;
  // entries count from the first row of all; this band's rows begin at `top`
  const origin = narrowed - (top - rows.from) * stride;
  kernels.down(
    origin,
    stride,
    rowsTable + first * entryBytes,
    entryBytes,
    end - first,
    Math.ceil(stride / 16),
    finished,
  );
  out.set(memory.subarray(finished / 4, finished / 4 + out.length));
}

/** The kernels' memory as 32-bit words, grown to so many bytes. It never shrinks; the bands keep it near 10 MB. */
function memoryOf({ memory }: Kernels, bytes: number): Uint32Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  return new Uint32Array(memory.buffer);
}
