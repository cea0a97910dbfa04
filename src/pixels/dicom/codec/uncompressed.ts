// Frames that stand uncompressed in fragments (encapsulated uncompressed explicit VR little endian).
import { nativeFrame, nativeLayout } from '../native.ts';
import type { FrameDecoder } from './table.ts';

/** The frame's bytes are those of native pixel data. */
export const decodeFrame: FrameDecoder = async (bytes, image) => {
  const layout = nativeLayout({ ...image, frames: 1 }, bytes.length, 0);
  return nativeFrame(bytes, image, { layout, encoding: { bigEndian: false }, vr: 'OB' });
};
