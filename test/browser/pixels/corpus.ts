// Reads the corpora beside the repository, where they are present, and judges a decoded picture by their rules.
import { server } from 'vitest/browser';
import type { Pixels } from '../../../src/pixels/types.ts';

export interface Expected {
  width: number;
  height: number;
  display: { sha256: string; thumb: string };
}

/** One line of a corpus' index.jsonl, as far as it is used here. */
export interface CorpusFile {
  file: string;
  tier: 'A' | 'B' | 'E' | 'X';
  format: string;
  kind: string[];
  expect?: Expected;
  alternatives?: Expected[];
  accept?: string[];
  tolerance?: { max_abs: number; mean_abs: number };
}

const shared = `/@fs${server.config.root}/../shared`;

/** A file of the shared material, or undefined where that is absent. */
export async function fetchShared(path: string): Promise<Blob | undefined> {
  // the development server answers with its page for what it does not know, unless the page is not wanted
  const response = await fetch(`${shared}/${path}`, { headers: { accept: 'application/octet-stream' } });
  return response.ok ? response.blob() : undefined;
}

/** The index of a corpus; empty where it is absent. Names without extension are left out: the development server takes them for scripts. */
export async function readIndex(corpus: string): Promise<CorpusFile[]> {
  const blob = await fetchShared(`corpora/${corpus}/index.jsonl`);
  const lines = blob === undefined ? [] : (await blob.text()).trim().split('\n');
  return lines.map((line): CorpusFile => JSON.parse(line)).filter(({ file }) => file.includes('.'));
}

/** The RGB bytes of a picture, row by row. */
export function rgbOf({ data }: { data: Uint8ClampedArray }): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let i = 0, o = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) rgb[o++] = data[i + c] ?? 0;
  return rgb;
}

export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Means over 16 × 16 cells with fractional weights: the corpora's `thumb`. RGB, 768 numbers. */
function cells({ data, width, height }: Pixels): Float64Array {
  const sums = new Float64Array(768);
  const cover = (from: number, to: number, at: number): number =>
    Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  for (let i = 0; i < 16; i++) {
    for (let j = 0; j < 16; j++) {
      const [top, bottom] = [(i * height) / 16, ((i + 1) * height) / 16];
      const [left, right] = [(j * width) / 16, ((j + 1) * width) / 16];
      for (let y = Math.floor(top); y < bottom && y < height; y++) {
        for (let x = Math.floor(left); x < right && x < width; x++) {
          const weight = cover(top, bottom, y) * cover(left, right, x) * (256 / (width * height));
          for (let c = 0; c < 3; c++) {
            const at = (i * 16 + j) * 3 + c;
            sums[at] = (sums[at] ?? 0) + weight * (data[(y * width + x) * 4 + c] ?? 0);
          }
        }
      }
    }
  }
  return sums;
}

export type Judgement = 'equal' | 'within' | 'wrong size' | 'wrong';

/**
 * Equal by its hash; else within tolerance as far as the 16 × 16 means show: a picture within the bounds has cell means
 * within them too, but for the half level of rounding in the stored means.
 */
export async function judge(
  pixels: Pixels,
  expect: Expected,
  tolerance = { max_abs: 0, mean_abs: 0 },
): Promise<Judgement> {
  if (pixels.width !== expect.width || pixels.height !== expect.height) return 'wrong size';
  if ((await sha256(rgbOf(pixels))) === expect.display.sha256) return 'equal';
  if (tolerance.max_abs === 0) return 'wrong';
  const stored = Uint8Array.from(atob(expect.display.thumb), (letter) => letter.charCodeAt(0));
  let largest = 0;
  let sum = 0;
  cells(pixels).forEach((mean, i) => {
    const difference = Math.abs(mean - (stored[i] ?? 0));
    largest = Math.max(largest, difference);
    sum += difference;
  });
  return largest <= tolerance.max_abs + 0.5 && sum / 768 <= tolerance.mean_abs + 0.5 ? 'within' : 'wrong';
}
