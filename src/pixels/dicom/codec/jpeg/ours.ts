// JPEG frames that browsers do not decode, lossless and lossy of 12 bits, by the decoders of Vitrine's own.
import { isYcc } from '../../../jpeg/colour.ts';
import { decodeSamples } from '../../../jpeg/samples.ts';
import { missingWarning } from '../../native.ts';
import type { JpegDecoder } from './decode.ts';

/** Errors: `unreadable`, also when less than half of the samples are there, `unsupported`, `too-large`. */
export const decodeJpeg: JpegDecoder = async (bytes, frame, { photometric }) => {
  const { width, height, precision, components } = frame;
  const { samples, have } = decodeSamples(bytes, frame);
  const warning = missingWarning(have, samples.length);
  const common = { width, height, channels: components.length, samples, precision, signed: false };
  // of lossless JPEG PhotometricInterpretation alone says what its colours are
  const lossy = components.length === 3 && frame.sof !== 0xc3;
  const colours = isYcc(frame, photometric.startsWith('YBR')) ? ('ybr' as const) : ('rgb' as const);
  return { ...common, ...(lossy ? { colours } : {}), ...(warning === undefined ? {} : { warning }) };
};
