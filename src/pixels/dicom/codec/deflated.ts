// Deflated image frames (PS3.5 A.4.14): each frame is one raw deflate stream of native samples.
import { VitrineError } from '../../../shared/errors.ts';
import { inflate } from '../data/inflate.ts';
import { nativeFrame, nativeLayout } from '../native.ts';
import type { FrameDecoder } from './table.ts';

/** Inflates no more than the frame needs. */
export const decodeFrame: FrameDecoder = async (bytes, image) => {
  const single = { ...image, frames: 1 };
  const { rows, columns, samples, bitsAllocated } = image;
  const enough = Math.ceil((rows * columns * samples * bitsAllocated) / 8);
  const inflated = await inflate(new Blob([bytes]), { limit: Number.POSITIVE_INFINITY, enough });
  if (inflated.length === 0)
    throw new VitrineError('unreadable', 'Its deflated frame cannot be inflated: it is damaged.');
  const layout = nativeLayout(single, inflated.length, 0);
  return nativeFrame(inflated, image, { layout, encoding: { bigEndian: false }, vr: 'OB' });
};
