// Portable anymaps against the corpus where it is there, and the rules of the format on small files of our own.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/pnm/decode.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpora/pnm/', import.meta.url));

async function rgbOf(content: string | Uint8Array<ArrayBuffer>): Promise<number[]> {
  const { data } = await decode(new Blob([content]), {}, { head: new Uint8Array(), maxPixels: 1e8 });
  return [...data].filter((_, i) => i % 4 !== 3);
}

describe('rules of the format', () => {
  test('a bitmap has 1 for black, with or without spaces between the digits', async () => {
    expect(await rgbOf('P1 2 1 0 1')).toEqual([255, 255, 255, 0, 0, 0]);
    expect(await rgbOf('P1\n2 1\n01')).toEqual([255, 255, 255, 0, 0, 0]);
  });
  test('comments may stand anywhere in the header', async () => {
    expect(await rgbOf('P2 # a\n1 # b\n1 # c\n4 # d\n2')).toEqual([128, 128, 128]);
  });
  test('one white space ends the header, so that a raster may begin with #', async () => {
    expect(await rgbOf('P5 1 1 255\n#')).toEqual([35, 35, 35]);
  });
  test('samples of two bytes have the more significant first and are scaled by the maxval', async () => {
    expect(await rgbOf(Uint8Array.of(...new TextEncoder().encode('P5 1 1 1000\n'), 1, 244))).toEqual([128, 128, 128]);
  });
  test('a view may stretch the range of a deep picture', async () => {
    const file = new Blob(['P2 2 1 65535 100 200']);
    const { data } = await decode(file, { range: 'file' }, { head: new Uint8Array(), maxPixels: 100 });
    expect([data[0], data[4]]).toEqual([0, 255]);
  });
  test('a file that is cut off shows what is there and says so', async () => {
    const { data, facts } = await decode(new Blob(['P2 1 2 255 7']), {}, { head: new Uint8Array(), maxPixels: 100 });
    expect([data[0], data[4]]).toEqual([7, 0]);
    expect(facts.warning).toMatch(/1 of 2 rows/);
  });
  test.each([
    ['P5 1 1 0\n.', /“0” as maximum value/],
    ['P5 0 1 255\n.', /“0” as width/],
    ['P5 ten 1 255\n.', /“ten” as width/],
    ['P7\nWIDTH 1\n', /ENDHDR/],
    ['P6 9 9 255\n', /no pixels/],
    ['Pf 1 1 -1\n', /Floating-point/],
    ['P5 99999 99999 255\n.', /over the limit/],
  ])('%j is refused with a reason', async (content, reason) => {
    await expect(rgbOf(content)).rejects.toThrow(reason);
  });
});

interface Entry {
  file: string;
  tier: 'A' | 'B' | 'E' | 'X';
  format: string;
  tolerance?: { max_abs: number };
  expect?: { width: number; height: number; display: { sha256: string; mean_rgb: number[] } };
}

const entries: Entry[] = existsSync(`${corpus}index.jsonl`)
  ? readFileSync(`${corpus}index.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((entry) => /^p[bgpan]m$|pnm|pam/i.test(entry.format))
  : [];

describe.skipIf(entries.length === 0)('files of others', () => {
  test.each(entries.filter((e) => e.tier === 'A').map((e) => [e.file, e] as const))('%s', async (_, entry) => {
    const { data, width, height } = await decode(
      new Blob([readFileSync(corpus + entry.file)]),
      {},
      { head: new Uint8Array(), maxPixels: 1e8 },
    );
    expect([width, height]).toEqual([entry.expect?.width, entry.expect?.height]);
    const rgb = Uint8Array.from(data.filter((__, i) => i % 4 !== 3));
    if ((entry.tolerance?.max_abs ?? 0) === 0)
      expect(createHash('sha256').update(rgb).digest('hex')).toBe(entry.expect?.display.sha256);
    else
      for (const channel of [0, 1, 2]) {
        let sum = 0;
        for (let i = channel; i < rgb.length; i += 3) sum += rgb[i] ?? 0;
        expect(Math.abs((3 * sum) / rgb.length - (entry.expect?.display.mean_rgb[channel] ?? -1))).toBeLessThan(1);
      }
  });
  test.each(entries.filter((e) => e.tier === 'X').map((e) => e.file))('%s is refused with a reason', async (file) => {
    await expect(
      decode(new Blob([readFileSync(corpus + file)]), {}, { head: new Uint8Array(), maxPixels: 1e8 }),
    ).rejects.toMatchObject({ name: 'VitrineError' });
  });
});
