// What runs in the page: decodes one file by the scripting API, times it out, and takes the measures that the judge needs.
import type { Seen } from './judge.ts';

/** A file to decode, by URL on the page's own origin. */
export interface Request {
  url: string;
  /** Milliseconds after which it hangs. */
  limitMs: number;
  /** The whole file that `rows` rows from the top or bottom must equal. */
  intact?: { url: string; rows: number; from: 'top' | 'bottom' };
}

/** Self-contained, because it is sent to the page as text. */
export async function measure({ url, limitMs, intact }: Request): Promise<Seen> {
  type Picture = Awaited<ReturnType<typeof window.vitrine.decode>>;
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), limitMs));
  const read = async (from: string): Promise<Blob> => {
    const response = await fetch(from);
    if (!response.ok) throw new Error(`${from} answers ${response.status}`);
    return response.blob();
  };
  const file = await read(url);
  let picture: Picture | 'late';
  try {
    picture = await Promise.race([window.vitrine.decode(file), late]);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { kind: 'refused', code: String(error.code), message: error.message };
    return { kind: 'crash', message: String(error) };
  }
  if (picture === 'late') return { kind: 'hang' };

  const { width, height, data, facts } = picture;
  const rgb = new Uint8Array(width * height * 3);
  const sums = [0, 0, 0];
  for (let from = 0, to = 0; to < rgb.length; from++) {
    if (from % 4 === 3) continue;
    const value = data[from] ?? 0;
    sums[to % 3] = (sums[to % 3] ?? 0) + value;
    rgb[to++] = value;
  }
  // means over cells of exactly w/16 × h/16 pixels, with fractional weights at the edges
  const cells = new Array<number>(768).fill(0);
  const columns = Array.from({ length: 16 }, (_, j) => [(j * width) / 16, ((j + 1) * width) / 16] as const);
  const row = new Float64Array(48);
  for (let y = 0; y < height; y++) {
    row.fill(0);
    columns.forEach(([left, right], j) => {
      for (let x = Math.floor(left); x < right; x++) {
        const weight = Math.min(right, x + 1) - Math.max(left, x);
        const at = (y * width + x) * 3;
        for (let c = 0; c < 3; c++) row[j * 3 + c] = (row[j * 3 + c] ?? 0) + weight * (rgb[at + c] ?? 0);
      }
    });
    for (let i = Math.floor((y * 16) / height); i < 16 && (i * height) / 16 < y + 1; i++) {
      const weight = Math.min(((i + 1) * height) / 16, y + 1) - Math.max((i * height) / 16, y);
      if (weight <= 0) continue;
      for (let k = 0; k < 48; k++)
        cells[i * 48 + k] = (cells[i * 48 + k] ?? 0) + (weight * (row[k] ?? 0) * 256) / (width * height);
    }
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', rgb));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const seen: Seen = { kind: 'picture', format: facts.format, width, height, sha256, mean: [], cells };
  seen.mean = sums.map((sum) => sum / (width * height));
  if (intact === undefined) return seen;

  const whole = await window.vitrine.decode(await read(intact.url));
  if (whole.width !== width || whole.height !== height) return { ...seen, rowsDiffer: null };
  const start = intact.from === 'top' ? 0 : (height - intact.rows) * width * 4;
  let rowsDiffer = 0;
  for (let i = start; i < start + intact.rows * width * 4; i++)
    rowsDiffer = Math.max(rowsDiffer, Math.abs((data[i] ?? 0) - (whole.data[i] ?? 0)));
  return { ...seen, rowsDiffer };
}
