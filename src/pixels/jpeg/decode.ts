// Decodes the JPEG files that browsers do not: lossless ones, JPEG-LS, and lossy ones of 12 bits.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { readHeader } from '../header/read.ts';
import { checkPixels } from '../limits.ts';
import { turnUpright } from '../orient.ts';
import { type Samples, toByte, valueRange, valuesOf } from '../range.ts';
import type { Decoder, PixelFacts } from '../types.ts';
import { isYcc, yccToRgb } from './colour.ts';
import { type JpegFrame, readJpegFrame } from './frame.ts';
import { decodeSamples } from './samples.ts';
import type { JpegSamples } from './scans.ts';

const LOSSLESS = 0xc3;
const JPEG_LS = 0xf7;

/** By the codec that DICOM brings. Errors: `unreadable`. */
async function decodeLs(bytes: Uint8Array<ArrayBuffer>, frame: JpegFrame): Promise<JpegSamples> {
  const { decodeJpeg } = await import('../dicom/codec/jpeg/ls.ts');
  const { samples, width, height } = await decodeJpeg(bytes, frame, { photometric: '' });
  if (width !== frame.width || height !== frame.height || samples instanceof Uint32Array)
    throw new VitrineError('unreadable', 'The JPEG-LS contradicts its own header: it is damaged.');
  return { samples, have: samples.length };
}

/**
 * Over 8 bits `view.range` chooses what becomes black and white, the declared range by default. A file that is cut off or damaged
 * shows what is there, with a warning. Errors: `unreadable`, `unsupported` for CMYK, `too-large`, `aborted`.
 */
export const decode: Decoder = async (file, view, { head, maxPixels, measure, signal }) => {
  const { orientation = 1 } = await readHeader(file, 'jpeg', head);
  const bytes = new Uint8Array(await file.arrayBuffer());
  throwIfAborted(signal);
  const frame = readJpegFrame(bytes);
  const { width, height, precision: bits, components } = frame;
  checkPixels(width, height, maxPixels);
  const channels = components.length;
  if (channels !== 1 && channels !== 3)
    throw new VitrineError(
      'unsupported',
      `The JPEG of ${bits} bits has ${channels} components; one and three are read.`,
    );
  const { samples, have } = frame.sof === JPEG_LS ? await decodeLs(bytes, frame) : decodeSamples(bytes, frame);
  if (have === 0)
    throw new VitrineError('unreadable', 'The JPEG is cut off or damaged, and nothing of it can be shown.');
  // libjpeg takes lossless colours for RGB unless the file says otherwise
  if (channels === 3 && isYcc(frame, frame.sof !== LOSSLESS && frame.sof !== JPEG_LS)) yccToRgb(samples, bits);
  const declared = { low: 0, high: 2 ** bits - 1 };
  const range = valueRange(bits > 8 ? view.range : 'full', samples, declared);
  const upright = turnUpright(painted(samples, channels, range), width, height, orientation);
  const facts: PixelFacts = { format: 'jpeg', width: upright.width, height: upright.height, bits, channels, frames: 1 };
  if (measure === true && bits > 8) facts.values = valuesOf(samples, range, declared);
  if (orientation !== 1) facts.orientation = orientation;
  if (have < samples.length) {
    const percent = Math.floor((have / samples.length) * 100);
    facts.warning = `The JPEG is cut off or damaged: ${percent} % of it could be read.`;
  }
  return { ...upright, facts };
};

/** RGBA, opaque. */
function painted(
  samples: Samples,
  channels: number,
  range: { low: number; high: number },
): Uint8ClampedArray<ArrayBuffer> {
  const table = Uint8Array.from({ length: 2 ** 16 }, (_, value) => toByte(value, range));
  const out = new Uint8ClampedArray((samples.length / channels) * 4).fill(255);
  for (let from = 0, to = 0; from < samples.length; from += channels, to += 4)
    for (let c = 0; c < 3; c++) out[to + c] = table[samples[channels === 3 ? from + c : from] ?? 0] ?? 0;
  return out;
}
