// Files of the browser's own formats that end too early: what is there is shown, the same as in the whole file, with a sentence beside it.
import { expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { thumbnail } from '../../../src/pixels/thumbnail.ts';

const [width, height] = [240, 320];

/** Many colours in every row, so that a missing one is seen. */
async function drawn(type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  for (let y = 0; y < height; y += 8)
    for (let x = 0; x < width; x += 8) {
      context.fillStyle = `hsl(${(x * 7 + y * 13) % 360} 80% ${30 + ((x + y) % 40)}%)`;
      context.fillRect(x, y, 8, 8);
    }
  return canvas.convertToBlob({ type, quality: 0.9 });
}

/** 24 bits, top-down. */
function bitmap(): Blob {
  const bytes = new Uint8Array(54 + width * height * 3);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  for (const [at, value] of [
    [2, bytes.length],
    [10, 54],
    [14, 40],
    [18, width],
    [22, -height],
  ] as const)
    view.setInt32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let i = 54; i < bytes.length; i++) bytes[i] = (i * 31) & 255;
  return new Blob([bytes]);
}

test.each([
  ['JPEG', () => drawn('image/jpeg'), 0.6, 0.4],
  ['PNG', () => drawn('image/png'), 0.6, 0.3],
  ['WebP', () => drawn('image/webp'), 0.7, 0.2],
  ['BMP', async () => bitmap(), 0.6, 0.55],
] as const)(
  'a %s that is cut off shows its upper part, and says that it ends too early',
  async (title, make, kept, rows) => {
    const whole = await make();
    const cut = whole.slice(0, Math.floor(whole.size * kept));
    const [all, part] = [await decode(whole, {}), await decode(cut, {})];
    expect(all.facts.warning).toBeUndefined();
    expect(part.facts.warning).toBe(`The ${title} ends too early: it is shown as far as it goes.`);
    expect([part.width, part.height]).toEqual([width, height]);
    const bytes = Math.floor(height * rows) * width * 4;
    let differ = 0;
    for (let i = 0; i < bytes; i++) differ = Math.max(differ, Math.abs((part.data[i] ?? 0) - (all.data[i] ?? 0)));
    // of lossy formats the partial decoder rounds colours otherwise
    expect(differ).toBeLessThanOrEqual(title === 'PNG' || title === 'BMP' ? 0 : 8);
    expect(part.data.every((value, i) => i % 4 < 3 || value === 255)).toBe(true);
    const small = await thumbnail(cut, 64, {});
    expect(small.facts.warning).toBe(part.facts.warning);
    small.bitmap.close();
  },
);

test.each([
  ['JPEG', 'image/jpeg'],
  ['PNG', 'image/png'],
  ['WebP', 'image/webp'],
])('a %s of which only the header is there is refused with a sentence', async (title, type) => {
  const whole = await drawn(type);
  const cut = whole.slice(0, type === 'image/jpeg' ? 640 : 60);
  await expect(decode(cut, {})).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringMatching(new RegExp(`^The ${title} (ends|is)`)),
  });
});
