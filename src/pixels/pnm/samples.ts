// The raster of a portable anymap as samples.
import { VitrineError } from '../../shared/errors.ts';
import type { PnmHeader } from './header.ts';

/** The samples of a raster, and how many of them the file holds. */
export interface PnmSamples {
  /** [height, width, depth] row-major; what the file lacks is 0. */
  samples: Uint8Array | Uint16Array;
  /** Samples that the file holds. */
  found: number;
}

/** Reads the samples, clamped to the maxval. Errors: `unreadable` for text that is no number and for a file without any sample. */
export function readPnmSamples(bytes: Uint8Array, header: PnmHeader): PnmSamples {
  const { width, height, depth, maxval, coding } = header;
  const count = width * height * depth;
  const raster = bytes.subarray(header.at);
  const samples = maxval > 255 ? new Uint16Array(count) : new Uint8Array(count);
  const read = { text: readText, 'text-bits': readTextBits, bits: readBits, bytes: readBytes }[coding];
  const found = read(raster, samples, header);
  if (found === 0) throw new VitrineError('unreadable', 'The file ends after its header: there are no pixels.');
  const limit = maxval === 255 || maxval === 65_535 ? undefined : maxval;
  if (limit !== undefined) for (let i = 0; i < found; i++) if ((samples[i] ?? 0) > limit) samples[i] = limit;
  return { samples, found };
}

type Read = (raster: Uint8Array, out: Uint8Array | Uint16Array, header: PnmHeader) => number;

const readBytes: Read = (raster, out, { maxval }) => {
  if (maxval <= 255) {
    const found = Math.min(out.length, raster.length);
    out.set(raster.subarray(0, found));
    return found;
  }
  // two bytes a sample, the more significant first
  const found = Math.min(out.length, raster.length >> 1);
  for (let i = 0; i < found; i++) out[i] = ((raster[2 * i] ?? 0) << 8) | (raster[2 * i + 1] ?? 0);
  return found;
};

/** Eight pixels a byte, the leftmost in the most significant bit; a row begins at a byte. */
const readBits: Read = (raster, out, { width, height }) => {
  const stride = (width + 7) >> 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = raster[y * stride + (x >> 3)];
      if (byte === undefined) return y * width + x;
      out[y * width + x] = (byte >> (7 - (x & 7))) & 1;
    }
  }
  return width * height;
};

/** 0 and 1, with or without white space between them. */
const readTextBits: Read = (raster, out) => {
  let found = 0;
  for (let at = 0; at < raster.length && found < out.length; at++) {
    const c = raster[at] ?? 0;
    if (c === 0x30 || c === 0x31) out[found++] = c - 0x30;
    else if (c === 0x23) at = lineEnd(raster, at);
    else if (!isSpace(c)) throw notANumber(raster, at);
  }
  return found;
};

const readText: Read = (raster, out, { maxval }) => {
  let found = 0;
  let at = 0;
  while (found < out.length) {
    while (at < raster.length && (isSpace(raster[at] ?? 0) || raster[at] === 0x23))
      at = raster[at] === 0x23 ? lineEnd(raster, at) : at + 1;
    if (at >= raster.length) break;
    const start = at;
    let value = 0;
    for (; at < raster.length; at++) {
      const digit = (raster[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === start) throw notANumber(raster, at);
    out[found++] = Math.min(value, maxval);
  }
  return found;
};

const isSpace = (c: number): boolean => c === 32 || (c >= 9 && c <= 13);

function lineEnd(raster: Uint8Array, at: number): number {
  const end = raster.indexOf(10, at);
  return end < 0 ? raster.length : end;
}

function notANumber(raster: Uint8Array, at: number): VitrineError {
  const text = new TextDecoder('latin1').decode(raster.subarray(at, at + 12));
  return new VitrineError('unreadable', `“${text}” stands where a sample should be.`);
}
