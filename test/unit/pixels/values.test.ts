// What a deep picture's values are told to be: the same units as its window, in every format, and nothing unless it is asked for.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode as decodeDicom } from '../../../src/pixels/dicom/decode.ts';
import { decode as decodePnm } from '../../../src/pixels/pnm/decode.ts';
import { decode as decodeTiff } from '../../../src/pixels/tiff/decode.ts';
import type { Decoder, FrameView } from '../../../src/pixels/types.ts';
import { bits, dicomFile, type Elements, image } from '../../support/dicom.ts';
import { basicTags, packBits, tiffFile } from '../../support/tiff.ts';

const values = async (decode: Decoder, file: Blob, view: FrameView = {}, measure = true) =>
  (await decode(file, view, { head: new Uint8Array(), maxPixels: 1e6, measure })).facts.values;

const pgm = (samples: number[], maxval = 65_535): Blob =>
  new Blob([`P2 ${samples.length} 1 ${maxval} ${samples.join(' ')}`]);
const tiff = (samples: number[], depth = 16): Blob =>
  new Blob([
    tiffFile(
      [{ tags: basicTags(samples.length, 1, { 258: [depth] }), segments: [packBits(samples, depth, samples.length)] }],
      { bigEndian: true },
    ),
  ]);
/** A CT slice of one row: stored values, 1024 above what they mean. */
const ct = (samples: number[], more: Elements = {}): Blob =>
  dicomFile('1.2.840.10008.1.2.1', {
    ...image(1, samples.length, { ...bits(16), '7fe00010': ['OW', samples] }),
    '00281052': ['DS', '-1024'],
    '00281053': ['DS', '1'],
    ...more,
  });

test('a 16-bit TIFF or PGM tells its smallest and largest value, and what it could hold', async () => {
  const samples = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 2, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(samples, async (given) => {
      const [low, high] = [Math.min(...given), Math.max(...given)];
      fc.pre(low < high);
      for (const found of [await values(decodeTiff, tiff(given)), await values(decodePnm, pgm(given))]) {
        expect(found).toMatchObject({ found: { low, high }, declared: { low: 0, high: 65_535 } });
        expect(found?.shown).toEqual({ center: 32_767.5, width: 65_535 });
      }
    }),
    { numRuns: 30 },
  );
});

test('a picture of 8 bits, and one that nobody asks about, tells nothing', async () => {
  expect(await values(decodePnm, pgm([1, 2], 255))).toBeUndefined();
  expect(await values(decodeTiff, tiff([1, 2], 8))).toBeUndefined();
  expect(await values(decodeTiff, tiff([1, 2]), {}, false)).toBeUndefined();
  expect(await values(decodeDicom, ct([1, 2]), {}, false)).toBeUndefined();
});

test('what is shown follows the rule of the view', async () => {
  expect((await values(decodeTiff, tiff([100, 300]), { range: 'file' }))?.shown).toEqual({ center: 200, width: 200 });
  expect((await values(decodePnm, pgm([5, 6]), { range: { low: 0, high: 10 } }))?.shown).toEqual({
    center: 5,
    width: 10,
  });
});

test('one hot pixel in a thousand is not in the bulk', async () => {
  const samples = [...Array.from({ length: 999 }, (_, i) => i % 100), 65_535];
  const measured = await values(decodePnm, pgm(samples));
  expect(measured?.found.high).toBe(65_535);
  expect(measured?.bulk.high).toBeLessThan(200);
});

test('of DICOM values are rescaled, and the window is the one that the file or the view names', async () => {
  const slice = [0, 1024, 1424, 2024];
  const windowed: Elements = { '00281050': ['DS', '40'], '00281051': ['DS', '400'] };
  const own = await values(decodeDicom, ct(slice, windowed));
  expect(own).toMatchObject({ found: { low: -1024, high: 1000 }, shown: { center: 40, width: 400 } });
  expect(own?.declared).toBeUndefined();
  const chosen = await values(decodeDicom, ct(slice, windowed), { window: { center: -600, width: 1500 } });
  expect(chosen?.shown).toEqual({ center: -600, width: 1500 });
  expect((await values(decodeDicom, ct(slice)))?.shown).toEqual({ center: -12, width: 2024 });
});

test('where a table of the file decides, no window is told', async () => {
  const table: Elements = {
    '00283010': ['SQ', [{ '00283002': ['US', [4, 0, 8]], '00283006': ['US', [0, 10, 20, 255]] }]],
  };
  const measured = await values(decodeDicom, ct([1024, 1025], table));
  expect(measured?.found).toEqual({ low: 0, high: 1 });
  expect(measured?.shown).toBeUndefined();
});
