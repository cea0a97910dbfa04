// Codecs of DICOM frames against encoders: those of the codec packages, and our own for lossless JPEG.
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { locateWasm, type WasmFactory } from '../../../src/pixels/dicom/codec/wasm.ts';
import { describeImage } from '../../../src/pixels/dicom/data/image.ts';
import { readDataSet } from '../../../src/pixels/dicom/data/parse.ts';
import { readFrame } from '../../../src/pixels/dicom/frame.ts';
import { isYcc } from '../../../src/pixels/jpeg/colour.ts';
import { bits, dicomFile, type Elements, encapsulated, image } from '../../support/dicom.ts';
import { dctJpeg } from '../../support/jpeg-dct.ts';
import { losslessJpeg } from '../../support/jpeg-lossless.ts';

/** Vite names a bundled file by its path below the repository. */
const repository = fileURLToPath(new URL('../../..', import.meta.url));
locateWasm((url) => repository + url.replace(/\?.*$/, ''));

const J = '1.2.840.10008.1.2.4';

/** The stored values of the first frame. */
async function storedFrame(syntax: string, elements: Elements, codestream: Uint8Array) {
  const file = await readDataSet(dicomFile(syntax, elements, encapsulated([codestream])));
  return readFrame(file, describeImage(file, 1e6), { index: 0, maxPixels: 1e6 });
}

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
  setInterleaveMode?(mode: number): void;
  setQuality?(lossless: boolean, quantization: number): void;
}

type Module = Record<string, new () => Encoder>;
type Loader = () => Promise<{ default: WasmFactory<Module> }>;

/** The codestream that a package's encoder writes of these samples. */
async function encoded(
  [load, name, mode]: readonly [Loader, string, number?],
  samples: Uint8Array | Uint16Array,
  info: { width: number; height: number; bitsPerSample: number; componentCount: number; isSigned: boolean },
): Promise<Uint8Array> {
  const { default: factory } = await load();
  const ignore = () => {};
  // outside of a browser the packages find their own binary
  const module = await factory({ print: ignore, printErr: ignore } as Parameters<typeof factory>[0]);
  const Made = module[name];
  if (Made === undefined) throw new Error(`${name} is missing`);
  const encoder = new Made();
  encoder.getDecodedBuffer({ ...info, isUsingColorTransform: false }).set(new Uint8Array(samples.buffer));
  encoder.setInterleaveMode?.(mode ?? 0);
  encoder.setQuality?.(true, 0);
  encoder.encode();
  const codestream = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return codestream;
}

describe('codecs in WebAssembly', () => {
  const jpegLs: Loader = () => import('@cornerstonejs/codec-charls/wasmjs');
  const jpeg2000: Loader = () => import('@cornerstonejs/codec-openjpeg/wasmjs');
  const htj2k: Loader = () => import('@cornerstonejs/codec-openjph/wasmjs');
  const [width, height] = [61, 37];

  test.each([
    ['JPEG-LS', `${J}.80`, [jpegLs, 'JpegLSEncoder']],
    ['JPEG 2000', `${J}.90`, [jpeg2000, 'J2KEncoder']],
    ['HTJ2K', `${J}.201`, [htj2k, 'HTJ2KEncoder']],
  ] as const)('%s gives 16-bit samples as they were', async (_, syntax, encoder) => {
    const samples = Uint16Array.from({ length: width * height }, (__, i) => (i * 2654435761) & 0xffff);
    const info = { width, height, bitsPerSample: 16, componentCount: 1, isSigned: false };
    const codestream = await encoded(encoder, samples, info);
    const frame = await storedFrame(syntax, image(height, width, bits(16)), codestream);
    expect(frame).toMatchObject({ width, height, channels: 1, bits: 16, signed: false });
    expect([...frame.samples]).toEqual([...samples]);
  });

  test.each([
    ['JPEG 2000', `${J}.90`, [jpeg2000, 'J2KEncoder']],
    ['HTJ2K', `${J}.201`, [htj2k, 'HTJ2KEncoder']],
  ] as const)('%s that is cut in the middle is refused, not shown as an empty picture', async (_, syntax, encoder) => {
    const samples = Uint16Array.from({ length: width * height }, (__, i) => (i * 2654435761) & 0xffff);
    const info = { width, height, bitsPerSample: 16, componentCount: 1, isSigned: false };
    const codestream = await encoded(encoder, samples, info);
    const cut = codestream.slice(0, codestream.length / 2);
    const shown = await storedFrame(syntax, image(height, width, bits(16)), cut).catch((error: unknown) => error);
    if (shown instanceof Error) expect(shown).toMatchObject({ code: 'unreadable' });
    else expect(shown).toMatchObject({ width, height, samples: { length: width * height } });
  });

  test('JPEG-LS gives colours pixel by pixel, also from planes', async () => {
    const colours: Elements = { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] };
    const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 97) & 255);
    const planes = Uint8Array.from(
      samples,
      (_, i) => samples[(i % (width * height)) * 3 + Math.floor(i / (width * height))] ?? 0,
    );
    const info = { width, height, bitsPerSample: 8, componentCount: 3, isSigned: false };
    for (const [mode, content] of [
      [0, planes],
      [2, samples],
    ] as const) {
      const codestream = await encoded([jpegLs, 'JpegLSEncoder', mode], content, info);
      const frame = await storedFrame(`${J}.80`, image(height, width, colours), codestream);
      expect([mode, ...frame.samples]).toEqual([mode, ...samples]);
    }
  });

  test('JPEG-LS is read as a file of its own too', async () => {
    const samples = Uint16Array.from({ length: width * height }, (_, i) => (i * 2654435761) & 0xfff);
    const info = { width, height, bitsPerSample: 12, componentCount: 1, isSigned: false };
    const codestream = await encoded([jpegLs, 'JpegLSEncoder'], samples, info);
    const { data, facts } = await decode(new Blob([new Uint8Array(codestream)]), {});
    expect(facts).toMatchObject({ format: 'jpeg', width, height, bits: 12, channels: 1 });
    expect(Array.from(data).filter((_, i) => i % 4 === 0)).toEqual(
      Array.from(samples, (v) => Math.floor((v * 255) / 4095 + 0.5)),
    );
  });

  test('a codestream smaller than the image, damaged or absent is refused, and the next one decoded again', async () => {
    const samples = Uint16Array.from({ length: width * height }, (_, i) => i);
    const info = { width, height, bitsPerSample: 16, componentCount: 1, isSigned: false };
    const codestream = await encoded([jpegLs, 'JpegLSEncoder'], samples, info);
    const elements = image(height, width, bits(16));
    const refused = { name: 'VitrineError', code: 'unreadable' };
    await expect(storedFrame(`${J}.80`, image(height + 1, width, bits(16)), codestream)).rejects.toMatchObject(refused);
    await expect(storedFrame(`${J}.80`, elements, codestream.subarray(0, 90))).rejects.toMatchObject(refused);
    await expect(storedFrame(`${J}.80`, elements, new Uint8Array(8))).rejects.toMatchObject(refused);
    expect([...(await storedFrame(`${J}.80`, elements, codestream)).samples]).toEqual([...samples]);
  });
});

describe('lossless JPEG', () => {
  test('gives samples as they were, whatever predictor, precision, colours, restarts', async () => {
    const layouts = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
      channels: fc.constantFrom(1, 3),
      precision: fc.integer({ min: 2, max: 16 }),
      predictor: fc.integer({ min: 1, max: 7 }),
      restartRows: fc.integer({ min: 0, max: 3 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(layouts, async ({ seed, ...layout }) => {
        const { width, height, channels, precision } = layout;
        const samples = Array.from(
          { length: width * height * channels },
          (_, i) => Math.imul(i + seed, 0x9e3779b1) >>> (32 - precision),
        );
        const colours: Elements = channels === 3 ? { '00280002': ['US', [3]], '00280004': ['CS', 'RGB'] } : {};
        const elements = image(height, width, { ...bits(precision > 8 ? 16 : 8, precision), ...colours });
        const frame = await storedFrame(`${J}.70`, elements, losslessJpeg(samples, layout));
        expect([...frame.samples]).toEqual(samples);
      }),
      { numRuns: 200 },
    );
  });

  test('puts back the bits that a point transform dropped, as zeros', async () => {
    const layout = { width: 4, height: 1, channels: 1, precision: 12, predictor: 1, pointTransform: 2 };
    const codestream = losslessJpeg([4095, 1, 8, 2050], layout);
    const frame = await storedFrame(`${J}.57`, image(1, 4, bits(16, 12)), codestream);
    expect([...frame.samples]).toEqual([4092, 0, 8, 2048]);
  });

  test('is found by its codestream also where the transfer syntax names another JPEG', async () => {
    const layout = { width: 2, height: 1, channels: 1, precision: 8, predictor: 1 };
    const frame = await storedFrame(`${J}.50`, image(1, 2), losslessJpeg([7, 200], layout));
    expect([...frame.samples]).toEqual([7, 200]);
  });

  test('shows what there is of a cut codestream, with a warning, when it is at least half', async () => {
    const layout = { width: 8, height: 8, channels: 1, precision: 8, predictor: 1 };
    const samples = Array.from({ length: 64 }, (_, i) => (i * 37) & 255);
    const whole = losslessJpeg(samples, layout);
    const cut = await storedFrame(`${J}.70`, image(8, 8), whole.subarray(0, whole.length - 20));
    expect(cut.warning).toMatch(/cut off/);
    expect([...cut.samples.subarray(0, 32)]).toEqual(samples.slice(0, 32));
    await expect(storedFrame(`${J}.70`, image(8, 8), whole.subarray(0, whole.length - 70))).rejects.toMatchObject({
      code: 'unreadable',
    });
  });
});

describe('lossy JPEG of 12 bits', () => {
  test('gives what its coefficients mean, grey and in colours', async () => {
    const flat = (value: number): number[] => [value, ...new Array<number>(63).fill(0)];
    const grey = { width: 8, height: 8, precision: 12, sampling: [[1, 1]], progressive: false } as const;
    const frame = await storedFrame(
      `${J}.51`,
      image(8, 8, bits(16, 12)),
      dctJpeg(() => flat(1067), grey),
    );
    // 2048 + 1067 · 3 / 8
    expect(frame).toMatchObject({ bits: 12, channels: 1 });
    expect(new Set(frame.samples)).toEqual(new Set([2448]));
    const colours: Elements = { '00280002': ['US', [3]], '00280004': ['CS', 'YBR_FULL_422'] };
    const sampling = [
      [2, 1],
      [1, 1],
      [1, 1],
    ] as const;
    const jpeg = dctJpeg((c) => flat([0, 800, -800][c] ?? 0), { ...grey, sampling, progressive: true });
    const ybr = await storedFrame(`${J}.51`, image(8, 8, { ...bits(16, 12), ...colours }), jpeg);
    expect(ybr).toMatchObject({ colours: 'ybr', channels: 3 });
    expect([...ybr.samples.subarray(0, 3)]).toEqual([2048, 2348, 1748]);
  });
});

describe('the colours of lossy JPEG', () => {
  const components = (ids: number[], sampling = [0x11, 0x11, 0x11]) =>
    ids.map((id, i) => ({ id, across: (sampling[i] ?? 0) >> 4, down: (sampling[i] ?? 0) & 15, quantization: 0 }));
  const plain = components([1, 2, 3]);
  test.each([
    ['the Adobe segment before anything else', { adobe: 0, jfif: true, components: plain }, 'YBR_FULL', false],
    ['a transform of 1 in it', { adobe: 1, jfif: false, components: plain }, 'RGB', true],
    ['a JFIF segment', { adobe: undefined, jfif: true, components: plain }, 'RGB', true],
    [
      'components called R, G, B',
      { adobe: undefined, jfif: false, components: components([82, 71, 66]) },
      'YBR_FULL',
      false,
    ],
    ['the header of the file, YBR', { adobe: undefined, jfif: false, components: plain }, 'YBR_FULL_422', true],
    ['the header of the file, RGB', { adobe: undefined, jfif: false, components: plain }, 'RGB', false],
    [
      'colours of half size',
      { adobe: undefined, jfif: false, components: components([1, 2, 3], [0x21, 0x11, 0x11]) },
      'RGB',
      true,
    ],
  ])('are decided by %s', (_, frame, photometric, ycc) => {
    expect(isYcc(frame, photometric.startsWith('YBR'))).toBe(ycc);
  });
});
