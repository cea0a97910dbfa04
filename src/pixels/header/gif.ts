// Reads the header of a GIF: the size of the canvas that its first frame is drawn on (GIF89a, sections 18 and 20).
import { VitrineError } from '../../shared/errors.ts';
import type { Header } from './types.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** The logical screen, enlarged where the first frame reaches beyond it, as decoders do. Frames are not counted: only the first is shown. */
export function readGifHeader(view: DataView): Header {
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0); // behind the global colour table
  while (view.getUint8(at) === EXTENSION) {
    at += 2;
    for (let length = view.getUint8(at); length !== 0; length = view.getUint8(at)) at += 1 + length;
    at += 1;
  }
  if (view.getUint8(at) !== IMAGE) throw new VitrineError('unreadable', 'The GIF holds no picture, or it is damaged.');
  const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true);
  const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true);
  return {
    width: Math.max(view.getUint16(6, true), right),
    height: Math.max(view.getUint16(8, true), bottom),
    bits: 8,
    channels: 1,
    alpha: true,
  };
}
