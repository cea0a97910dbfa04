// The TIFF corpus, where it is there: every file is shown as its index says, or refused with a sentence.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { locateWasm } from '../../../src/pixels/dicom/codec/wasm.ts';
import { decode } from '../../../src/pixels/tiff/decode.ts';
import type { Pixels } from '../../../src/pixels/types.ts';
import { VitrineError } from '../../../src/shared/errors.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpora/tiff/', import.meta.url));

/** Vite names a bundled file by its path below the repository. */
const repository = fileURLToPath(new URL('../../..', import.meta.url));
locateWasm((url) => repository + url.replace(/\?.*$/, ''));

interface Entry {
  file: string;
  tier: 'A' | 'B' | 'E' | 'X';
  expect?: { width: number; height: number; pages: number; display: { sha256: string; thumb: string } };
  tolerance?: { max_abs: number | null; mean_abs: number };
}

const entries: Entry[] = existsSync(`${corpus}index.jsonl`)
  ? readFileSync(`${corpus}index.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

/** Tier B: shown otherwise than the index expects, which it allows for a reason. */
const otherwise: Record<string, string> = {
  'twelve-flower-rgb-contig-08.tif': 'three samples without a photometric interpretation are RGB, as in libtiff',
  'twelve-flower-separated-planar-08.tif': 'the same with four samples',
  'imagers-ycbcr_lzw_broken.tif': 'YCbCrCoefficients of 1/0 are not believed',
  'imagers-clusterfuzz-testcase-minimized-fuzzer_script_tiff-5026894169374720.tif': 'fuzzed JPEG: a part is shown',
  'pillow-crash-74d2a78403a5a59db1fb0a2b8735ac068a75f6e3.tif': 'damaged fax data end the page; libtiff goes on',
  'pillow-tiff_overflow_rows_per_strip.tif': 'the strips are where they should be; libtiff shows black',
};

/** geotiff repeats chroma, libjpeg and browsers interpolate it; the picture is small and coloured. */
const browserBetter = 'syn-jpeg-ycbcr-420.tif';

const read = (file: string): Promise<Pixels> =>
  decode(new Blob([readFileSync(corpus + file)]), {}, { head: new Uint8Array(), maxPixels: 1e8 });

/** 'equal', 'within', 'wrong', or the sentence of a refusal. */
async function outcome({ file, expect: expected, tolerance }: Entry): Promise<string> {
  try {
    const pixels = await read(file);
    if (expected === undefined) return 'shown';
    const { width, height, data, facts } = pixels;
    if (width !== expected.width || height !== expected.height) return `wrong size: ${width} × ${height}`;
    if (facts.frames !== expected.pages) return `wrong count of pages: ${facts.frames}`;
    const rgb = new Uint8Array(width * height * 3);
    for (let i = 0, o = 0; o < rgb.length; i += 4) for (let c = 0; c < 3; c++) rgb[o++] = data[i + c] ?? 0;
    if (createHash('sha256').update(rgb).digest('hex') === expected.display.sha256) return 'equal';
    if (tolerance === undefined || tolerance.max_abs === 0) return 'wrong';
    const stored = Buffer.from(expected.display.thumb, 'base64');
    const largest = Math.max(...thumbOf(rgb, width, height).map((v, i) => Math.abs(v - (stored[i] ?? 0))));
    return largest <= Math.max(1, tolerance.mean_abs) + 1 ? 'within' : `wrong by ${largest}`;
  } catch (error) {
    if (error instanceof VitrineError && /^[A-Z].*\.$/.test(error.message)) return error.message;
    return `crash: ${String(error)}`;
  }
}

/** Means of 16 × 16 cells with fractional weights at their edges, RGB. */
function thumbOf(rgb: Uint8Array, width: number, height: number): number[] {
  const cells = new Float64Array(768);
  const covers = (size: number): [cell: number, share: number][][] =>
    Array.from({ length: size }, (_, at) =>
      Array.from({ length: 16 }, (__, cell): [number, number] => [
        cell,
        Math.min(at + 1, ((cell + 1) * size) / 16) - Math.max(at, (cell * size) / 16),
      ]).filter(([, share]) => share > 0),
    );
  const columns = covers(width);
  covers(height).forEach((rows, y) => {
    columns.forEach((across, x) => {
      for (const [j, down] of rows)
        for (const [i, share] of across)
          for (let c = 0; c < 3; c++) {
            const cell = (j * 16 + i) * 3 + c;
            cells[cell] = (cells[cell] ?? 0) + (rgb[(y * width + x) * 3 + c] ?? 0) * share * down;
          }
    });
  });
  const weight = (width / 16) * (height / 16);
  return Array.from(cells, (sum) => Math.floor(sum / weight + 0.5));
}

const nameOf = (file: string): string => file.replace('files/', '');

async function outcomes(tier: Entry['tier']): Promise<[name: string, outcome: string][]> {
  const list: [string, string][] = [];
  for (const entry of entries.filter((e) => e.tier === tier)) list.push([nameOf(entry.file), await outcome(entry)]);
  return list;
}

const asExpected = (result: string): boolean => result === 'equal' || result === 'within';

describe.skipIf(entries.length === 0)('the TIFF corpus', { timeout: 300_000 }, () => {
  test('tier A is shown as expected', async () => {
    const others = (await outcomes('A')).filter(([name, result]) => name !== browserBetter && !asExpected(result));
    expect(others).toEqual([]);
  });

  test('tier B is shown as expected, or otherwise for a reason', async () => {
    const others = (await outcomes('B')).filter(([, result]) => !asExpected(result)).map(([name]) => name);
    // without an expected picture: its strips have no rows
    const refused = ['pillow-crash-63b1dffefc8c075ddc606c0a2f5fdc15ece78863.tif'];
    expect(others.sort()).toEqual([...Object.keys(otherwise), ...refused].sort());
  });

  test('tier E is shown as expected or refused as something that is not read', async () => {
    const others = (await outcomes('E')).filter(
      ([, result]) => !asExpected(result) && !/not read|browsers only/.test(result),
    );
    expect(others).toEqual([]);
  });

  test('tier X is refused with a sentence', async () => {
    const others = (await outcomes('X')).filter(([, result]) => !/^[A-Z].*\.$/.test(result));
    expect(others).toEqual([]);
  });
});
