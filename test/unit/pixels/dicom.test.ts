// The rules of DICOM pixels on small files of our own: how frames are stored, and how stored values become what is seen.
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode as decodeFrame } from '../../../src/pixels/dicom/decode.ts';
import { expandSegments } from '../../../src/pixels/dicom/show/palette.ts';
import type { FrameView } from '../../../src/pixels/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import {
  bits,
  dataSet,
  dicomFile,
  type Elements,
  encapsulated,
  image,
  metaGroup,
  rleFrame,
} from '../../support/dicom.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG = '1.2.840.10008.1.2.2';
const RLE = '1.2.840.10008.1.2.5';

const decode = (file: Blob, view: FrameView = {}, maxPixels = 1e6) =>
  decodeFrame(file, view, { head: new Uint8Array(), maxPixels });

/** The red samples: the grey of a grey picture. */
async function grey(file: Blob, view?: FrameView): Promise<number[]> {
  const { data } = await decode(file, view);
  return [...data.filter((_, i) => i % 4 === 0)];
}
async function rgb(file: Blob): Promise<number[]> {
  const { data } = await decode(file);
  return [...data.filter((_, i) => i % 4 !== 3)];
}
/** One row of 16-bit samples. */
const row16 = (values: number[], more: Elements = {}): Elements =>
  image(1, values.length, { ...bits(16), '7fe00010': ['OW', values], ...more });
const window = (center: string, width: string, kind?: string): Elements => ({
  '00281050': ['DS', center],
  '00281051': ['DS', width],
  ...(kind === undefined ? {} : { '00281056': ['CS', kind] }),
});

describe('data sets', () => {
  const elements = row16([0, 100, 200, 300, 400]);
  const shown = [0, 64, 128, 191, 255];

  test.each([
    ['explicit little endian', dicomFile(EXPLICIT, elements)],
    ['implicit little endian', dicomFile(IMPLICIT, elements)],
    ['big endian', dicomFile(BIG, elements)],
    ['explicit without preamble and meta group', new Blob([dataSet({ '00080060': ['CS', 'OT'], ...elements })])],
    [
      'implicit where the meta group says explicit',
      new Blob([metaGroup(EXPLICIT), dataSet(elements, { explicit: false })]),
    ],
    ['explicit where the meta group says implicit', new Blob([metaGroup(IMPLICIT), dataSet(elements)])],
    ['deflated', new Blob([metaGroup(DEFLATED), deflateRawSync(dataSet(elements))])],
    ['deflated with a byte of padding', new Blob([metaGroup(DEFLATED), deflateRawSync(dataSet(elements)), '\0'])],
    ['called deflated, but not', new Blob([metaGroup(DEFLATED), dataSet(elements)])],
  ])('%s', async (_, file) => {
    expect(await grey(file)).toEqual(shown);
  });

  test('elements with the newest VRs do not stop the reader', async () => {
    const more: Elements = { '00189999': ['UV', new Uint8Array(8)], '0018999a': ['SV', new Uint8Array(16)] };
    expect(await grey(dicomFile(EXPLICIT, { ...elements, ...more }))).toEqual(shown);
  });
  test('pixel data of icons in sequences are not the picture', async () => {
    const icon = image(1, 1, { '7fe00010': ['OB', [9]] });
    expect(await grey(dicomFile(EXPLICIT, { ...elements, '00880200': ['SQ', [icon]] }))).toEqual(shown);
  });
  test('a header longer than the first read is read to its end, and the pixels after it only as far as needed', async () => {
    const file = dicomFile(EXPLICIT, { ...elements, '00091001': ['OB', new Uint8Array(300_000)] });
    expect(await grey(file)).toEqual(shown);
  });
});

describe('samples', () => {
  test('one bit: the first pixel is the least significant, frames begin at any bit', async () => {
    const file = dicomFile(
      EXPLICIT,
      image(1, 3, { ...bits(1), '00280008': ['IS', '3'], '7fe00010': ['OB', [0b01_100_001, 0b1]] }),
    );
    expect(await grey(file)).toEqual([255, 0, 0]);
    expect(await grey(file, { frame: 1 })).toEqual([0, 0, 255]);
    expect(await grey(file, { frame: 2 })).toEqual([255, 0, 255]);
  });
  test('bits above and below the stored ones are masked away', async () => {
    const low = dicomFile(EXPLICIT, row16([0xf000, 0x0fff], bits(16, 12)));
    expect(await grey(low, { range: { low: 0, high: 4095 } })).toEqual([0, 255]);
    const high = dicomFile(EXPLICIT, row16([0x000f, 0xffff], bits(16, 12, { high: 15 })));
    expect(await grey(high, { range: { low: 0, high: 4095 } })).toEqual([0, 255]);
  });
  test('signed samples are extended from their own sign bit', async () => {
    const file = dicomFile(EXPLICIT, row16([0x800, 0x7ff, 0], bits(16, 12, { signed: true })));
    expect(await grey(file, { range: { low: -2048, high: 2047 } })).toEqual([0, 255, 128]);
  });
  test.each([false, true])('32-bit samples, signed: %s', async (signed) => {
    const words = signed ? [0x8000_0000, 0x7fff_ffff] : [0, 0xffff_ffff];
    const bytes = new Uint8Array(Uint32Array.from(words).buffer);
    const file = dicomFile(EXPLICIT, image(1, 2, { ...bits(32, 32, { signed }), '7fe00010': ['OW', bytes] }));
    expect(await grey(file)).toEqual([0, 255]);
  });
  test('float and double pixel data; what is not finite is black', async () => {
    for (const [tag, vr] of [
      ['7fe00008', 'OF'],
      ['7fe00009', 'OD'],
    ] as const) {
      const file = dicomFile(EXPLICIT, image(1, 4, { [tag]: [vr, [-1, 0, 1, Number.NaN]] }));
      expect(await grey(file)).toEqual([0, 128, 255, 0]);
    }
  });
  test('8-bit samples in big-endian words are swapped, in bytes not', async () => {
    const file = (vr: string) => dicomFile(BIG, image(1, 2, { '7fe00010': [vr, Uint8Array.of(0, 255)] }));
    expect(await grey(file('OW'))).toEqual([255, 0]);
    expect(await grey(file('OB'))).toEqual([0, 255]);
  });
});

describe('grey', () => {
  test('slope and intercept come before the window', async () => {
    const more = {
      ...window('0', '200', 'LINEAR_EXACT'),
      '00281052': ['DS', '-1000'],
      '00281053': ['DS', '10'],
    } as const;
    expect(await grey(dicomFile(EXPLICIT, row16([90, 100, 110], more)))).toEqual([0, 128, 255]);
  });
  // PS3.3 C.11.2.1.2.1: c - 0.5 - (w-1)/2 and below is black, c - 0.5 + (w-1)/2 and above white
  test('a linear window ends where the standard says', async () => {
    expect(await grey(dicomFile(EXPLICIT, row16([0, 1, 127, 128, 255], window('128', '256'))))).toEqual([
      0, 1, 127, 128, 255,
    ]);
    expect(await grey(dicomFile(EXPLICIT, row16([9, 10, 11], window('10.5', '1'))))).toEqual([0, 0, 255]);
  });
  test('a sigmoid window is grey at its centre and never reaches its ends', async () => {
    const shown = await grey(dicomFile(EXPLICIT, row16([0, 100, 200], window('100', '400', 'SIGMOID'))));
    expect(shown).toEqual([69, 128, 186]); // 255 / (1 + e^±1)
  });
  test.each(['0', '-5', 'wide'])('a window of width %s is no window', async (width) => {
    expect(await grey(dicomFile(EXPLICIT, row16([7, 8], window('100', width))))).toEqual([0, 255]);
  });
  test('the first of several windows counts, and the view may bring its own', async () => {
    const file = dicomFile(EXPLICIT, row16([0, 50, 100], window('50\\10', '100\\4', 'LINEAR_EXACT')));
    expect(await grey(file)).toEqual([0, 128, 255]);
    expect(await grey(file, { window: { center: 25, width: 50, function: 'linear-exact' } })).toEqual([0, 255, 255]);
  });
  test('overlays are not drawn, in planes of their own or in unused bits', async () => {
    const plane: Elements = {
      ...{ '60000010': ['US', [1]], '60000011': ['US', [3]], '60000040': ['CS', 'G'], '60000050': ['SS', [1, 1]] },
      ...{ '60000100': ['US', [1]], '60000102': ['US', [0]], '60003000': ['OW', [7]] },
    };
    expect(
      await grey(dicomFile(EXPLICIT, row16([0, 50, 100], { ...window('50', '100', 'LINEAR_EXACT'), ...plane }))),
    ).toEqual([0, 128, 255]);
    const inBits: Elements = { ...bits(16, 12), '60000100': ['US', [16]], '60000102': ['US', [15]] };
    const row = row16([0x8000, 0x8000 + 2048, 4095], { ...inBits, ...window('2047.5', '4095', 'LINEAR_EXACT') });
    expect(await grey(dicomFile(EXPLICIT, row))).toEqual([0, 128, 255]);
  });
  test('MONOCHROME1 has white for the lowest value', async () => {
    expect(await grey(dicomFile(EXPLICIT, row16([1, 2], { '00280004': ['CS', 'MONOCHROME1'] })))).toEqual([255, 0]);
  });
  test('a constant frame is black', async () => {
    expect(await grey(dicomFile(EXPLICIT, row16([7, 7])))).toEqual([0, 0]);
  });
  test('a modality table maps values before anything else, its ends reach beyond it', async () => {
    const table = { '00283002': ['US', [3, 10, 16]], '00283006': ['US', [500, 0, 1000]] } as const;
    const file = dicomFile(EXPLICIT, row16([0, 10, 11, 12, 99], { '00283000': ['SQ', [table]] }));
    expect(await grey(file)).toEqual([128, 128, 0, 255, 255]);
  });
  test('a VOI table goes before a window, and its first value may be negative', async () => {
    const table = { '00283002': ['SS', [2, 0xffff, 8]], '00283006': ['OW', [10, 200]] } as const;
    const more = { ...bits(16, 16, { signed: true }), ...window('0', '1'), '00283010': ['SQ', [table]] } as const;
    expect(await grey(dicomFile(EXPLICIT, row16([0xffff, 0, 5], more)))).toEqual([10, 200, 200]);
  });
  test('windows and slopes of enhanced files are those of the frame, else those of all frames', async () => {
    const voi = (center: string) => ({ '00289132': ['SQ', [window(center, '2', 'LINEAR_EXACT')]] }) as const;
    const file = dicomFile(
      EXPLICIT,
      image(1, 1, {
        ...bits(16),
        '00280008': ['IS', '2'],
        '52009229': ['SQ', [{ '00289145': ['SQ', [{ '00281052': ['DS', '0'], '00281053': ['DS', '2'] }]] }]],
        '52009230': ['SQ', [voi('20'), voi('21')]],
        '7fe00010': ['OW', [10, 10]],
      }),
    );
    expect(await grey(file)).toEqual([128]);
    expect(await grey(file, { frame: 1 })).toEqual([0]);
  });
});

describe('colours', () => {
  const colour = (photometric: string, values: number[], more: Elements = {}): Elements =>
    image(1, 2, { '00280002': ['US', [3]], '00280004': ['CS', photometric], '7fe00010': ['OB', values], ...more });

  test('pixel by pixel and plane by plane', async () => {
    expect(await rgb(dicomFile(EXPLICIT, colour('RGB', [1, 2, 3, 4, 5, 6])))).toEqual([1, 2, 3, 4, 5, 6]);
    const planes = colour('RGB', [1, 2, 3, 4, 5, 6], { '00280006': ['US', [1]] });
    expect(await rgb(dicomFile(EXPLICIT, planes))).toEqual([1, 3, 5, 2, 4, 6]);
  });
  test('YBR_FULL is full-range BT.601', async () => {
    const file = dicomFile(EXPLICIT, colour('YBR_FULL', [76, 85, 255, 255, 128, 128]));
    expect(await rgb(file)).toEqual([254, 0, 0, 255, 255, 255]);
  });
  test('YBR_FULL_422 shares its colours between two pixels, and is believed only when there are bytes for no more', async () => {
    expect(await rgb(dicomFile(EXPLICIT, colour('YBR_FULL_422', [10, 20, 128, 128])))).toEqual([
      10, 10, 10, 20, 20, 20,
    ]);
    const whole = colour('YBR_FULL_422', [10, 128, 128, 20, 128, 128]);
    expect(await rgb(dicomFile(EXPLICIT, whole))).toEqual([10, 10, 10, 20, 20, 20]);
  });
  test('16-bit colours are scaled by their largest value', async () => {
    const file = dicomFile(EXPLICIT, {
      ...colour('RGB', []),
      ...bits(16),
      '7fe00010': ['OW', [0, 32_896, 65_535, 0, 0, 0]],
    });
    expect(await rgb(file)).toEqual([0, 128, 255, 0, 0, 0]);
  });

  const palette = (data: Elements): Elements =>
    image(1, 3, { '00280004': ['CS', 'PALETTE COLOR'], '7fe00010': ['OB', [4, 5, 99]], ...data });
  const tables = (descriptor: number[], entries: readonly [string, number[]], element = '120'): Elements => ({
    '00281101': ['US', descriptor],
    '00281102': ['US', descriptor],
    '00281103': ['US', descriptor],
    [`0028${element}1`]: entries,
    [`0028${element}2`]: entries,
    [`0028${element}3`]: entries,
  });
  test('palettes begin at their first value, their ends reach beyond them', async () => {
    expect(await grey(dicomFile(EXPLICIT, palette(tables([2, 4, 8], ['OW', [0x2010]]))))).toEqual([16, 32, 32]);
  });
  test('palettes of 16 bits give their high byte, or the low one when there is nothing above it', async () => {
    expect(await grey(dicomFile(EXPLICIT, palette(tables([2, 4, 16], ['OW', [0x1234, 0xff00]]))))).toEqual([
      18, 255, 255,
    ]);
    expect(await grey(dicomFile(EXPLICIT, palette(tables([2, 4, 16], ['OW', [18, 255]]))))).toEqual([18, 255, 255]);
  });
  test('segmented palettes are expanded', async () => {
    const file = dicomFile(EXPLICIT, palette(tables([3, 4, 16], ['OW', [0, 1, 0, 1, 2, 0xff00]], '122')));
    expect(await grey(file)).toEqual([0, 127, 255]);
    // two entries, a line of two more, and both segments once more
    expect(expandSegments([0, 2, 7, 9, 1, 2, 13, 2, 2, 0, 0], 99)).toEqual([7, 9, 11, 13, 7, 9, 11, 13]);
    expect(expandSegments([0, 1, 5, 1, 0xffff, 9], 100)).toHaveLength(100);
    expect(() => expandSegments([2, 1, 0, 0], 10)).toThrow(VitrineError);
    expect(() => expandSegments([1, 4, 9], 10)).toThrow(VitrineError);
  });
});

describe('encapsulated frames', () => {
  const rle = (frames: readonly Uint8Array[], count: number, offsets?: number[]): Blob =>
    dicomFile(RLE, image(1, 2, { '00280008': ['IS', `${count}`] }), encapsulated(frames, offsets));

  test('RLE planes are bytes from the most significant, sample after sample', async () => {
    const deep = dicomFile(
      RLE,
      image(1, 2, bits(16)),
      encapsulated([
        rleFrame([
          [1, 0],
          [0, 1],
        ]),
      ]),
    );
    expect(await grey(deep, { range: { low: 1, high: 256 } })).toEqual([255, 0]);
    const three = { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] } as const;
    const colours = dicomFile(
      RLE,
      image(1, 2, three),
      encapsulated([
        rleFrame([
          [1, 4],
          [2, 5],
          [3, 6],
        ]),
      ]),
    );
    expect(await rgb(colours)).toEqual([1, 2, 3, 4, 5, 6]);
  });
  test('a frame is found by the offset table, else by counting fragments', async () => {
    const frames = [rleFrame([[0, 9]]), rleFrame([[9, 0]]), rleFrame([[5, 5]])];
    const length = (frames[0]?.length ?? 0) + 8;
    for (const file of [rle(frames, 3), rle(frames, 3, [0, length, 2 * length])]) {
      expect(await grey(file, { frame: 1 })).toEqual([255, 0]);
      expect((await decode(file)).facts.frames).toBe(3);
    }
  });
  test('a frame may be cut into fragments', async () => {
    const frame = rleFrame([[0, 9]]);
    expect(await grey(rle([frame.subarray(0, 30), frame.subarray(30)], 1))).toEqual([0, 255]);
  });
  test('a missing delimiter at the end is no harm', async () => {
    expect(await grey(dicomFile(RLE, image(1, 2), encapsulated([rleFrame([[0, 9]])], [], false)))).toEqual([0, 255]);
  });
  test('deflated frames', async () => {
    const frame = deflateRawSync(Uint8Array.of(3, 4));
    expect(await grey(dicomFile('1.2.840.10008.1.2.8.1', image(1, 2), encapsulated([frame])))).toEqual([0, 255]);
  });
  test('frames that stand uncompressed in fragments', async () => {
    expect(await grey(dicomFile('1.2.840.10008.1.2.1.98', image(1, 2), encapsulated([Uint8Array.of(3, 4)])))).toEqual([
      0, 255,
    ]);
  });
});

describe('files that are not whole, lie or are not read', () => {
  const pixels = Array.from({ length: 100 }, (_, i) => i);
  const ten = image(10, 10, { '7fe00010': ['OB', pixels] });

  test('a file that is cut off shows what is there and says so; below half it is refused', async () => {
    const file = dicomFile(EXPLICIT, ten);
    const { data, facts } = await decode(file.slice(0, file.size - 30));
    expect(data[69 * 4]).toBe(255);
    expect(data[99 * 4]).toBe(0);
    expect(facts.warning).toMatch(/cut off: 70 %/);
    await expect(decode(file.slice(0, file.size - 60))).rejects.toMatchObject({ code: 'unreadable' });
  });
  test('frames are counted by the bytes that are there', async () => {
    const file = dicomFile(EXPLICIT, { ...ten, '00280008': ['IS', '2147483647'] });
    expect((await decode(file)).facts.frames).toBe(1);
    await expect(decode(file, { frame: 1 })).rejects.toMatchObject({ code: 'bad-input' });
  });
  test.each([
    [
      'a picture over the limit',
      'too-large',
      { ...ten, '00280010': ['US', [60_000]], '00280011': ['US', [60_000]] },
      EXPLICIT,
    ],
    ['no Rows', 'unreadable', { ...ten, '00280010': ['US', []] }, EXPLICIT],
    ['no columns', 'unreadable', { ...ten, '00280011': ['US', [0]] }, EXPLICIT],
    ['12 bits packed', 'unsupported', { ...ten, ...bits(12) }, EXPLICIT],
    ['more bits stored than there are', 'unreadable', { ...ten, ...bits(8, 12) }, EXPLICIT],
    ['two samples a pixel', 'unsupported', { ...ten, '00280002': ['US', [2]] }, EXPLICIT],
    ['CMYK', 'unsupported', { ...ten, '00280002': ['US', [4]], '00280004': ['CS', 'CMYK'] }, EXPLICIT],
    ['a palette without tables', 'unreadable', { ...ten, '00280004': ['CS', 'PALETTE COLOR'] }, EXPLICIT],
    ['no pixel data', 'unsupported', { '00080060': ['CS', 'SR'] }, EXPLICIT],
    ['video', 'unsupported', ten, '1.2.840.10008.1.2.4.102'],
    ['JPIP', 'unsupported', { '00080060': ['CS', 'CT'] }, '1.2.840.10008.1.2.4.94'],
    ['an unknown transfer syntax', 'unsupported', ten, '1.2.3.4'],
    ['RLE that is not in fragments', 'unreadable', ten, RLE],
  ] as const)('%s: %s, in one sentence', async (_, code, elements, syntax) => {
    const error = await decode(dicomFile(syntax, elements)).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'VitrineError', code });
    expect(String(error)).toMatch(/: [A-Z][^\n]+\.$/);
  });
  test('12-bit lossy JPEG with arithmetic coding is refused with the reason', async () => {
    const jpeg = Uint8Array.of(
      0xff,
      0xd8,
      0xff,
      0xc9,
      0,
      11,
      12,
      0,
      10,
      0,
      10,
      1,
      1,
      0x11,
      0,
      0xff,
      0xda,
      0,
      8,
      1,
      1,
      0,
      0,
      63,
      0,
    );
    const file = dicomFile('1.2.840.10008.1.2.4.51', image(10, 10, bits(16, 12)), encapsulated([jpeg]));
    await expect(decode(file)).rejects.toThrow(/12 bits with arithmetic coding/);
  });
  test('deep nesting ends with a reason', async () => {
    const open = [
      0x08, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ];
    const file = new Blob([metaGroup(EXPLICIT), Uint8Array.from({ length: 20 * 20_000 }, (_, i) => open[i % 20] ?? 0)]);
    await expect(decode(file)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('whatever bytes change or are missing, it ends with a picture or with a reason', async () => {
    const whole = [
      dicomFile(EXPLICIT, { ...ten, ...window('3', '4'), '00880200': ['SQ', [image(1, 1)]] }),
      dicomFile(IMPLICIT, { ...ten, '00091001': ['UN', 'private'] }),
      dicomFile(
        RLE,
        image(1, 2, { '00280008': ['IS', '2'] }),
        encapsulated([rleFrame([[0, 9]]), rleFrame([[1, 2]])], [0, 74]),
      ),
    ];
    const files = await Promise.all(whole.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    const damage = fc.record({
      file: fc.constantFrom(...files),
      cut: fc.nat(300),
      changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, cut, changes }) => {
        const bytes = file.slice(0, file.length - (cut > 200 ? cut - 200 : 0));
        for (const [at, value] of changes) bytes[132 + (at % (bytes.length - 132))] = value;
        const result = await decode(new Blob([bytes])).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(VitrineError);
        else expect(result).toMatchObject({ facts: { format: 'dicom' } });
      }),
      { numRuns: 300 },
    );
  });
});
