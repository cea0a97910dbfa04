// Pixels made from a JPEG's planes are those that a bitmap and a canvas give, bit for bit.
import { describe, expect, test } from 'vitest';
import { readJpegHeader } from '../../../src/pixels/header/jpeg.ts';
import { pixelsOverWhite } from '../../../src/pixels/native/canvas.ts';
import { decodePlanar } from '../../../src/pixels/native/planar.ts';
import type { Box } from '../../../src/pixels/types.ts';
import { fetchShared, readIndex } from './corpus.ts';

async function noise(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const image = context.createImageData(width, height);
  let state = width * 7919 + height;
  for (let i = 0; i < image.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    image.data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }); // 4:2:0 below 1
}

async function byCanvas(file: Blob, part?: Box): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  return pixelsOverWhite(bitmap, part);
}

async function byPlanes(file: Blob, window?: Box) {
  const head = new Uint8Array(await file.arrayBuffer());
  const header = readJpegHeader(new DataView(head.buffer));
  return decodePlanar(file, header, { head, windowOf: window ? () => window : undefined });
}

/** Index of the first byte that differs, -1 when none does. */
const firstDifference = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
  a.length === b.length ? a.findIndex((v, i) => v !== b[i]) : -2;

describe('planes', () => {
  test.each([
    [16, 1],
    [16, 16],
    [17, 3],
    [31, 33],
    [64, 2],
    [500, 375],
    [1203, 905],
  ])('of %i × %i noise give the pixels of the canvas', async (width, height) => {
    const file = await noise(width, height);
    const made = await byPlanes(file);
    if (!made) throw new Error('the planes were not used');
    expect(firstDifference(made.data, await byCanvas(file))).toBe(-1);
  });

  test.each([
    { left: 83, top: 21, width: 333, height: 333 },
    { left: 0, top: 374, width: 500, height: 1 },
    { left: 498, top: 0, width: 2, height: 375 },
  ])('of a part give its pixels, from an even column on', async (wanted) => {
    const file = await noise(500, 375);
    const made = await byPlanes(file, wanted);
    const { left, width } = wanted;
    expect(made?.window).toEqual({ ...wanted, left: left - (left % 2), width: width + (left % 2) });
    expect(firstDifference(made?.data ?? new Uint8ClampedArray(), await byCanvas(file, made?.window))).toBe(-1);
  });

  test('are not used where the file is cut off', async () => {
    const file = await noise(200, 200);
    expect(await byPlanes(file.slice(0, file.size / 2))).toBeNull();
  });
});

const files = (await readIndex('jpeg')).filter(({ tier }) => tier === 'A' || tier === 'B');
test.skipIf(files.length === 0)('of the corpus give the pixels of the canvas wherever they are used', async () => {
  const different: string[] = [];
  let used = 0;
  for (const { file } of files) {
    const blob = await fetchShared(`corpora/jpeg/${file}`);
    const made = blob && (await byPlanes(blob).catch(() => null)); // a header that is refused is refused everywhere
    if (!blob || !made) continue;
    const shown = await byCanvas(blob).catch(() => null); // of one damaged file only the planes are given
    if (!shown) continue;
    used++;
    const at = firstDifference(made.data, shown);
    if (at !== -1) different.push(`${file} at ${at}`);
  }
  expect(different).toEqual([]);
  expect(used).toBeGreaterThan(50);
});
