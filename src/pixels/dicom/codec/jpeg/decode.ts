// JPEG frames of every kind: the codestream's frame marker chooses the decoder, because transfer syntaxes are sometimes wrong.
import { VitrineError } from '../../../../shared/errors.ts';
import { type JpegFrame, readJpegFrame } from '../../../jpeg/frame.ts';
import { isOurs, kindOf } from '../../../jpeg/kind.ts';
import { checkCodestream } from '../codestream.ts';
import type { CodedFrame, FrameDecoder } from '../table.ts';

/** Decodes a frame whose codestream has been checked against the image. */
export type JpegDecoder = (
  bytes: Uint8Array<ArrayBuffer>,
  frame: JpegFrame,
  options: { photometric: string; signal?: AbortSignal },
) => Promise<CodedFrame>;

/** Errors: `unreadable`, `too-large`, `unsupported` for hierarchical JPEG and arithmetic coding of lossless JPEG or 12 bits. */
export const decodeFrame: FrameDecoder = async (bytes, image, { maxPixels, signal }) => {
  const frame = readJpegFrame(bytes);
  const { width, height, components } = frame;
  checkCodestream({ width, height, channels: components.length }, image, { maxPixels, title: 'JPEG' });
  const { decodeJpeg } = await decoderOf(frame);
  return decodeJpeg(bytes, frame, { photometric: image.photometric, signal });
};

function decoderOf(frame: JpegFrame): Promise<{ decodeJpeg: JpegDecoder }> {
  const { sof, precision } = frame;
  if (sof === 0xf7) return import('./ls.ts');
  if (isOurs(frame)) return import('./ours.ts');
  if (precision === 8 && [0xc0, 0xc1, 0xc2, 0xc9, 0xca].includes(sof)) return import('./dct.ts');
  throw new VitrineError(
    'unsupported',
    `Its frames are JPEG that is ${kindOf(frame)}, which is not read. Convert it to another transfer syntax.`,
  );
}
