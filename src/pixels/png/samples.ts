// The samples of a PNG with 16 bits: chunks, inflate, filters, interlace (PNG, third edition, sections 5, 7, 8, 9 and 10).
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';

/** As stored, before orientation and transparency. */
export interface PngSamples {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  channels: number;
  /** [height, width, channels] row-major; 0 where the file lacks them. */
  samples: Uint16Array<ArrayBuffer>;
  /** The colour that is transparent, where the file names one; of grey or RGB. */
  transparent: readonly number[] | undefined;
  /** Share of the bytes that the file holds, 0 to 1. */
  share: number;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };
const BYTES = 2;
/** First column and row, and distances, of the seven passes of Adam7. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A reduced picture of interlace; the whole when there is none. */
interface Pass {
  left: number;
  top: number;
  across: number;
  down: number;
  columns: number;
  rows: number;
}

/** Errors: `unreadable` when not one row can be read. The size was checked by the caller. */
export async function readSamples(bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<PngSamples> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = CHANNELS[view.getUint8(25)];
  if (channels === undefined)
    throw new VitrineError('unreadable', 'The PNG header names a colour type without 16 bits.');
  const passes = passesOf(width, height, view.getUint8(28) === 1);
  const { data, transparent } = chunksOf(bytes, view, channels);
  const pixelBytes = channels * BYTES;
  const expected = passes.reduce((sum, { columns, rows }) => sum + rows * (1 + columns * pixelBytes), 0);
  const { raw, found } = await inflated(data, expected, signal);
  if (found <= pixelBytes) throw new VitrineError('unreadable', 'The pixel data of the PNG cannot be read.');
  const samples = new Uint16Array(width * height * channels);
  let at = 0;
  for (const pass of passes) {
    const rowBytes = pass.columns * pixelBytes;
    for (let row = 0; row < pass.rows && at < found; row++, at += 1 + rowBytes) {
      unfilter(raw, at, rowBytes, pixelBytes, row === 0);
      place(raw, at + 1, pass, { row, width, channels, samples });
    }
  }
  return { width, height, channels, samples, transparent, share: found / expected };
}

function passesOf(width: number, height: number, interlaced: boolean): Pass[] {
  if (!interlaced) return [{ left: 0, top: 0, across: 1, down: 1, columns: width, rows: height }];
  return ADAM7.map(([left, top, across, down]) => ({
    left,
    top,
    across,
    down,
    columns: Math.ceil((width - left) / across),
    rows: Math.ceil((height - top) / down),
  })).filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** The compressed data of all IDAT chunks, and the transparent colour. Checksums are not looked at: what is damaged shows. */
function chunksOf(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  channels: number,
): { data: Uint8Array<ArrayBuffer>[]; transparent: number[] | undefined } {
  const data: Uint8Array<ArrayBuffer>[] = [];
  let transparent: number[] | undefined;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IDAT') data.push(content);
    else if (name === 'IEND') break;
    else if (name === 'tRNS' && channels % 2 === 1 && content.length >= channels * BYTES)
      transparent = Array.from({ length: channels }, (_, c) => view.getUint16(at + 8 + c * BYTES));
    at += 12 + length;
  }
  return { data, transparent };
}

/** At most `expected` bytes; what comes before damage or the end of a cut file is kept. */
async function inflated(
  data: Uint8Array<ArrayBuffer>[],
  expected: number,
  signal: AbortSignal | undefined,
): Promise<{ raw: Uint8Array<ArrayBuffer>; found: number }> {
  const raw = new Uint8Array(expected);
  let found = 0;
  const reader = new Blob(data).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    while (found < expected) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, expected - found);
      raw.set(part, found);
      found += part.length;
    }
  } catch {
    throwIfAborted(signal);
    // damaged or cut off: what was inflated stands
  }
  await reader.cancel().catch(() => undefined); // a stream that failed cannot be cancelled, and need not be
  return { raw, found };
}

/** Undoes the filter of one row in place; its type stands at `at`, the row before it ends there. */
function unfilter(raw: Uint8Array, at: number, rowBytes: number, pixelBytes: number, first: boolean): void {
  const type = raw[at];
  const start = at + 1;
  const above = first ? -1 : start - rowBytes - 1;
  const up = (i: number): number => (above < 0 ? 0 : (raw[above + i] ?? 0));
  const left = (i: number): number => (i < pixelBytes ? 0 : (raw[start + i - pixelBytes] ?? 0));
  if (type === 1) for (let i = 0; i < rowBytes; i++) raw[start + i] = (raw[start + i] ?? 0) + left(i);
  else if (type === 2) for (let i = 0; i < rowBytes; i++) raw[start + i] = (raw[start + i] ?? 0) + up(i);
  else if (type === 3)
    for (let i = 0; i < rowBytes; i++) raw[start + i] = (raw[start + i] ?? 0) + ((left(i) + up(i)) >> 1);
  else if (type === 4)
    for (let i = 0; i < rowBytes; i++) {
      const corner = i < pixelBytes ? 0 : up(i - pixelBytes);
      raw[start + i] = (raw[start + i] ?? 0) + paeth(left(i), up(i), corner);
    }
}

/** Of left, up and corner the one that is nearest to left + up − corner (9.4). */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** One row of a pass to its places. The more significant byte stands first. */
function place(
  raw: Uint8Array,
  from: number,
  { left, top, across, down, columns }: Pass,
  { row, width, channels, samples }: { row: number; width: number; channels: number; samples: Uint16Array },
): void {
  let at = from;
  for (let x = 0; x < columns; x++) {
    const to = ((top + row * down) * width + left + x * across) * channels;
    for (let c = 0; c < channels; c++, at += BYTES) samples[to + c] = ((raw[at] ?? 0) << 8) | (raw[at + 1] ?? 0);
  }
}
