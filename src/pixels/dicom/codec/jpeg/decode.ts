// JPEG frames of every kind: the codestream's frame marker chooses the decoder, because transfer syntaxes are sometimes wrong.
import { VitrineError } from '../../../../shared/errors.ts';
import { checkCodestream, readJpegFrame } from '../codestream.ts';
import type { CodedFrame, FrameDecoder } from '../table.ts';

/** Decodes a frame whose codestream has been checked against the image. */
export type JpegDecoder = (
  bytes: Uint8Array<ArrayBuffer>,
  frame: ReturnType<typeof readJpegFrame>,
  options: { photometric: string; signal?: AbortSignal },
) => Promise<CodedFrame>;

/** Errors: `unreadable`, `unsupported` for lossy JPEG of more than 8 bits and for arithmetic lossless or hierarchical JPEG. */
export const decodeFrame: FrameDecoder = async (bytes, image, { maxPixels, signal }) => {
  const frame = readJpegFrame(bytes);
  const { width, height, components } = frame;
  checkCodestream({ width, height, channels: components.length }, image, { maxPixels, title: 'JPEG' });
  const { decodeJpeg } = await decoderOf(frame);
  return decodeJpeg(bytes, frame, { photometric: image.photometric, signal });
};

function decoderOf({ sof, precision }: { sof: number; precision: number }): Promise<{ decodeJpeg: JpegDecoder }> {
  if (sof === 0xc3) return import('./lossless.ts');
  if (sof === 0xf7) return import('./ls.ts');
  if (![0xc0, 0xc1, 0xc2, 0xc9, 0xca].includes(sof))
    throw new VitrineError(
      'unsupported',
      'Its frames are JPEG of a rare kind (hierarchical, or lossless with arithmetic coding). Convert it to another transfer syntax.',
    );
  if (precision !== 8)
    throw new VitrineError(
      'unsupported',
      `Its frames are lossy JPEG of ${precision} bits, and browsers read 8. Convert it to an uncompressed or lossless transfer syntax.`,
    );
  return import('./dct.ts');
}
