// Copies of pictures as dbcollection's task raw256 makes them.
import { expect, it } from 'vitest';
import { raw256Size } from '../../../src/formats/dbcollection/raw256.ts';
import { shrinkPicture } from '../../../src/jobs/shrink.ts';
import { decode } from '../../../src/pixels/decode.ts';

it('makes a JPEG whose shorter side has 256 pixels, with the colours of the picture', async () => {
  const canvas = new OffscreenCanvas(500, 333);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  for (const [i, colour] of ['rgb(200 40 40)', 'rgb(40 60 200)'].entries()) {
    context.fillStyle = colour;
    context.fillRect(i * 250, 0, 250, 333);
  }
  const copy = await shrinkPicture(await canvas.convertToBlob({ type: 'image/png' }), raw256Size, (file) =>
    decode(file, {}),
  );
  expect(copy.type).toBe('image/jpeg');
  const { width, height, data } = await decode(copy, {});
  expect([width, height]).toEqual([384, 256]);
  const at = (x: number) => [...data.subarray((128 * width + x) * 4, (128 * width + x) * 4 + 3)];
  for (const [x, wanted] of [
    [60, [200, 40, 40]],
    [320, [40, 60, 200]],
  ] as const)
    for (const [channel, value] of at(x).entries()) expect(Math.abs(value - (wanted[channel] ?? 0))).toBeLessThan(6);
});

it('says that a copy would be too large', async () => {
  const canvas = new OffscreenCanvas(3, 1000);
  canvas.getContext('2d');
  const strip = await canvas.convertToBlob({ type: 'image/png' });
  await expect(shrinkPicture(strip, raw256Size, (file) => decode(file, {}))).rejects.toThrow(/too large/);
});
