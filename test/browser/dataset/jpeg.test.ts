// The JPEGs of generated datasets in a real decoder: every tile has the colour that was asked for.
import { expect, test } from 'vitest';
import { encodeTiles } from '../../../.scripts/dataset/jpeg.mjs';

test('tiles are decoded as they were written', async () => {
  const tiles: [number, number, number][] = [
    [255, 255, 255],
    [0, 0, 0],
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [90, 160, 30],
  ];
  const blob = new Blob([encodeTiles(3, tiles) as Uint8Array<ArrayBuffer>]); // made by Uint8Array.from
  const bitmap = await createImageBitmap(blob);
  expect([bitmap.width, bitmap.height]).toEqual([24, 16]);
  const context = new OffscreenCanvas(24, 16).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  tiles.forEach((tile, i) => {
    const [x, y] = [(i % 3) * 8, Math.floor(i / 3) * 8];
    for (const [dx, dy] of [
      [0, 0],
      [7, 7],
    ] as const) {
      const pixel = [...context.getImageData(x + dx, y + dy, 1, 1).data.subarray(0, 3)];
      for (const [c, value] of tile.entries()) expect(Math.abs((pixel[c] ?? 0) - value)).toBeLessThanOrEqual(2);
    }
  });
});
