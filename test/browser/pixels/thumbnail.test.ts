// Thumbnails look like what decode() shows, at their size.
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { thumbnail } from '../../../src/pixels/thumbnail.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { fetchShared, readIndex } from './corpus.ts';

/** A smooth picture with something different in every corner, so that a wrong turn shows. */
async function drawn(width: number, height: number, type: string, alpha = false): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const gradient = context.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, alpha ? 'rgba(255, 0, 0, 0)' : 'rgb(255, 0, 0)');
  gradient.addColorStop(0.5, 'rgb(0, 160, 80)');
  gradient.addColorStop(1, 'rgb(0, 0, 255)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'rgb(250, 240, 20)';
  context.fillRect(width * 0.6, 0, width * 0.4, height * 0.3);
  return canvas.convertToBlob({ type, quality: 0.95 });
}

/** Mean absolute difference per channel between a thumbnail and `decode` at the same size; the thumbnail must be opaque. */
async function difference(file: Blob, size: number): Promise<number> {
  const [{ bitmap, facts }, pixels] = [await thumbnail(file, size, {}), await decode(file, { size })];
  expect([bitmap.width, bitmap.height]).toEqual([pixels.width, pixels.height]);
  expect(facts).toEqual(pixels.facts);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, pixels.width, pixels.height);
  return data.reduce((sum, v, i) => sum + Math.abs(v - (pixels.data[i] ?? 0)), 0) / data.length;
}

describe('thumbnail', () => {
  test.each(['image/jpeg', 'image/png', 'image/webp'])('of %s is close to the decoded picture', async (type) => {
    expect(await difference(await drawn(640, 480, type), 100)).toBeLessThan(1.5);
  });

  test.each([
    [1203, 901],
    [2048, 1365],
    [4000, 3000],
  ])(
    'of a JPEG of %i × %i, which the decoder itself reduces, is close to the decoded picture',
    async (width, height) => {
      expect(await difference(await drawn(width, height, 'image/jpeg'), 128)).toBeLessThan(1.5);
    },
  );

  test('of a large JPEG that is cut off shows what there is, and says so', async () => {
    const whole = await drawn(1600, 1200, 'image/jpeg');
    const { bitmap, facts } = await thumbnail(whole.slice(0, whole.size * 0.7), 128, {});
    expect([bitmap.width, bitmap.height]).toEqual([128, 96]);
    expect(facts.warning).toContain('ends too early');
  });

  test('lies over white where the picture is transparent', async () => {
    expect(await difference(await drawn(320, 500, 'image/png', true), 64)).toBeLessThan(1.5);
    expect(await difference(await drawn(320, 500, 'image/webp', true), 64)).toBeLessThan(1.5);
  });

  test('is never larger than the picture', async () => {
    const { bitmap, facts } = await thumbnail(await drawn(40, 30, 'image/png'), 256, {});
    expect([bitmap.width, bitmap.height]).toEqual([40, 30]);
    expect([facts.width, facts.height]).toEqual([40, 30]);
  });

  test('of a long thin picture has at least one pixel on the shorter side', async () => {
    const { bitmap } = await thumbnail(await drawn(900, 2, 'image/png'), 90, {});
    expect([bitmap.width, bitmap.height]).toEqual([90, 1]);
  });

  test('stops when it is no longer wanted', async () => {
    const stopped = AbortSignal.abort();
    const error = await thumbnail(await drawn(40, 30, 'image/png'), 20, {}, { signal: stopped }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(VitrineError);
    expect(error).toMatchObject({ code: 'aborted' });
  });

  test('is refused above the pixel limit, with the size', async () => {
    const file = await drawn(40, 30, 'image/jpeg');
    await expect(thumbnail(file, 20, {}, { maxPixels: 1199 })).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('40 × 30'),
    });
    expect((await thumbnail(file, 20, {}, { maxPixels: 1200 })).bitmap.width).toBe(20);
  });
});

const corpora = ['jpeg', 'png', 'webp'];
const turned = (
  await Promise.all(
    corpora.map(async (corpus) =>
      (
        await readIndex(corpus)
      )
        .filter(({ tier, kind }) => tier === 'A' && kind.some((tag) => tag.startsWith('orientation-')))
        .map(({ file }) => `${corpus}/${file}`),
    ),
  )
).flat();
describe.skipIf(turned.length === 0)('thumbnails of files with an EXIF orientation', () => {
  test.each(turned)('%s is upright', async (path) => {
    const file = await fetchShared(`corpora/${path}`);
    if (file === undefined) throw new Error(`${path} is missing`);
    expect(await difference(file, 24)).toBeLessThan(6); // small synthetic patterns: filters differ most there
  });
});
