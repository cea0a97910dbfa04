// A strip or tile of JPEG 2000 as samples of the size that the page gives it: scanners of microscope slides write it.
import { VitrineError } from '../../../shared/errors.ts';
import { readJ2kFrame } from '../../dicom/codec/codestream.ts';
import { decodeFrame } from '../../dicom/codec/jpeg-2000.ts';
import { yccToRgb } from '../../jpeg/colour.ts';
import type { SegmentShape } from '../samples.ts';
import { type FittedSamples, fitted } from './fit.ts';

/**
 * Decodes to [rows, width, samples], RGB where the page says YCbCr. Errors: `unreadable` when it is cut, damaged or contradicts the
 * page, `unsupported` for more than 16 bits, subsampled components, and other than one or three of them.
 */
export async function decodeJpeg2000(
  bytes: Uint8Array<ArrayBuffer>,
  { rows, width, samples }: SegmentShape,
  { ycbcr, bits }: { ycbcr: boolean; bits: number },
): Promise<FittedSamples> {
  const frame = readJ2kFrame(bytes);
  if (frame.components !== samples || frame.precision > bits || frame.precision > 8 !== bits > 8 || frame.signed)
    throw new VitrineError(
      'unreadable',
      `Its JPEG 2000 data have ${frame.components} components of ${frame.precision} bits, the page says ${samples} of ${bits}.`,
    );
  const size = { rows: Math.min(rows, frame.height), columns: Math.min(width, frame.width), photometric: '' };
  // more than a full tile is no padding
  const coded = await decodeFrame(bytes, size, { maxPixels: 4 * (rows + 64) * (width + 64) });
  const data = coded.samples;
  if (data instanceof Uint32Array) throw new VitrineError('unreadable', 'Its JPEG 2000 data have too many bits.');
  if (ycbcr && samples === 3 && coded.colours !== 'rgb') yccToRgb(data, frame.precision);
  return fitted({ width: coded.width, height: coded.height, data, have: data.length }, { rows, width, samples });
}
