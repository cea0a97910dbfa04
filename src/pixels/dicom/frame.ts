// One frame of a file as stored values: found, decoded, cropped, masked and sign-extended.
import { VitrineError } from '../../shared/errors.ts';
import type { Samples } from '../range.ts';
import { CODECS, type CodedFrame } from './codec/table.ts';
import { encapsulatedFrame } from './data/fragments.ts';
import type { ImageDescription } from './data/image.ts';
import type { DicomFile, PixelPlace } from './data/parse.ts';
import { floatFrame, nativeFrame, nativeLayout, WORD_BITS } from './native.ts';

/** The stored values of one frame (PS3.3 C.7.6.3), [height, width, channels] row-major. */
export interface StoredFrame {
  width: number;
  height: number;
  channels: number;
  samples: Samples;
  /** Bits that a value may use: BitsStored, or the codestream's precision where that is less. */
  bits: number;
  signed: boolean;
  /** What three channels mean. */
  colours: 'rgb' | 'ybr';
  /** Frames that the file holds, as far as its length tells. */
  frames: number;
  warning?: string;
}

/** Reads frame `index`. Errors: `bad-input` for a frame that is not there, `unreadable`, `unsupported`, `too-large`, `aborted`. */
export async function readFrame(
  file: DicomFile,
  image: ImageDescription,
  { index, maxPixels, signal }: { index: number; maxPixels: number; signal?: AbortSignal },
): Promise<StoredFrame> {
  const { syntax } = file;
  const { pixels } = image;
  if (syntax.frames === 'refused') throw new VitrineError('unsupported', syntax.reason);
  if (syntax.frames === 'native') return readNative(file, image, pixels, index);
  checkIndex(index, image.frames);
  if (pixels.length !== undefined)
    throw new VitrineError(
      'unreadable',
      'Its header says that the pixels are compressed, but they are not in fragments.',
    );
  const { bytes, cut } = await encapsulatedFrame(file, pixels, { index, frames: image.frames, signal });
  const { decodeFrame } = await CODECS[syntax.codec]();
  const coded = await decodeFrame(bytes, image, { maxPixels, signal });
  const warning = coded.warning ?? (cut ? 'The file is cut off: the picture may be damaged.' : undefined);
  const stored = { ...storedValues(cropped(coded, image), image), frames: image.frames };
  return warning === undefined ? stored : { ...stored, warning };
}

function checkIndex(index: number, frames: number): void {
  if (Number.isInteger(index) && index >= 0 && index < frames) return;
  throw new VitrineError('bad-input', `The file has ${frames} frames; frame ${index + 1} does not exist.`);
}

async function readNative(
  { body, encoding }: DicomFile,
  image: ImageDescription,
  { at, vr, length }: PixelPlace,
  index: number,
): Promise<StoredFrame> {
  if (length === undefined)
    throw new VitrineError(
      'unreadable',
      'Its header says that the pixels are uncompressed, but they are in fragments.',
    );
  const bytes = Math.max(0, Math.min(length, body.size - at));
  if (bytes === 0) throw new VitrineError('unreadable', 'Its pixel data are empty: there is no picture.');
  const layout = nativeLayout(image, bytes, index);
  checkIndex(index, layout.frames);
  const from = at + Math.floor(layout.bitOffset / WORD_BITS) * (WORD_BITS / 8);
  const to = at + Math.min(bytes, Math.ceil((layout.bitOffset + layout.bitLength) / WORD_BITS) * (WORD_BITS / 8));
  const frame = new Uint8Array(await body.slice(from, to).arrayBuffer());
  if (image.kind === 'integer') {
    const coded = nativeFrame(frame, image, { layout, encoding, vr });
    const stored = { ...storedValues(coded, image), frames: layout.frames };
    return coded.warning === undefined ? stored : { ...stored, warning: coded.warning };
  }
  const { samples, warning } = floatFrame(frame, image, encoding.bigEndian);
  const { rows, columns, samples: channels, bitsAllocated: bits } = image;
  const shape = { width: columns, height: rows, channels, bits, signed: true, colours: 'rgb' as const };
  return { ...shape, samples, frames: layout.frames, ...(warning === undefined ? {} : { warning }) };
}

/** Codestreams may be larger than Rows × Columns; the rest is padding at the right and below. */
function cropped(coded: CodedFrame, { rows, columns }: ImageDescription): CodedFrame {
  const { width, height, channels, samples } = coded;
  if (width === columns && height === rows) return coded;
  const out = samples.slice(0, rows * columns * channels);
  for (let y = 0; y < rows; y++) {
    const from = y * width * channels;
    out.set(samples.subarray(from, from + columns * channels), y * columns * channels);
  }
  return { ...coded, width: columns, height: rows, samples: out };
}

/**
 * The bits below HighBit, BitsStored wide, others masked away, extended by the sign. A codestream's samples begin at bit 0; its
 * precision and sign count where it has them, because headers are wrong more often.
 */
function storedValues(coded: CodedFrame, image: ImageDescription): Omit<StoredFrame, 'frames' | 'warning'> {
  const { width, height, channels, samples } = coded;
  const bits = Math.min(image.bitsStored, coded.precision ?? 32);
  const signed = image.signed || coded.signed === true;
  const shift = coded.precision === undefined ? Math.max(0, image.highBit + 1 - image.bitsStored) : 0;
  const colours = coded.colours ?? (image.photometric.startsWith('YBR') ? 'ybr' : 'rgb');
  return {
    width,
    height,
    channels,
    samples: masked(samples, { bits, shift, signed }),
    bits,
    signed,
    colours,
  };
}

function masked(
  samples: CodedFrame['samples'],
  { bits, shift, signed }: { bits: number; shift: number; signed: boolean },
): Samples {
  const whole = bits === samples.BYTES_PER_ELEMENT * 8 && shift === 0;
  if (whole && !signed) return samples;
  const { buffer, byteOffset, length } = samples;
  const out = signed
    ? samples instanceof Uint8Array
      ? new Int8Array(buffer, byteOffset, length)
      : samples instanceof Uint16Array
        ? new Int16Array(buffer, byteOffset, length)
        : new Int32Array(buffer, byteOffset, length)
    : samples;
  if (whole) return out;
  // up to the top of 32 bits, then down again: masks and extends the sign in one
  const up = 32 - bits - shift;
  const down = 32 - bits;
  if (signed) for (let i = 0; i < length; i++) out[i] = ((samples[i] ?? 0) << up) >> down;
  else for (let i = 0; i < length; i++) out[i] = ((samples[i] ?? 0) << up) >>> down;
  return out;
}
