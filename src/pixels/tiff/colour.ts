// From the samples of a page to RGBA over white, by its colour model (TIFF 6.0, sections 3 to 6 and 16 to 23).
import type { Samples, ValueRange } from '../range.ts';
import { toByte } from '../range.ts';
import { labToRgb } from './lab.ts';
import type { Page } from './page.ts';
import { ycbcrToRgb } from './ycbcr.ts';

/** Some rows of a page: `colour` is [rows, width, colours], `alpha` [rows, width]. */
export interface Raster {
  colour: Samples;
  alpha: Samples | undefined;
}

/** The values that the sample type declares as black and white. */
export function declaredRange({ bits, kind }: Pick<Page, 'bits' | 'kind'>): ValueRange {
  if (kind === 'float') return { low: 0, high: 1 };
  return kind === 'int' ? { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 } : { low: 0, high: 2 ** bits - 1 };
}

/** Writes RGBA, 8 bits, alpha 255, over white: 4 bytes a pixel of the raster. */
export type Painter = (raster: Raster, out: Uint8ClampedArray) => void;

/** A painter for the rows of a page. `range` is that of the colours; alpha has its declared one. Tables are made once. */
export function painterOf(page: Page, range: ValueRange): Painter {
  const paintColours = colourPainter(page, range);
  const alphaBytes = page.alpha && scalerOf(page, declaredRange(page));
  return ({ colour, alpha }, out) => {
    out.fill(255);
    paintColours(colour, out);
    if (alpha && alphaBytes) layOverWhite(alphaBytes(alpha), page.alpha?.associated ?? false, out);
  };
}

function colourPainter(page: Page, range: ValueRange): (colour: Samples, out: Uint8ClampedArray) => void {
  const { model, colours } = page;
  if (model === 'palette') return palettePainter(page.colorMap ?? []);
  if (model === 'cielab' || model === 'icclab') return (colour, out) => paintRgb(labToRgb(colour, page), out);
  const bytesOf = scalerOf(page, range);
  if (colours === 1) return (colour, out) => paintGray(bytesOf(colour), model === 'white-is-zero', out);
  if (model === 'cmyk') return (colour, out) => paintCmyk(bytesOf(colour), out);
  if (model === 'rgb') return (colour, out) => paintRgb(bytesOf(colour), out);
  return (colour, out) => {
    const bytes = bytesOf(colour);
    ycbcrToRgb(bytes, page.coefficients, page.referenceBlackWhite);
    paintRgb(bytes, out);
  };
}

/** Makes bytes of samples; a table serves the sizes that have few values. The bytes may be the samples themselves. */
function scalerOf({ bits, kind }: Page, range: ValueRange): (samples: Samples) => Uint8Array {
  if (bits === 8 && kind === 'uint')
    return (samples) => (samples instanceof Uint8Array ? samples : Uint8Array.from(samples));
  const { low } = declaredRange({ bits, kind });
  const few = kind !== 'float' && bits <= 16;
  const table = Uint8Array.from({ length: few ? 2 ** bits : 0 }, (_, i) => toByte(low + i, range));
  return (samples) => {
    const out = new Uint8Array(samples.length);
    if (few) for (let i = 0; i < samples.length; i++) out[i] = table[(samples[i] ?? 0) - low] ?? 0;
    else for (let i = 0; i < samples.length; i++) out[i] = toByte(samples[i] ?? 0, range);
    return out;
  };
}

function paintGray(bytes: Uint8Array, inverted: boolean, out: Uint8ClampedArray): void {
  const words = wordsOf(out);
  const flip = inverted ? 255 : 0;
  for (let i = 0; i < bytes.length; i++) words[i] = 0xff000000 | (((bytes[i] ?? 0) ^ flip) * 0x10101);
}

/** RGBA as one number a pixel, red lowest: a third of the writes. Rasters begin at whole pixels, browsers run on little-endian machines. */
const wordsOf = (out: Uint8ClampedArray): Uint32Array => new Uint32Array(out.buffer, out.byteOffset, out.length >> 2);

function paintRgb(bytes: Uint8Array, out: Uint8ClampedArray): void {
  const words = wordsOf(out);
  for (let i = 0, o = 0; i + 2 < bytes.length; i += 3, o++)
    words[o] = 0xff000000 | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i] ?? 0);
}

function paintCmyk(bytes: Uint8Array, out: Uint8ClampedArray): void {
  for (let i = 0, o = 0; i + 3 < bytes.length; i += 4, o += 4) {
    const white = 255 - (bytes[i + 3] ?? 0);
    for (let c = 0; c < 3; c++) out[o + c] = Math.floor(((255 - (bytes[i + c] ?? 0)) * white) / 255 + 0.5);
  }
}

/** All reds, all greens, all blues, of 16 bits; of 8 where no entry is larger. An index past the end is the last entry. */
function palettePainter(colorMap: number[]): (indexes: Samples, out: Uint8ClampedArray) => void {
  const entries = Math.floor(colorMap.length / 3);
  const shift = colorMap.some((v) => v > 255) ? 8 : 0;
  const map = Uint8Array.from(colorMap, (v) => v >> shift);
  return (indexes, out) => {
    for (let i = 0, o = 0; i < indexes.length; i++, o += 4) {
      const entry = Math.min(indexes[i] ?? 0, entries - 1);
      out[o] = map[entry] ?? 0;
      out[o + 1] = map[entries + entry] ?? 0;
      out[o + 2] = map[2 * entries + entry] ?? 0;
    }
  };
}

/** Composites over white. Associated colours are already multiplied with alpha. */
function layOverWhite(alpha: Uint8Array, associated: boolean, out: Uint8ClampedArray): void {
  for (let i = 0, o = 0; i < alpha.length; i++, o += 4) {
    const a = alpha[i] ?? 0;
    if (a === 255) continue;
    for (let c = o; c < o + 3; c++) {
      const v = out[c] ?? 0;
      // clamped by the array
      out[c] = associated ? v + 255 - a : Math.floor((v * a + 255 * (255 - a)) / 255 + 0.5);
    }
  }
}
