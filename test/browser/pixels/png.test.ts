// PNG of 16 bits: our own samples in the declared range are what the browser shows, and a range reaches thumbnail and model alike.
import { expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { decodeDeep } from '../../../src/pixels/png/decode.ts';
import { isMeasurable } from '../../../src/pixels/png/deep.ts';
import { thumbnail } from '../../../src/pixels/thumbnail.ts';
import { fetchShared, readIndex } from './corpus.ts';

const entries = (await readIndex('png')).filter((entry) => entry.tier === 'A' && entry.kind.includes('bits-16'));

test.skipIf(entries.length === 0)(
  'every deep PNG of the corpus has the pixels that the browser gives, within one level, two with alpha',
  async () => {
    let compared = 0;
    for (const entry of entries) {
      const file = await fetchShared(`corpora/png/${entry.file}`);
      if (!file) continue;
      const head = new Uint8Array(await file.slice(0, 2 ** 16).arrayBuffer());
      expect(isMeasurable('png', head), entry.file).toBe(true);
      const [browser, own] = [await decode(file, {}), await decodeDeep(file, {}, { head, maxPixels: 1e8 })];
      expect([own.width, own.height], entry.file).toEqual([browser.width, browser.height]);
      const worst = farthest(browser.data, own.data);
      // with alpha two values are rounded before they meet
      expect(worst, entry.file).toBeLessThanOrEqual((own.facts.channels ?? 0) % 2 === 0 ? 2 : 1);
      const { facts } = await decode(file, {}, { measure: true });
      expect(facts.values?.declared, entry.file).toEqual({ low: 0, high: 65_535 });
      const stretched = await decode(file, { range: 'file' });
      const small = await thumbnail(file, 1e4, { range: 'file' });
      const context = new OffscreenCanvas(small.bitmap.width, small.bitmap.height).getContext('2d');
      context?.drawImage(small.bitmap, 0, 0);
      const drawn = context?.getImageData(0, 0, small.bitmap.width, small.bitmap.height).data ?? [];
      expect(farthest(drawn, stretched.data), entry.file).toBe(0);
      small.bitmap.close();
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  },
);

/** Largest difference of two pictures. */
function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return worst;
}
