// YCbCr as TIFF stores it: blocks of luma with shared chroma, and the way to RGB (TIFF 6.0, section 21).
import type { Page } from './page.ts';

/** Blocks of `across · down` luma samples, then Cb and Cr, as [rows, width, 3]; chroma is repeated. */
export function spreadChroma(
  bytes: Uint8Array,
  rows: number,
  width: number,
  [across, down]: Page['subsampling'],
): Uint8Array {
  const out = new Uint8Array(rows * width * 3);
  const perRow = Math.ceil(width / across);
  const blockBytes = across * down + 2;
  for (let y = 0; y < rows; y++) {
    const line = Math.floor(y / down) * perRow;
    const inBlock = (y % down) * across;
    for (let x = 0, o = y * width * 3; x < width; x++, o += 3) {
      const block = (line + Math.floor(x / across)) * blockBytes;
      out[o] = bytes[block + inBlock + (x % across)] ?? 0;
      out[o + 1] = bytes[block + blockBytes - 2] ?? 0;
      out[o + 2] = bytes[block + blockBytes - 1] ?? 0;
    }
  }
  return out;
}

/** Converts [n, 3] bytes from YCbCr to RGB in place. Without tags: BT.601 over the full range, as in JPEG. */
export function ycbcrToRgb(
  bytes: Uint8Array,
  coefficients: number[] = [0.299, 0.587, 0.114],
  reference: number[] = [0, 255, 128, 255, 128, 255],
): void {
  const [red = 0, green = 1, blue = 0] = coefficients;
  const [blackY = 0, whiteY = 255, blackCb = 128, whiteCb = 255, blackCr = 128, whiteCr = 255] = reference;
  const luma = table((v) => ((v - blackY) * 255) / (whiteY - blackY));
  const cbBlue = table((v) => (((v - blackCb) * 127) / (whiteCb - blackCb)) * (2 - 2 * blue));
  const crRed = table((v) => (((v - blackCr) * 127) / (whiteCr - blackCr)) * (2 - 2 * red));
  for (let i = 0; i + 2 < bytes.length; i += 3) {
    const y = luma[bytes[i] ?? 0] ?? 0;
    const r = y + (crRed[bytes[i + 2] ?? 0] ?? 0);
    const b = y + (cbBlue[bytes[i + 1] ?? 0] ?? 0);
    bytes[i] = toByte(r);
    bytes[i + 1] = toByte((y - blue * b - red * r) / green);
    bytes[i + 2] = toByte(b);
  }
}

const table = (value: (v: number) => number): Float64Array => Float64Array.from({ length: 256 }, (_, v) => value(v));

const toByte = (v: number): number => (v >= 254.5 ? 255 : v > 0 ? Math.floor(v + 0.5) : 0);
