// Headers are read without decoding: sizes, depth, orientation, and reasons where a file cannot be shown.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sniffFormat } from '../../../src/pixels/formats.ts';
import { isNative, readHeader } from '../../../src/pixels/header/read.ts';
import type { Header, NativeFormat } from '../../../src/pixels/header/types.ts';

const bytes = (...parts: (number | string | number[])[]): number[] =>
  parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part));
const u16 = (v: number): number[] => [v >> 8, v & 255];
const u32 = (v: number): number[] => [...u16(v >>> 16), ...u16(v & 0xffff)];
const little = (big: number[]): number[] => [...big].reverse();

/** Reads a header with so many first bytes at hand. */
async function read(format: NativeFormat, content: number[], headBytes = content.length): Promise<Header> {
  const all = Uint8Array.from(content);
  return readHeader(new Blob([all]), format, all.subarray(0, headBytes));
}

/** EXIF data with an orientation, in either byte order. */
function exif(orientation: number, order: 'II' | 'MM' = 'MM'): number[] {
  const [two, four] = order === 'MM' ? [u16, u32] : [(v: number) => little(u16(v)), (v: number) => little(u32(v))];
  const make = [two(0x010f), two(2), four(4), bytes('abc\0')].flat();
  const turn = [two(0x0112), two(3), four(1), two(orientation), two(0)].flat();
  return bytes(order, two(42), four(8), two(2), make, turn, four(0));
}

const segment = (marker: number, content: number[]): number[] => bytes(0xff, marker, u16(content.length + 2), content);
const frame = (marker: number, bits: number, width: number, height: number, channels = 3): number[] =>
  segment(marker, bytes(bits, u16(height), u16(width), channels, Array(channels * 3).fill(1)));
const scan = segment(0xda, Array(10).fill(0));
const jpeg = (...segments: number[][]): number[] => bytes(0xff, 0xd8, segments.flat(), scan);

describe('JPEG headers', () => {
  test.each([
    ['baseline', 0xc0],
    ['progressive', 0xc2],
    ['arithmetic', 0xc9],
  ])('of %s files give size, depth and channels', async (_, marker) => {
    expect(await read('jpeg', jpeg(frame(marker, 8, 640, 480)))).toEqual({
      width: 640,
      height: 480,
      bits: 8,
      channels: 3,
      frames: 1,
      alpha: false,
    });
  });

  test.each(['II', 'MM'] as const)('give the upright size by EXIF orientation, %s', async (order) => {
    const upright = await read(
      'jpeg',
      jpeg(segment(0xe1, bytes('Exif\0\0', exif(6, order))), frame(0xc0, 8, 640, 480)),
    );
    expect(upright).toMatchObject({ width: 480, height: 640, orientation: 6 });
    const mirrored = await read(
      'jpeg',
      jpeg(frame(0xc0, 8, 640, 480), segment(0xe1, bytes('Exif\0\0', exif(2, order)))),
    );
    expect(mirrored).toMatchObject({ width: 640, height: 480, orientation: 2 });
  });

  test.each([0, 9])('ignore orientation %d', async (orientation) => {
    const header = await read(
      'jpeg',
      jpeg(segment(0xe1, bytes('Exif\0\0', exif(orientation))), frame(0xc0, 8, 640, 480)),
    );
    expect(header).toMatchObject({ width: 640, height: 480 });
    expect(header.orientation).toBeUndefined();
  });

  test('ignore EXIF data that point outside of themselves', async () => {
    const broken = bytes('Exif\0\0MM', u16(42), u32(0xfffffff0));
    expect(await read('jpeg', jpeg(segment(0xe1, broken), frame(0xc0, 8, 4, 3)))).toMatchObject({
      width: 4,
      height: 3,
    });
  });

  test('are found behind large profiles, by reading on', async () => {
    const profile = segment(0xe2, Array(60_000).fill(7));
    expect(await read('jpeg', jpeg(profile, profile, frame(0xc2, 8, 31, 17)), 1000)).toMatchObject({
      width: 31,
      height: 17,
    });
  });

  test.each([
    ['lossless', 0xc3, 16],
    ['extended of 12 bits', 0xc1, 12],
    ['progressive of 12 bits', 0xc2, 12],
  ])('say that browsers do not decode what is %s', async (_, sof, precision) => {
    expect(await read('jpeg', jpeg(frame(sof, precision, 5, 4)))).toMatchObject({
      width: 5,
      bits: precision,
      ours: true,
    });
    expect((await read('jpeg', jpeg(frame(0xc2, 8, 5, 4)))).ours).toBeUndefined();
  });

  test.each([
    ['16 bits', jpeg(frame(0xc1, 16, 4, 4)), 'unsupported', /16 bits/],
    ['lossless arithmetic', jpeg(frame(0xcb, 8, 4, 4)), 'unsupported', /[Ll]ossless/],
    ['hierarchical', jpeg(frame(0xc5, 8, 4, 4)), 'unsupported', /[Hh]ierarchical/],
    ['no frame', jpeg(), 'unreadable', /no frame header/],
    ['an impossible segment', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 1), 'unreadable', /damaged/],
    ['a cut header', jpeg(frame(0xc0, 8, 4, 4)).slice(0, 12), 'unreadable', /cut off/],
  ])('refuse %s with the reason', async (_, content, code, message) => {
    await expect(read('jpeg', content)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

const chunk = (name: string, content: number[]): number[] => bytes(u32(content.length), name, content, u32(0));
const ihdr = (width: number, height: number, bits: number, type: number): number[] =>
  chunk('IHDR', bytes(u32(width), u32(height), bits, type, 0, 0, 0));
const png = (...chunks: number[][]): number[] => bytes(0x89, 'PNG\r\n', 0x1a, '\n', chunks.flat(), chunk('IDAT', [0]));

describe('PNG headers', () => {
  test('give size, depth, channels and transparency', async () => {
    expect(await read('png', png(ihdr(300, 20, 16, 6)))).toEqual({
      width: 300,
      height: 20,
      bits: 16,
      channels: 4,
      frames: 1,
      alpha: true,
    });
    expect(await read('png', png(ihdr(300, 20, 8, 2)))).toMatchObject({ channels: 3, alpha: false });
    expect(await read('png', png(ihdr(300, 20, 2, 3), chunk('tRNS', [0])))).toMatchObject({
      bits: 2,
      channels: 1,
      alpha: true,
    });
  });

  test('give the upright size by eXIf, and no frame count for animations', async () => {
    const header = await read(
      'png',
      png(ihdr(300, 20, 8, 2), chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]), chunk('eXIf', exif(8))),
    );
    expect(header).toMatchObject({ width: 20, height: 300, orientation: 8 });
    expect(header.frames).toBeUndefined();
  });

  test.each([
    ['CgBI', bytes(0x89, 'PNG\r\n', 0x1a, '\n', chunk('CgBI', [0, 0, 0, 0])), 'unsupported', /iPhone/],
    ['a depth that does not exist', png(ihdr(1, 1, 5, 2)), 'unreadable', /5 bits/],
    ['a file that ends behind its header', png(ihdr(1, 1, 8, 2)).slice(0, 33), 'unreadable', /cut off/],
    ['no pixel data', bytes(png(ihdr(1, 1, 8, 2)).slice(0, 33), chunk('IEND', [])), 'unreadable', /no pixel data/],
  ])('refuse %s with the reason', async (_, content, code, message) => {
    await expect(read('png', content)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

const riff = (...chunks: number[][]): number[] =>
  bytes('RIFF', little(u32(4 + chunks.flat().length)), 'WEBP', chunks.flat());
const webpChunk = (name: string, content: number[]): number[] =>
  bytes(name, little(u32(content.length)), content, content.length & 1 ? [0] : []);
const vp8 = webpChunk('VP8 ', bytes(0, 0, 0, 0x9d, 0x01, 0x2a, little(u16(0x4000 | 176)), little(u16(144))));
const vp8x = (flags: number, width: number, height: number): number[] =>
  webpChunk('VP8X', bytes(flags, 0, 0, 0, little(u32(width - 1)).slice(0, 3), little(u32(height - 1)).slice(0, 3)));

describe('WebP headers', () => {
  test('of lossy, lossless and extended files give the size', async () => {
    expect(await read('webp', riff(vp8))).toMatchObject({ width: 176, height: 144, alpha: false, frames: 1 });
    const packed = (299 | (19 << 14) | (1 << 28)) >>> 0;
    expect(await read('webp', riff(webpChunk('VP8L', bytes(0x2f, little(u32(packed))))))).toMatchObject({
      width: 300,
      height: 20,
      channels: 4,
    });
    expect(await read('webp', riff(vp8x(0x10, 70_000, 3), vp8))).toMatchObject({
      width: 70_000,
      height: 3,
      alpha: true,
    });
  });

  test.each([
    ['without', exif(5, 'II')],
    ['with', bytes('Exif\0\0', exif(5, 'II'))],
  ])('give the orientation of an EXIF chunk behind the picture, %s prefix', async (_, content) => {
    const file = riff(vp8x(0x08, 41, 29), vp8, webpChunk('EXIF', content));
    expect(await read('webp', file, 40)).toMatchObject({ width: 29, height: 41, orientation: 5 });
    expect(await read('webp', file.slice(0, -20))).toMatchObject({ width: 41, height: 29 }); // cut off within it
  });

  test('refuse what is no key frame', async () => {
    await expect(read('webp', riff(webpChunk('VP8 ', Array(10).fill(1))))).rejects.toMatchObject({
      code: 'unreadable',
    });
  });
});

const bmp = (header: number[]): number[] => bytes('BM', Array(8).fill(0), little(u32(54)), header, Array(64).fill(0));
const info = (width: number, height: number, bits: number, compression = 0, size = 40): number[] =>
  bytes(
    little(u32(size)),
    little(u32(width)),
    little(u32(height)),
    little(u16(1)),
    little(u16(bits)),
    little(u32(compression)),
    Array(20).fill(0),
  );

describe('BMP headers', () => {
  test('of OS/2 and Windows give the size, top-down or not, and the bits of a sample', async () => {
    const core = bytes(little(u32(12)), little(u16(300)), little(u16(20)), little(u16(1)), little(u16(4)));
    expect(await read('bmp', bmp(core))).toMatchObject({ width: 300, height: 20, bits: 4, channels: 1, alpha: false });
    expect(await read('bmp', bmp(info(300, -20, 24)))).toMatchObject({ width: 300, height: 20, bits: 8, channels: 3 });
  });

  test('tell where a wrapped JPEG or PNG begins', async () => {
    expect(await read('bmp', bmp(info(3, 2, 0, 4)))).toMatchObject({ embedded: { format: 'jpeg', at: 54 } });
    expect(await read('bmp', bmp(info(3, 2, 0, 5)))).toMatchObject({ embedded: { format: 'png', at: 54 } });
  });

  test.each([
    ['OS/2 Huffman coding', info(3, 2, 1, 3, 64), 'unsupported', /Huffman/],
    ['unknown compressions', info(3, 2, 24, 99), 'unsupported', /compression 99/],
    ['negative widths', info(-3, 2, 24), 'unreadable', /width of -3/],
    ['7 bits a pixel', info(3, 2, 7), 'unreadable', /7 bits/],
    ['headers of another form', info(3, 2, 24, 0, 3), 'unreadable', /unknown form/],
  ])('refuse %s with the reason', async (_, header, code, message) => {
    await expect(read('bmp', bmp(header))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

const box = (name: string, ...content: number[][]): number[] =>
  bytes(u32(8 + content.flat().length), name, content.flat());

describe('headers of other formats', () => {
  test('GIF: the size of the logical screen, or of a first frame that reaches beyond it', async () => {
    const gif = (frame: number[]): number[] => {
      const screen = bytes('GIF89a', little(u16(300)), little(u16(20)), 0x80, 0, 0, Array(6).fill(0)); // two colours
      return bytes(
        screen,
        0x21,
        0xf9,
        4,
        [0, 0, 0, 0],
        0,
        0x2c,
        frame.flatMap((v) => little(u16(v))),
      );
    };
    expect(await read('gif', gif([0, 0, 300, 20]), 20)).toMatchObject({ width: 300, height: 20 });
    expect(await read('gif', gif([10, 5, 300, 10]))).toMatchObject({ width: 310, height: 20 });
  });

  test('AVIF: size and turn of the primary item', async () => {
    const ispe = (width: number, height: number): number[] => box('ispe', u32(0), u32(width), u32(height));
    const properties = box('ipco', ispe(8, 8), ispe(300, 20), box('irot', [3]), box('pixi', u32(0), [3, 10, 10, 10]));
    const links = box('ipma', u32(0), u32(2), u16(1), [1, 1], u16(2), [3, 2, 0x83, 4]);
    const meta = box('meta', u32(0), box('pitm', u32(0), u16(2)), box('iprp', properties, links));
    const file = bytes(box('ftyp', bytes('avif', u32(0))), meta, box('mdat', [0]));
    expect(sniffFormat(Uint8Array.from(file))).toBe('avif');
    expect(await read('avif', file, 40)).toEqual({ width: 20, height: 300, channels: 3, bits: 10, alpha: false });
  });

  test('AVIF: where the EXIF data lie, whatever the form of their item', async () => {
    const properties = box(
      'iprp',
      box('ipco', box('ispe', u32(0), u32(3), u32(2))),
      box('ipma', u32(0), u32(1), u16(1), [1, 1]),
    );
    const info = (id: number, name: string): number[] => box('infe', [2, 0, 0, 0], u16(id), u16(0), bytes(name), [0]);
    const infos = box('iinf', u32(0), u16(2), info(1, 'av01'), info(7, 'Exif'));
    const plain = box(
      'iloc',
      u32(0),
      [0x44, 0],
      u16(2),
      u16(1),
      u16(0),
      u16(1),
      u32(50),
      u32(9),
      u16(7),
      u16(0),
      u16(1),
      u32(900),
      u32(30),
    );
    // version 1: a construction method each; a base of four bytes, offsets of four, lengths of four
    const based = box(
      'iloc',
      bytes([1, 0, 0, 0], [0x44, 0x40], u16(1)),
      bytes(u16(7), u16(0), u16(0), u32(800), u16(1), u32(100), u32(30)),
    );
    const elsewhere = box(
      'iloc',
      bytes([1, 0, 0, 0], [0x44, 0], u16(1)),
      bytes(u16(7), u16(1), u16(0), u16(1), u32(100), u32(30)),
    );
    for (const [places, exif] of [
      [plain, { at: 904, length: 26 }],
      [based, { at: 904, length: 26 }],
      [elsewhere, undefined],
    ] as const) {
      const meta = box('meta', u32(0), box('pitm', u32(0), u16(1)), infos, places, properties);
      const file = bytes(box('ftyp', bytes('avif', u32(0))), meta);
      expect((await read('avif', file)).exif).toEqual(exif);
    }
  });

  test('JPEG XL: sizes written out, as multiples of 8, or by ratio', async () => {
    /** Packs [value, bits] pairs, least significant bit first. */
    const pack = (...fields: [number, number][]): number[] => {
      const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
      return Array.from({ length: Math.ceil(bits.length / 8) + 4 }, (_, i) =>
        bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, k) => sum + (bit << k), 0),
      );
    };
    const written = bytes(0xff, 0x0a, pack([0, 1], [1, 2], [1999, 13], [0, 3], [0, 2], [299, 9], [1, 1]));
    expect(await read('jpeg-xl', written)).toMatchObject({ width: 300, height: 2000 });
    const turned = bytes(0xff, 0x0a, pack([1, 1], [3, 5], [3, 3], [0, 1], [1, 1], [5, 3]));
    expect(await read('jpeg-xl', turned)).toMatchObject({ width: 32, height: 42, orientation: 6 }); // 4:3 of 32 rows
    const boxed = bytes(
      u32(12),
      'JXL ',
      0x0d,
      0x0a,
      0x87,
      0x0a,
      box('ftyp', bytes('jxl ', u32(0))),
      box('jxlp', u32(0), written),
    );
    expect(await read('jpeg-xl', boxed)).toMatchObject({ width: 300, height: 2000 });
  });
});

const corpora = '../shared/corpora';
describe.skipIf(!existsSync(`${corpora}/jpeg/index.jsonl`))('headers of the corpora', () => {
  test.each(['jpeg', 'png', 'webp', 'bmp', 'gif-avif'])(
    'agree with the oracle for every tier A file of %s',
    async (corpus) => {
      const wrong: string[] = [];
      for (const line of readFileSync(`${corpora}/${corpus}/index.jsonl`, 'utf8').trim().split('\n')) {
        const { file, tier, format, expect: expected, exif: fields } = JSON.parse(line);
        if (tier !== 'A') continue;
        const content = readFileSync(`${corpora}/${corpus}/${file}`);
        const head = content.subarray(0, 512);
        const sniffed = sniffFormat(head);
        if (sniffed !== format) wrong.push(`${file}: ${sniffed} and not ${format}`);
        if (!isNative(sniffed)) continue;
        const header = await readHeader(new Blob([content]), sniffed, head);
        if (header.width !== expected.width || header.height !== expected.height) {
          wrong.push(`${file}: ${header.width} x ${header.height}, not ${expected.width} x ${expected.height}`);
        }
        // 1 changes nothing: the oracle takes it from XMP too
        const stored = fields?.orientation >= 1 && fields.orientation <= 8 ? fields.orientation : 1;
        if (sniffed !== 'avif' && (header.orientation ?? 1) !== stored)
          wrong.push(`${file}: orientation ${header.orientation}, not ${stored}`);
      }
      expect(wrong).toEqual([]);
    },
  );
});
