// The samples of a JPEG that browsers do not decode: lossless of any precision, or lossy of 12 bits.
import { VitrineError } from '../../shared/errors.ts';
import { decodeDct } from './dct.ts';
import type { JpegFrame } from './frame.ts';
import { isOurs, kindOf } from './kind.ts';
import { decodeLossless } from './lossless.ts';
import type { JpegSamples } from './scans.ts';

/** Decodes by the frame's own kind. The caller has checked its size. Errors: `unreadable`, `unsupported`, `too-large`. */
export function decodeSamples(bytes: Uint8Array, frame: JpegFrame): JpegSamples {
  if (frame.sof === 0xc3) return decodeLossless(bytes, frame);
  if (isOurs(frame)) return decodeDct(bytes, frame);
  throw new VitrineError('unsupported', `The JPEG is ${kindOf(frame)}, which is not read. Convert it to PNG.`);
}
