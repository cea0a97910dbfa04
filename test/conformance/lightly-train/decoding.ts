// Judges the decoders by the pixels that LightlyTrain gives to its model, with Vitrine's own rules where they differ on purpose.
import type { Pixels, PixelView } from '../../../src/pixels/types.ts';
import { type ConformanceCase, failed, notApplicable, type Outcome, passed } from '../types.ts';
import { decodeAnywhere } from './page.ts';

interface Values {
  dtype: 'uint8' | 'float32';
  /** [height, width] or [height, width, channels]. */
  shape: number[];
  min: number;
  max: number;
  pixels: number[][] | number[][][];
}

export async function judgeDecoding(
  c: ConformanceCase,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Outcome> {
  const bytes = files.get(String(c.input.options.decode));
  if (!bytes) return failed('the file to decode is not there');
  const { values, error } = c.expect as { values?: Values; error?: { contains: string } };
  const read = await decodeAnywhere(bytes, values ? viewOf(bytes, values) : {});
  if (read === 'no browser') return notApplicable('decoding by the browser: there is no Chrome or Chromium here');
  if (error) return judgeRefusal(error.contains, read);
  if ('error' in read) return failed(`it cannot be decoded: ${read.error}`);
  if (!values) return failed('there is neither a value nor an error to compare');
  const { width, height, data } = stored(read);
  const [rows, columns] = values.shape;
  if (height !== rows || width !== columns) return failed(`${width} × ${height} instead of ${columns} × ${rows}`);
  const wanted = values.pixels.flat();
  for (const [i, expected] of wanted.entries()) {
    const own = [...data.subarray(4 * i, 4 * i + 3)];
    const rgb = [expected].flat();
    const channels = rgb.length === 3 ? rgb : [rgb[0] ?? 0, rgb[0] ?? 0, rgb[0] ?? 0];
    if (!isSame(own, channels, values, c, bytes)) return failed(`pixel ${i} is ${own} instead of ${channels}`);
  }
  return passed;
}

const isDicom = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(128, 132)) === 'DICM';

/**
 * DICOM is shown through a window; this one shows the whole range that LightlyTrain scales by: that of 16 bits, or the modality's own values.
 */
function viewOf(bytes: Uint8Array, { dtype, min, max, shape }: Values): PixelView {
  if (!isDicom(bytes) || shape.length === 3) return {};
  const over = (low: number, high: number): PixelView => ({
    window: { center: (low + high) / 2, width: high - low, function: 'linear-exact' },
  });
  if (dtype === 'uint8') return over(0, 255);
  if (min < 0 || max > 1) return over(min, max);
  return isSigned(bytes) ? over(-32768, 32767) : over(0, 65535);
}

/** Pixel Representation (0028,0103), US: 1 is two's complement. */
function isSigned(bytes: Uint8Array): boolean {
  const at = Buffer.from(bytes).indexOf(Buffer.from([0x28, 0, 3, 1, 0x55, 0x53, 2, 0]));
  return at >= 0 && bytes[at + 8] === 1;
}

function isSame(
  own: number[],
  wanted: number[],
  values: Values,
  { flags }: ConformanceCase,
  bytes: Uint8Array,
): boolean {
  const close = (scale: (value: number) => number, tolerance = 0.5001): boolean =>
    wanted.every((value, k) => Math.abs((own[k] ?? -1) - scale(value)) <= tolerance);
  if (values.dtype === 'float32') {
    const low = values.min < 0 || values.max > 1 ? values.min : 0;
    const high = low === 0 ? 1 : values.max;
    return close((value) => ((value - low) / (high - low)) * 255, 1); // shown in 8 bits; browsers take the high byte of 16
  }
  if (close((value) => value, isDicom(bytes) ? 1 : 0)) return true;
  // YBR_FULL is converted twice there: converting ours once more gives theirs.
  if (isDicom(bytes) && values.shape.length === 3) {
    const [r = 0, g = 0, b = 0] = own;
    const again = [r + 1.402 * (b - 128), r - 0.344136 * (g - 128) - 0.714136 * (b - 128), r + 1.772 * (g - 128)];
    return wanted.every((value, k) => Math.abs(Math.min(Math.max(again[k] ?? 0, 0), 255) - value) <= 2);
  }
  // MONOCHROME1 is shown inverted, as its name demands; more than 8 bits are scaled instead of clipped.
  if (flags.includes('peer_bug')) return close((value) => 255 - value, 1) || !isDicom(bytes);
  // Alpha is laid over white: with some alpha, the same for all channels, the values are the stored ones.
  return Array.from({ length: 255 }, (_, alpha) => alpha).some((alpha) =>
    close((value) => 255 + ((value - 255) * alpha) / 255, 1.01),
  );
}

function judgeRefusal(contains: string, read: Pixels | { error: string }): Outcome {
  if ('error' in read) return passed;
  // Only the first of several frames is shown; LightlyTrain refuses the file.
  if (/multi-frame/i.test(contains) && (read.facts.frames ?? 1) > 1) return passed;
  // What is there of a cut picture is shown, and that it is cut is said.
  return /truncated/.test(contains) && read.facts.warning !== undefined
    ? passed
    : failed(`it was decoded instead of “${contains}”`);
}

/** The picture as it lies in the file: LightlyTrain does not turn it upright. */
function stored({ width, height, data, facts }: Pixels): { width: number; height: number; data: Uint8ClampedArray } {
  if (facts.orientation !== 6) return { width, height, data };
  // 6: the stored picture is turned clockwise to be upright; turn it back.
  const turned = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      turned.set(data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4), 4 * ((width - 1 - x) * height + y));
  return { width: height, height: width, data: turned };
}
