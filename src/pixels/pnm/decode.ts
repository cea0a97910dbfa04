// Decodes portable anymaps (PBM, PGM, PPM, PAM), plain and raw, to pixels over white. The first picture of a file that holds several.
import { throwIfAborted } from '../../shared/errors.ts';
import { checkPixels } from '../limits.ts';
import { toByte, valueRange, valuesOf } from '../range.ts';
import type { Decoder, Pixels } from '../types.ts';
import { type PnmHeader, readPnmHeader } from './header.ts';
import { readPnmSamples } from './samples.ts';

/** `view.range` applies to samples of more than 8 bits; the declared range is 0 to maxval. */
export const decode: Decoder = async (file, view, { maxPixels, measure, signal }) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  throwIfAborted(signal);
  const header = readPnmHeader(bytes);
  checkPixels(header.width, header.height, maxPixels);
  const { samples, found } = readPnmSamples(bytes, header);
  const { width, height, depth, maxval } = header;
  const declared = { low: 0, high: maxval };
  const range = valueRange(maxval > 255 ? view.range : 'full', samples, declared);
  const missing = samples.length - found;
  const pixels: Pixels = {
    width,
    height,
    data: toRgba(samples, header, lookUp(maxval, range)),
    facts: { format: 'pnm', width, height, bits: Math.ceil(Math.log2(maxval + 1)), channels: depth },
  };
  if (measure === true && maxval > 255) pixels.facts.values = valuesOf(samples, range, declared);
  if (missing > 0)
    pixels.facts.warning = `The file is cut off: ${Math.floor(found / (width * depth))} of ${height} rows are there.`;
  return pixels;
};

/** Every sample value as 8 bits. */
function lookUp(maxval: number, range: { low: number; high: number }): Uint8Array {
  return Uint8Array.from({ length: maxval + 1 }, (_, v) => toByte(v, range));
}

/** Samples to RGBA over white; `bytes` maps a sample to 8 bits. */
function toRgba(
  samples: Uint8Array | Uint16Array,
  header: PnmHeader,
  bytes: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, depth, meaning, maxval } = header;
  const out = new Uint8ClampedArray(width * height * 4);
  const colours = meaning.startsWith('rgb') ? 3 : 1;
  const alpha = meaning.endsWith('alpha');
  // alpha keeps its declared range whatever rule the colours follow
  const alphaBytes = alpha ? lookUp(maxval, { low: 0, high: maxval }) : bytes;
  if (meaning === 'cmyk') {
    for (let i = 0; i < samples.length; i += 4) {
      const white = 255 - (bytes[samples[i + 3] ?? 0] ?? 0);
      for (let c = 0; c < 3; c++) out[i + c] = white - timesByte(bytes[samples[i + c] ?? 0] ?? 0, white);
      out[i + 3] = 255;
    }
    return out;
  }
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += depth, to += 4) {
    const a = alpha ? (alphaBytes[samples[from + colours] ?? 0] ?? 0) : 255;
    for (let c = 0; c < 3; c++) {
      let v = bytes[samples[from + (colours === 3 ? c : 0)] ?? 0] ?? 0;
      if (meaning === 'bitmap') v = 255 - v;
      out[to + c] = a === 255 ? v : Math.floor((v * a + 255 * (255 - a)) / 255 + 0.5);
    }
    out[to + 3] = 255;
  }
  return out;
}

/** a · b / 255, rounded, in integers: as Pillow multiplies when it turns CMYK into RGB. */
function timesByte(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
