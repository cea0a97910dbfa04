// Files that claim far more than they hold are refused by their header, with the size they claim, before anything is allocated: every format.
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { bits, dicomFile, encapsulated, image } from '../../support/dicom.ts';
import { losslessJpeg } from '../../support/jpeg-lossless.ts';
import { basicTags, tiffFile } from '../../support/tiff.ts';

const bytesOf = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const be32 = (n: number): number[] => [(n >>> 24) & 255, (n >> 16) & 255, (n >> 8) & 255, n & 255];
const le = (n: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(n / 256 ** i) & 255);
const box = (name: string, ...content: number[][]): number[] => {
  const all = content.flat();
  return [...be32(8 + all.length), ...Buffer.from(name, 'latin1'), ...all];
};
const chunk = (name: string, content: Uint8Array): Uint8Array => bytesOf(be32(content.length), name, content, be32(0));

const jpegFrame = (sof: number, precision: number): Uint8Array =>
  bytesOf(
    [0xff, 0xd8, 0xff, sof, 0, 11, precision, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0],
    [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0xff, 0xd9],
  );

const files: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['JPEG', jpegFrame(0xc0, 8), /65,535 × 65,535/],
  ['lossless JPEG', jpegFrame(0xc3, 16), /65,535 × 65,535/],
  ['JPEG of 12 bits', jpegFrame(0xc2, 12), /65,535 × 65,535/],
  [
    'PNG',
    bytesOf(
      '\x89PNG\r\n\x1a\n',
      chunk('IHDR', bytesOf(be32(60_000), be32(60_000), [8, 0, 0, 0, 0])),
      chunk('IDAT', deflateSync(new Uint8Array(60_000))),
    ),
    /60,000 × 60,000/,
  ],
  [
    'GIF',
    bytesOf(
      'GIF89a',
      le(65_535, 2),
      le(65_535, 2),
      [0, 0, 0],
      '\x2c',
      le(0, 4),
      le(65_535, 2),
      le(65_535, 2),
      [0, 2, 0, 0x3b],
    ),
    /65,535 × 65,535/,
  ],
  [
    'WebP',
    bytesOf('RIFF', le(22, 4), 'WEBPVP8X', le(10, 4), [0, 0, 0, 0], le(16_383, 3), le(16_383, 3)),
    /16,384 × 16,384/,
  ],
  [
    'BMP',
    bytesOf(
      'BM',
      le(200, 4),
      le(0, 4),
      le(54, 4),
      le(40, 4),
      le(50_000, 4),
      le(50_000, 4),
      le(1, 2),
      le(24, 2),
      le(0, 24),
      [0, 0],
    ),
    /50,000 × 50,000/,
  ],
  [
    'AVIF',
    bytesOf(
      box('ftyp', [...Buffer.from('avif')], be32(0)),
      box(
        'meta',
        be32(0),
        box('pitm', be32(0), [0, 1]),
        box(
          'iprp',
          box('ipco', box('ispe', be32(0), be32(60_000), be32(60_000))),
          box('ipma', be32(0), be32(1), [0, 1, 1, 1]),
        ),
      ),
    ),
    /60,000 × 60,000/,
  ],
  ['PGM', bytesOf('P5 99999 99999 255\n', [1, 2, 3]), /99,999 × 99,999/],
  ['PGM in text', bytesOf('P2 99999 99999 255\n1 2 3'), /99,999 × 99,999/],
  ['TIFF', tiffFile([{ tags: basicTags(60_000, 60_000), segments: [new Uint8Array(9)] }]), /60,000 × 60,000/],
];

test.each(files)('%s is refused with the size that it claims', async (_, bytes, size) => {
  const before = process.memoryUsage().arrayBuffers;
  const file = new Blob([new Uint8Array(bytes)]);
  await expect(decode(file, {})).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(size) });
  await expect(decode(file, {})).rejects.toThrow(/over the limit of 100 million/);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
});

test('the limit is the one that is given', async () => {
  const file = new Blob([new Uint8Array(bytesOf('P5 20 20 255\n', new Uint8Array(400)))]);
  await expect(decode(file, {}, { maxPixels: 399 })).rejects.toMatchObject({ code: 'too-large' });
  expect((await decode(file, {}, { maxPixels: 400 })).width).toBe(20);
});

test('a DICOM frame of an honest size with a codestream of another one is refused', async () => {
  const native = dicomFile('1.2.840.10008.1.2.1', { ...image(60_000, 60_000, bits(8)), '7fe00010': ['OB', [1, 2]] });
  await expect(decode(native, {})).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/60,000 × 60,000/),
  });
  const codestream = losslessJpeg([1, 2, 3, 4], { width: 2, height: 2, channels: 1, precision: 8, predictor: 1 });
  const at = codestream.findIndex((byte, i) => byte === 0xff && codestream[i + 1] === 0xc3);
  codestream.set([0xff, 0xff, 0xff, 0xff], at + 5);
  const lying = dicomFile('1.2.840.10008.1.2.4.70', image(2, 2), encapsulated([codestream]));
  await expect(decode(lying, {})).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/65535 × 65535/),
  });
});

test('an empty file is refused as what it is, and one of zeros too', async () => {
  await expect(decode(new Blob([]), {})).rejects.toThrow('The file is empty: it has zero bytes.');
  await expect(decode(new Blob([new Uint8Array(500)]), {})).rejects.toThrow(/zero bytes only/);
});
