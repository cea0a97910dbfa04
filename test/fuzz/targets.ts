// The decoders that are not the browser's own, which corpus files go into each, and how each is called.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../src/pixels/decode.ts';
import { nativeDetails } from '../../src/pixels/details/native.ts';
import type { NativeFormat } from '../../src/pixels/header/types.ts';
import { decodeDct } from '../../src/pixels/jpeg/dct.ts';
import { readJpegFrame } from '../../src/pixels/jpeg/frame.ts';
import { checkPixels } from '../../src/pixels/limits.ts';
import { decodeDeep } from '../../src/pixels/png/decode.ts';
import type { DetailsReader } from '../../src/pixels/types.ts';
import { listZip } from '../../src/source/zip/list.ts';
import { readZipEntry } from '../../src/source/zip/read.ts';
import type { CorpusEntry } from '../corpus/judge.ts';
import type { Original } from './mutate.ts';

interface Target {
  name: string;
  /** The corpus' folder and which of its files. */
  corpus: string;
  takes: (entry: SeedEntry) => boolean;
  /** Bytes that mutations leave alone; none when absent. */
  keep?: (bytes: Uint8Array) => number;
  /** Resolves, or rejects with a VitrineError. */
  run: (bytes: Uint8Array<ArrayBuffer>) => Promise<unknown>;
}

interface SeedEntry extends CorpusEntry {
  bytes: number;
  kind?: string[];
}

/** Far below the limit of the application, so that the series spends its time on decoders and not on filling memory. */
const maxPixels = 1_000_000;
/** Larger files would only make the series slow. */
const seedBytes = 64 * 1024;
const seedPixels = 200 * 200;
/** A target whose files are all larger gets the smallest. */
const fewest = 4;

const pixels: Target['run'] = (bytes) => decode(new Blob([bytes]), {}, { maxPixels });

/** Size, depth, EXIF data, tags: what is read of a file without its pixels. */
const details =
  (load: () => Promise<{ readDetails: DetailsReader }>): Target['run'] =>
  async (bytes) =>
    (await load()).readDetails(new Blob([bytes]), bytes.subarray(0, 2 ** 12));

/** The decoder for deep JPEG takes 8 bits too, of which the corpus has many small files. */
const ownJpeg: Target['run'] = async (bytes) => {
  const frame = readJpegFrame(bytes);
  checkPixels(frame.width, frame.height, maxPixels);
  return decodeDct(bytes, frame);
};

const zip: Target['run'] = async (bytes) => {
  const file = new Blob([bytes]);
  for (const entry of (await listZip(file, 'a.zip')).entries)
    if (entry.bytes < 2 ** 20) await readZipEntry(file, entry);
};

/**
 * JPEG of 8 bits is the browser's work, and Node has none: one that refuses every picture leaves what stands in front of it,
 * which is ours, to be tested.
 */
const beforeBrowser: Target['run'] = (bytes) => {
  globalThis.createImageBitmap ??= () => Promise.reject(new DOMException('Not decoded.', 'InvalidStateError'));
  return pixels(bytes);
};

/** Everything in front of the pixel data element: its tag begins e0 7f 10 00. */
const dataSet = (bytes: Uint8Array): number =>
  Math.max(
    0,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0])),
  );

const codec = (name: string, syntaxes: string[]): Target => ({
  name: `DICOM ${name}`,
  corpus: 'dcm',
  takes: ({ kind = [] }) => kind.some((tag) => syntaxes.includes(tag.replace('1.2.840.10008.1.2.', ''))),
  keep: dataSet,
  run: beforeBrowser,
});

const native = (format: NativeFormat, corpus: string): Target => ({
  name: `${format} header`,
  corpus,
  takes: (entry) => entry.format === (format === 'jpeg-xl' ? 'jxl' : format),
  run: details(async () => ({ readDetails: nativeDetails(format) })),
});

/** The samples behind the header; a file that is no longer deep is read as if it were. */
const deepPng: Target['run'] = (bytes) =>
  decodeDeep(new Blob([bytes]), { range: 'file' }, { head: bytes.subarray(0, 2 ** 16), maxPixels });

const targets: readonly Target[] = [
  { name: 'PNM', corpus: 'pnm', takes: ({ format }) => format === 'pnm', run: pixels },
  { name: 'TIFF', corpus: 'tiff', takes: () => true, run: pixels },
  { name: 'DICOM data set', corpus: 'dcm', takes: () => true, run: beforeBrowser },
  { name: 'PNG 16 bit', corpus: 'png', takes: ({ kind = [] }) => kind.includes('bits-16'), run: deepPng },
  codec('deflated', ['1.99']),
  codec('RLE', ['5']),
  codec('JPEG 8 bit', ['4.50', '4.51']),
  codec('JPEG lossless', ['4.57', '4.70']),
  codec('JPEG-LS', ['4.80', '4.81']),
  codec('JPEG 2000', ['4.90', '4.91']),
  codec('HTJ2K', ['4.201', '4.202', '4.203']),
  {
    name: 'JPEG lossy',
    corpus: 'jpeg',
    takes: ({ format, tier, kind = [] }) =>
      format === 'jpeg' && tier !== 'X' && !kind.some((tag) => /arithmetic|lossless/.test(tag)),
    run: ownJpeg,
  },
  { name: 'JPEG lossless', corpus: 'jpeg', takes: ({ kind = [] }) => kind.includes('lossless'), run: beforeBrowser },
  {
    name: 'DICOM JPEG 12 bit',
    corpus: 'dcm',
    takes: ({ kind = [] }) => kind.includes('jpeg-extended') && kind.some((tag) => /stored1[02]/.test(tag)),
    keep: dataSet,
    run: beforeBrowser,
  },
  {
    name: 'PNM details',
    corpus: 'pnm',
    takes: () => true,
    run: details(() => import('../../src/pixels/pnm/details.ts')),
  },
  {
    name: 'TIFF details',
    corpus: 'tiff',
    takes: () => true,
    run: details(() => import('../../src/pixels/tiff/details.ts')),
  },
  {
    name: 'DICOM details',
    corpus: 'dcm',
    takes: () => true,
    run: details(() => import('../../src/pixels/dicom/details.ts')),
  },
  native('jpeg', 'jpeg'),
  native('png', 'png'),
  native('webp', 'webp'),
  native('bmp', 'bmp'),
  native('gif', 'gif-avif'),
  native('avif', 'gif-avif'),
  native('jpeg-xl', 'jpeg'),
  { name: 'zip', corpus: 'zip', takes: ({ file }) => file.endsWith('.zip'), run: zip },
];

/** Names of all decoders that are fuzzed. */
export const targetNames: readonly string[] = targets.map(({ name }) => name);

/** The call and the files to mutate of one decoder, in the order of the corpus' index. */
export function openTarget(name: string, corpora: string): { run: Target['run']; originals: Original[] } {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no decoder ${name} to fuzz.`);
  const index = join(corpora, target.corpus, 'index.jsonl');
  const lines = existsSync(index) ? readFileSync(index, 'utf8').split('\n').filter(Boolean) : [];
  const all = lines.map((line): SeedEntry => JSON.parse(line)).filter(target.takes);
  const isSmall = ({ bytes, expect }: SeedEntry): boolean =>
    bytes <= seedBytes && (expect?.width ?? 0) * (expect?.height ?? 0) <= seedPixels;
  const small = all.filter(isSmall);
  const chosen = small.length >= fewest ? small : all.toSorted((a, b) => a.bytes - b.bytes).slice(0, fewest);
  const originals = chosen.map(({ file }) => {
    const bytes = new Uint8Array(readFileSync(join(corpora, target.corpus, file)));
    return { bytes, from: target.keep?.(bytes) ?? 0 };
  });
  return { run: target.run, originals };
}
