// The decoders that are not the browser's own, which corpus files go into each, and how each is called.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../src/pixels/decode.ts';
import { readHeader } from '../../src/pixels/header/read.ts';
import type { NativeFormat } from '../../src/pixels/header/types.ts';
import { listZip, readZipEntry } from '../../src/source/zip.ts';
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

const header =
  (format: NativeFormat): Target['run'] =>
  (bytes) =>
    readHeader(new Blob([bytes]), format, bytes.subarray(0, 2 ** 16));

const zip: Target['run'] = async (bytes) => {
  const file = new Blob([bytes]);
  for (const entry of await listZip(file, 'a.zip')) if (entry.bytes < 2 ** 20) await readZipEntry(file, entry);
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
  run: header(format),
});

const targets: readonly Target[] = [
  { name: 'PNM', corpus: 'pnm', takes: ({ format }) => format === 'pnm', run: pixels },
  { name: 'TIFF', corpus: 'tiff', takes: () => true, run: pixels },
  { name: 'DICOM data set', corpus: 'dcm', takes: () => true, run: beforeBrowser },
  codec('deflated', ['1.99']),
  codec('RLE', ['5']),
  codec('JPEG 8 bit', ['4.50', '4.51']),
  codec('JPEG lossless', ['4.57', '4.70']),
  codec('JPEG-LS', ['4.80', '4.81']),
  codec('JPEG 2000', ['4.90', '4.91']),
  codec('HTJ2K', ['4.201', '4.202', '4.203']),
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
