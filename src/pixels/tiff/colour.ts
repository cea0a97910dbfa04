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

/** Writes RGBA, 8 bits, alpha 255, to `out` (4 bytes a pixel of `raster`). `range` is that of the colours; alpha has its declared one. */
export function paint(page: Page, { colour, alpha }: Raster, range: ValueRange, out: Uint8ClampedArray): void {
  const { model, colours } = page;
  const pixels = colour.length / colours;
  if (model === 'palette') paintPalette(colour, page.colorMap ?? [], out);
  else if (model === 'cielab' || model === 'icclab') paintRgb(labToRgb(colour, page), out);
  else {
    const bytes = toBytes(colour, page, range);
    if (colours === 1) paintGray(bytes, model === 'white-is-zero', out);
    else if (model === 'cmyk') paintCmyk(bytes, out);
    else {
      if (model === 'ycbcr') ycbcrToRgb(bytes, page.coefficients, page.referenceBlackWhite);
      paintRgb(bytes, out);
    }
  }
  if (alpha !== undefined)
    layOverWhite(toBytes(alpha, page, declaredRange(page)), page.alpha?.associated ?? false, out);
  for (let i = 0, o = 3; i < pixels; i++, o += 4) out[o] = 255;
}

/** Samples as bytes; a table serves the sizes that have few values. May be the samples themselves. */
function toBytes(samples: Samples, { bits, kind }: Page, range: ValueRange): Uint8Array {
  if (samples instanceof Uint8Array && bits === 8) return samples;
  const out = new Uint8Array(samples.length);
  if (kind === 'float' || bits > 16) {
    for (let i = 0; i < samples.length; i++) out[i] = toByte(samples[i] ?? 0, range);
    return out;
  }
  const { low } = declaredRange({ bits, kind });
  const table = Uint8Array.from({ length: 2 ** bits }, (_, i) => toByte(low + i, range));
  for (let i = 0; i < samples.length; i++) out[i] = table[(samples[i] ?? 0) - low] ?? 0;
  return out;
}

function paintGray(bytes: Uint8Array, inverted: boolean, out: Uint8ClampedArray): void {
  for (let i = 0, o = 0; i < bytes.length; i++, o += 4) {
    const v = bytes[i] ?? 0;
    out[o] = out[o + 1] = out[o + 2] = inverted ? 255 - v : v;
  }
}

function paintRgb(bytes: Uint8Array, out: Uint8ClampedArray): void {
  for (let i = 0, o = 0; i + 2 < bytes.length; i += 3, o += 4) {
    out[o] = bytes[i] ?? 0;
    out[o + 1] = bytes[i + 1] ?? 0;
    out[o + 2] = bytes[i + 2] ?? 0;
  }
}

function paintCmyk(bytes: Uint8Array, out: Uint8ClampedArray): void {
  for (let i = 0, o = 0; i + 3 < bytes.length; i += 4, o += 4) {
    const white = 255 - (bytes[i + 3] ?? 0);
    for (let c = 0; c < 3; c++) out[o + c] = Math.floor(((255 - (bytes[i + c] ?? 0)) * white) / 255 + 0.5);
  }
}

/** All reds, all greens, all blues, of 16 bits; of 8 where no entry is larger. An index past the end is the last entry. */
function paintPalette(indexes: Samples, colorMap: number[], out: Uint8ClampedArray): void {
  const entries = Math.floor(colorMap.length / 3);
  const shift = colorMap.some((v) => v > 255) ? 8 : 0;
  for (let i = 0, o = 0; i < indexes.length; i++, o += 4) {
    const entry = Math.min(indexes[i] ?? 0, entries - 1);
    for (let c = 0; c < 3; c++) out[o + c] = (colorMap[c * entries + entry] ?? 0) >> shift;
  }
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
