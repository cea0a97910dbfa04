// The table of formats: content decides, and what is not read says why.
import { describe, expect, test } from 'vitest';
import { DECODERS } from '../../../src/pixels/decoders.ts';
import { entryOf, FORMATS, sniffFormat } from '../../../src/pixels/formats.ts';
import { checkFileSize, checkPixels } from '../../../src/pixels/limits.ts';
import { turnUpright } from '../../../src/pixels/orient.ts';

const head = (start: string, length = 256): Uint8Array =>
  Uint8Array.from({ length: Math.max(length, start.length) }, (_, i) => (i < start.length ? start.charCodeAt(i) : 1));

describe('the table of formats', () => {
  test.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
    ['BM', 'bmp'],
    ['GIF87a', 'gif'],
    ['GIF89a', 'gif'],
    ['\0\0\0\x1cftypavif\0\0\0\0mif1miaf', 'avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypisom\0\0\0\0isommp42', 'unknown'],
    ['\xff\x0a', 'jpeg-xl'],
    ['\0\0\0\x0cJXL \r\n\x87\n', 'jpeg-xl'],
    ['\0\0\0\x0cjP  \r\n\x87\n', 'jpeg-2000'],
    ['\xff\x4f\xff\x51', 'jpeg-2000'],
    ['II*\0', 'tiff'],
    ['MM\0*', 'tiff'],
    ['II+\0', 'tiff'],
    [`${'\0'.repeat(128)}DICM`, 'dicom'],
    [`II*\0${'\0'.repeat(124)}DICM`, 'dicom'],
    ['\x02\0\0\0UL\x04\0\xc0\0\0\0\x02\0\x01\0OB', 'dicom'],
    ['\x08\0\x05\0CS\x0a\0ISO_IR 100\x08\0\x16\0UI', 'dicom'],
    ['\0\x08\0\x05CS\0\x0aISO_IR 100\0\x08\0\x16UI', 'dicom'],
    ['\x08\0\x05\0\x0a\0\0\0ISO_IR 100\x08\0\x16\0', 'dicom'],
    ['\x08\0\x05\0\x0a\0\0\0ISO_IR 100\x08\0\x04\0', 'unknown'], // elements in the wrong order
    ['\x08\0\x05\0CS\xff\x7f', 'unknown'],
    ['P5\n12 3', 'pnm'],
    ['P7\n', 'pnm'],
    ['P9\n', 'unknown'],
    ['\0\0\x01\0\x01\0\x10\x10\x00\0', 'ico'],
    ['\xef\xbb\xbf\n<svg xmlns=', 'svg'],
    ['<?xml version="1.0"?>\n<!-- drawn --><svg>', 'svg'],
    ['<!DOCTYPE html><html>', 'unknown'],
    ['PK\x03\x04', 'unknown'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'unknown'],
  ])('takes %j for %s', (start, format) => {
    expect(sniffFormat(head(start))).toBe(format);
  });

  test('does not take short or empty files for anything', () => {
    for (const start of ['', '\xff', '\xff\xd8', '\x89PN', 'RIFF']) expect(sniffFormat(head(start, 0))).toBe('unknown');
  });

  test('loads a decoder or gives a reason, never both and never neither', () => {
    for (const { format, details, reason } of [...FORMATS, entryOf(head('nothing known'))]) {
      expect(details === undefined).toBe(reason !== undefined);
      if (details) expect(DECODERS[format]).toBeDefined();
      if (reason !== undefined) expect(reason).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('says what a file is that stands in for a picture', () => {
    const reason = (start: string, length?: number): string => entryOf(head(start, length)).reason ?? '';
    expect(reason('version https://git-lfs.github.com/spec/v1\noid sha256:')).toMatch(/git lfs pull/);
    expect(reason('\0\x05\x16\x07')).toMatch(/macOS/);
    expect(reason('<html>')).toMatch(/web page/);
    expect(reason('\0'.repeat(256))).toMatch(/zero bytes/);
    expect(reason('hello')).toMatch(/no image format/);
  });
});

describe('limits', () => {
  test('name the size that is over them', () => {
    expect(() => checkPixels(20_000, 5000, 1e8)).not.toThrow();
    expect(() => checkPixels(20_000, 5001, 1e8)).toThrow(
      expect.objectContaining({ code: 'too-large', message: expect.stringContaining('20,000 × 5,001') }),
    );
    expect(() => checkPixels(0, 5, 1e8)).toThrow(expect.objectContaining({ code: 'unreadable' }));
    expect(() => checkFileSize(new Blob([]))).toThrow(
      expect.objectContaining({ code: 'unreadable', message: expect.stringContaining('zero bytes') }),
    );
    const huge = Object.defineProperty(new Blob(['x']), 'size', { value: 3e9 });
    expect(() => checkFileSize(huge)).toThrow(
      expect.objectContaining({ code: 'too-large', message: expect.stringContaining('3.0 GB') }),
    );
  });
});

describe('turning upright', () => {
  // 3 × 2 pixels: 1 2 3 / 4 5 6, each number a pixel's red; the wanted results by the definition of the tag (EXIF 2.32)
  const data = new Uint8ClampedArray([1, 2, 3, 4, 5, 6].flatMap((v) => [v, 0, 0, 255]));
  test.each([
    [1, 3, [1, 2, 3, 4, 5, 6]],
    [2, 3, [3, 2, 1, 6, 5, 4]],
    [3, 3, [6, 5, 4, 3, 2, 1]],
    [4, 3, [4, 5, 6, 1, 2, 3]],
    [5, 2, [1, 4, 2, 5, 3, 6]],
    [6, 2, [4, 1, 5, 2, 6, 3]],
    [7, 2, [6, 3, 5, 2, 4, 1]],
    [8, 2, [3, 6, 2, 5, 1, 4]],
  ])('undoes orientation %d', (orientation, width, reds) => {
    const upright = turnUpright(data, 3, 2, orientation);
    expect([upright.width, upright.height]).toEqual([width, 6 / width]);
    expect(Array.from({ length: 6 }, (_, i) => upright.data[4 * i])).toEqual(reds);
  });
});
