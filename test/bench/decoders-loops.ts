// DICOM and TIFF files to shown pixels, against the codec alone on the same bytes; opened by decoders.bench.ts.
import { decode } from '../../src/pixels/decode.ts';
import type { WasmDecoder, WasmFactory } from '../../src/pixels/dicom/codec/wasm.ts';
import { decodeLzw } from '../../src/pixels/tiff/codecs/lzw.ts';
import { bits, dicomFile, encapsulated, image } from '../support/dicom.ts';
import { basicTags, tiffFile } from '../support/tiff.ts';
import { compare, pair } from './bare/timing.ts';
import { random } from './imagenet.ts';
import type { Row } from './types.ts';

const files = 8;
const rounds = 5;

/** OpenJPEG's encoder, as its package declares nothing. */
interface Encoder {
  getDecodedBuffer(info: object): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  setQuality(lossless: boolean, quantization: number): void;
}

/** Samples as a scanner gives them: soft shapes and fine noise, `range` levels. */
function scan(width: number, height: number, range: number, seed: number): Uint16Array<ArrayBuffer> {
  const next = random(seed);
  const samples = new Uint16Array(width * height);
  for (let i = 0; i < samples.length; i++) {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    const shape = Math.cos(6 * x) * Math.cos(5 * y + seed) + 1;
    samples[i] = Math.min(range - 1, Math.floor((shape / 2.1 + 0.02 * next()) * range));
  }
  return samples;
}

async function jpeg2000(samples: Uint16Array, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-openjpeg/wasmjs'),
    import('@cornerstonejs/codec-openjpeg/wasm?url'),
  ]);
  const { J2KEncoder } = await (factory as WasmFactory<{ J2KEncoder: new () => Encoder }>)(silent(url));
  const encoder = new J2KEncoder();
  const info = { width, height, bitsPerSample: 16, componentCount: 1, isSigned: false, isUsingColorTransform: false };
  encoder.getDecodedBuffer(info).set(new Uint8Array(samples.buffer));
  encoder.setQuality(true, 0);
  encoder.encode();
  return encoder.getEncodedBuffer().slice();
}

const silent = (url: string) => ({ locateFile: () => url, print: () => undefined, printErr: () => undefined });

/** LZW of TIFF 6.0, section 13. */
function lzw(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let [buffer, held, width, next] = [0, 0, 9, 258];
  let table = new Map<number, number>();
  const put = (code: number): void => {
    buffer = (buffer << width) | code;
    held += width;
    for (; held >= 8; held -= 8) out.push((buffer >>> (held - 8)) & 255);
    buffer &= (1 << held) - 1;
  };
  put(256);
  let prefix = -1;
  for (const byte of bytes) {
    const known = prefix < 0 ? byte : table.get((prefix << 8) | byte);
    if (known !== undefined) {
      prefix = known;
      continue;
    }
    put(prefix);
    table.set((prefix << 8) | byte, next++);
    prefix = byte;
    if (next + 1 > 1 << width) width++;
    if (next < 4094) continue;
    put(256);
    [width, next, table] = [9, 258, new Map()];
  }
  put(prefix);
  put(257);
  if (held > 0) out.push((buffer << (8 - held)) & 255);
  return Uint8Array.from(out);
}

export async function run(print: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const measure = async (what: string, note: string, blobs: Blob[], bare: (i: number) => unknown): Promise<void> => {
    const times = await compare(
      rounds,
      async () => {
        for (const blob of blobs) await decode(blob, {});
      },
      async () => {
        for (let i = 0; i < blobs.length; i++) await bare(i);
      },
    );
    const row = { what, target: '≥ 0.8', measured: pair(times), ratio: times.bare / times.ours };
    print(`${what}: ${row.measured}`);
    rows.push({ ...row, note: `${(blobs.length / times.ours).toFixed(1)} files/s; ${note}` });
  };

  const scans = Array.from({ length: files }, (_, i) => scan(512, 512, 4096, i + 1));
  const attributes = image(512, 512, bits(16, 12));
  const [{ default: factory }, { default: url }] = await Promise.all([
    import('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    import('@cornerstonejs/codec-openjpeg/decodewasm?url'),
  ]);
  const { J2KDecoder } = await (factory as WasmFactory<{ J2KDecoder: new () => WasmDecoder }>)(silent(url));
  const streams = await Promise.all(scans.map((samples) => jpeg2000(samples, 512, 512)));
  await measure(
    `${files} DICOM files with lossless JPEG 2000, 512 × 512, 12 bits, against OpenJPEG alone`,
    'ours with reading the file, window and RGBA, which is what the codec alone leaves out',
    streams.map((stream) => dicomFile('1.2.840.10008.1.2.4.90', attributes, encapsulated([stream]))),
    (i) => {
      const decoder = new J2KDecoder();
      const stream = streams[i] ?? new Uint8Array();
      decoder.getEncodedBuffer(stream.length).set(stream);
      decoder.decode();
      const samples = decoder.getDecodedBuffer().slice();
      decoder.delete();
      return samples;
    },
  );

  const plain = scans.map((samples) =>
    dicomFile('1.2.840.10008.1.2.1', { ...attributes, '7fe00010': ['OW', new Uint8Array(samples.buffer)] }),
  );
  await measure(
    `${files} DICOM files without compression, 512 × 512, 12 bits, against reading their bytes and one loop to RGBA`,
    'the loop knows where the samples lie and what is black and white: ours reads the attributes and looks every sample up in the window',
    plain,
    async (i) => {
      const bytes = (await plain[i]?.arrayBuffer()) ?? new ArrayBuffer(0);
      const samples = new Uint16Array(bytes.slice(-2 * 512 * 512));
      const out = new Uint32Array(samples.length);
      for (let at = 0; at < samples.length; at++) {
        const grey = ((samples[at] ?? 0) * 255) / 4095;
        out[at] = (grey * 0x010101) | 0xff000000;
      }
      return out;
    },
  );

  const side = 2048;
  const strip = 64;
  const strips = Array.from({ length: side / strip }, (_, i) =>
    lzw(Uint8Array.from(scan(side, strip, 64, i + 1), (value) => value * 4)),
  );
  const tags = basicTags(side, side, { 259: [5], 278: [strip] });
  const tiffs = [0, 1].map(() => new Blob([tiffFile([{ tags, segments: strips }])]));
  await measure(
    `${tiffs.length} TIFF files with LZW, ${side} × ${side}, 8 bits, against the codec alone`,
    'the codec is our own; ours with reading strip by strip, and a general painter of all kinds of samples to RGBA',
    tiffs,
    () => strips.map((bytes) => decodeLzw(bytes, side * strip)),
  );
  return rows;
}

Object.assign(window, { runBench: run });
