// TIFF pages whose strips and tiles are JPEG that browsers do not decode: lossless of any depth, lossy of 12 bits.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/pixels/decode.ts';
import { locateWasm, type WasmFactory } from '../../../src/pixels/dicom/codec/wasm.ts';
import { dctJpeg } from '../../support/jpeg-dct.ts';
import { losslessJpeg } from '../../support/jpeg-lossless.ts';
import { basicTags, type TiffPage, tiffFile } from '../../support/tiff.ts';

/** Vite names a bundled file by its path below the repository. */
const repository = fileURLToPath(new URL('../../..', import.meta.url));
locateWasm((url) => repository + url.replace(/\?.*$/, ''));

interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  setQuality(lossless: boolean, quantization: number): void;
  delete(): void;
}

/** A lossless codestream by the package's own encoder. */
async function jpeg2000(samples: Uint8Array | Uint16Array, info: object): Promise<Uint8Array> {
  const { default: factory }: { default: WasmFactory<{ J2KEncoder: new () => Encoder }> } = await import(
    '@cornerstonejs/codec-openjpeg/wasmjs'
  );
  const ignore = () => {};
  // outside of a browser the package finds its own binary
  const { J2KEncoder } = await factory({ print: ignore, printErr: ignore } as Parameters<typeof factory>[0]);
  const encoder = new J2KEncoder();
  encoder
    .getDecodedBuffer({ ...info, isSigned: false, isUsingColorTransform: false })
    .set(new Uint8Array(samples.buffer));
  encoder.setQuality(true, 0);
  encoder.encode();
  const codestream = encoder.getEncodedBuffer().slice();
  encoder.delete();
  return codestream;
}

const show = (page: TiffPage) => decode(new Blob([tiffFile([page], { bigEndian: true })]), {});
const grays = (data: Uint8ClampedArray): number[] => Array.from(data).filter((_, i) => i % 4 === 0);

test.each([8, 12, 16])('lossless JPEG of %d bits in strips is as it was', async (precision) => {
  const rows = (from: number) => Array.from({ length: 20 }, (_, i) => (from + i * 23) % 2 ** precision);
  const strips = [rows(0), rows(2 ** precision - 200)];
  const layout = { width: 5, height: 4, channels: 1, precision, predictor: 4 };
  const page: TiffPage = {
    tags: basicTags(5, 7, { 258: [precision], 259: [7], 278: [4] }),
    // the last strip has the height of a full one, as many writers leave it
    segments: strips.map((samples) => losslessJpeg(samples, layout)),
  };
  const { data, facts } = await show(page);
  const top = 2 ** precision - 1;
  expect(grays(data)).toEqual(
    strips
      .flat()
      .slice(0, 35)
      .map((v) => Math.floor((v * 255) / top + 0.5)),
  );
  expect(facts).toMatchObject({ bits: precision, channels: 1, width: 5, height: 7 });
  expect(facts.warning).toBeUndefined();
});

test('lossless colours in tiles are as they were, also where their tables stand apart', async () => {
  const layout = { width: 16, height: 16, channels: 3, precision: 8, predictor: 1 };
  const samples = Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * 7) & 255);
  const whole = losslessJpeg(samples, layout);
  const at = whole.findIndex((byte, i) => byte === 0xff && whole[i + 1] === 0xc4);
  const end = at + 4 + 16 + 1 + 17;
  const tables = [0xff, 0xd8, ...whole.subarray(at, end), 0xff, 0xd9];
  const tile = Uint8Array.from([...whole.subarray(0, at), ...whole.subarray(end)]);
  const { data } = await show({
    tags: basicTags(20, 16, {
      ...{ 258: [8, 8, 8], 259: [7], 262: [2], 277: [3], 322: [16], 323: [16] },
      347: { type: 'undefined', values: tables },
    }),
    segments: [tile, tile],
    tiled: true,
  });
  expect([...data.subarray(0, 4)]).toEqual([0, 7, 14, 255]);
  // the second tile begins at column 16
  expect([...data.subarray(16 * 4, 17 * 4)]).toEqual([0, 7, 14, 255]);
  expect([...data.subarray(19 * 4, 20 * 4)]).toEqual([63, 70, 77, 255]);
});

test('YCbCr of 12 bits, lossy, is shown in its colours', async () => {
  const flat = (value: number): number[] => [value, ...new Array<number>(63).fill(0)];
  const sampling = [
    [2, 2],
    [1, 1],
    [1, 1],
  ] as const;
  const jpeg = dctJpeg((c) => flat([0, 0, 800][c] ?? 0), {
    width: 8,
    height: 8,
    precision: 12,
    sampling,
    progressive: false,
  });
  const tags = basicTags(8, 8, { 258: [12, 12, 12], 259: [7], 262: [6], 277: [3], 530: [2, 2] });
  const { data } = await show({ tags, segments: [jpeg] });
  // 2048 + 1.402 · 300 and 2048 − 0.714 · 300 of 4095
  expect([...data.subarray(0, 4)]).toEqual([154, 114, 128, 255]);
});

describe('JPEG 2000', () => {
  const [width, height] = [61, 37];
  const colours = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 11 + (i >> 6)) & 255);
  const page = (compression: number, codestream: Uint8Array, more: TiffPage['tags'] = {}): TiffPage => ({
    tags: basicTags(width, height, { 258: [8, 8, 8], 259: [compression], 262: [2], 277: [3], ...more }),
    segments: [codestream],
  });
  const rgb = ({ data }: { data: Uint8ClampedArray }): number[] => Array.from(data).filter((_, i) => i % 4 < 3);

  test.each([33005, 34712])('by compression %d is as it was', async (compression) => {
    const codestream = await jpeg2000(colours, { width, height, bitsPerSample: 8, componentCount: 3 });
    expect(rgb(await show(page(compression, codestream)))).toEqual([...colours]);
  });

  test('of 16 bits is scaled by its declared range', async () => {
    const samples = Uint16Array.from({ length: width * height }, (_, i) => (i * 2654435761) & 0xffff);
    const codestream = await jpeg2000(samples, { width, height, bitsPerSample: 16, componentCount: 1 });
    const { data } = await show({
      tags: basicTags(width, height, { 258: [16], 259: [34712] }),
      segments: [codestream],
    });
    expect(grays(data)).toEqual(Array.from(samples, (v) => Math.floor((v * 255) / 65_535 + 0.5)));
  });

  test('of another depth than the page is refused; cut it is too', async () => {
    const codestream = await jpeg2000(colours, { width, height, bitsPerSample: 8, componentCount: 3 });
    await expect(show(page(33005, codestream, { 258: [16, 16, 16] }))).rejects.toThrow(
      /3 components of 8 bits.*3 of 16/,
    );
    await expect(show(page(33005, codestream.slice(0, 60)))).rejects.toMatchObject({ code: 'unreadable' });
    await expect(show(page(33005, codestream.slice(0, codestream.length * 0.6)))).rejects.toMatchObject({
      code: 'unreadable',
    });
  });
});

test('a stream of other depth than the page says is refused with both', async () => {
  const jpeg = losslessJpeg([1, 2, 3, 4], { width: 2, height: 2, channels: 1, precision: 12, predictor: 1 });
  const shown = show({ tags: basicTags(2, 2, { 259: [7] }), segments: [jpeg] });
  await expect(shown).rejects.toMatchObject({ code: 'unreadable', message: expect.stringMatching(/12 bits.*not 8/) });
});

test('a cut stream shows the rows that are there and how much that is', async () => {
  const samples = Array.from({ length: 1024 }, (_, i) => (i * 31) & 255);
  const whole = losslessJpeg(samples, { width: 32, height: 32, channels: 1, precision: 8, predictor: 1 });
  const { data, facts } = await show({ tags: basicTags(32, 32, { 259: [7] }), segments: [whole.slice(0, -600)] });
  expect(grays(data).slice(0, 100)).toEqual(samples.slice(0, 100));
  expect(facts.warning).toMatch(/[1-9]\d? % of the picture/);
});
