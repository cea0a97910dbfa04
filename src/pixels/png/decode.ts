// A PNG with 16 bits by the view's range rule, and what its values are.
import { VitrineError } from '../../shared/errors.ts';
import { readHeader } from '../header/read.ts';
import { checkPixels } from '../limits.ts';
import { factsOf } from '../native/open.ts';
import { turnUpright } from '../orient.ts';
import { toByte, type ValueRange, valueRange, valuesOf } from '../range.ts';
import type { DecoderOptions, FrameView, PictureValues, Pixels } from '../types.ts';
import { type PngSamples, readSamples } from './samples.ts';

const declared: ValueRange = { low: 0, high: 65_535 };

/** Upright pixels over white; the range is that of the colours, alpha keeps its own. Errors: `unreadable`, `too-large`, `aborted`. */
export async function decodeDeep(file: Blob, view: FrameView, options: DecoderOptions): Promise<Pixels> {
  const header = await readHeader(file, 'png', options.head);
  const stored = await samplesOf(file, options);
  const colours = coloursOf(stored);
  const range = valueRange(view.range, colours, declared);
  const { width, height, data } = turnUpright(
    toRgba(stored, range),
    stored.width,
    stored.height,
    header.orientation ?? 1,
  );
  const facts = factsOf('png', { ...header, width, height });
  if (stored.share < 1)
    facts.warning = `The PNG is cut off or damaged: ${Math.floor(stored.share * 100)} % of the picture could be read.`;
  if (options.measure === true) facts.values = valuesOf(colours, range, declared);
  return { width, height, data, facts };
}

/** What the values are of a file that is shown by the browser, in its declared range; undefined where they cannot be read. */
export async function measureDeep(file: Blob, options: DecoderOptions): Promise<PictureValues | undefined> {
  try {
    return valuesOf(coloursOf(await samplesOf(file, options)), declared, declared);
  } catch (error) {
    if (error instanceof VitrineError && error.code !== 'aborted') return undefined;
    throw error;
  }
}

async function samplesOf(file: Blob, { maxPixels, signal }: DecoderOptions): Promise<PngSamples> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const view = new DataView(bytes.buffer);
  if (bytes.length < 33) throw new VitrineError('unreadable', 'The PNG ends in its header.');
  checkPixels(view.getUint32(16), view.getUint32(20), maxPixels);
  return readSamples(bytes, signal);
}

/** The samples without alpha. */
function coloursOf({ samples, channels }: PngSamples): Uint16Array {
  if (channels % 2 === 1) return samples;
  const colours = channels - 1;
  const out = new Uint16Array((samples.length / channels) * colours);
  for (let from = 0, to = 0; from < samples.length; from += channels)
    for (let c = 0; c < colours; c++) out[to++] = samples[from + c] ?? 0;
  return out;
}

function toRgba(
  { samples, channels, transparent, width, height }: PngSamples,
  range: ValueRange,
): Uint8ClampedArray<ArrayBuffer> {
  const table = Uint8Array.from({ length: 65_536 }, (_, v) => toByte(v, range));
  const out = new Uint8ClampedArray(width * height * 4);
  const colour = channels >= 3 ? 1 : 0; // the step from red to green, none in grey
  const hasAlpha = channels % 2 === 0;
  for (let from = 0, to = 0; from < samples.length; from += channels, to += 4) {
    const clear = transparent?.every((v, c) => samples[from + c] === v) === true;
    const alpha = clear ? 0 : hasAlpha ? toByte(samples[from + channels - 1] ?? 0, declared) : 255;
    for (let c = 0; c < 3; c++) {
      const v = table[samples[from + c * colour] ?? 0] ?? 0;
      out[to + c] = alpha === 255 ? v : Math.floor((v * alpha + 255 * (255 - alpha)) / 255 + 0.5);
    }
    out[to + 3] = 255;
  }
  return out;
}
