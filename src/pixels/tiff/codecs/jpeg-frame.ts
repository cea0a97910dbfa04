// What a JPEG stream says about its size and coding, read before it is decoded (ITU-T T.81, annex B).
import { VitrineError } from '../../../shared/errors.ts';

export interface JpegFrame {
  width: number;
  height: number;
  components: number;
}

const damaged = (): VitrineError => new VitrineError('unreadable', 'Its JPEG data are damaged.');

/** Frame header of a stream. Errors: `unreadable` for none, `unsupported` for lossless, arithmetic or deeper coding. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged();
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) throw damaged();
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return frameAt(bytes, at, marker);
    if (marker === 0xda || marker === 0xd9 || length < 2) break;
    at += 2 + length;
  }
  throw damaged();
}

function frameAt(bytes: Uint8Array, at: number, marker: number): JpegFrame {
  const kind = marker === 0xc3 ? 'lossless' : marker > 0xc8 ? 'arithmetic' : marker > 0xc3 ? 'hierarchical' : undefined;
  if (kind !== undefined)
    throw new VitrineError('unsupported', `Its JPEG data are ${kind}, which is not read inside of TIFF.`);
  const precision = bytes[at + 4] ?? 0;
  if (precision !== 8) throw new VitrineError('unsupported', `JPEG of ${precision} bits a sample is not read.`);
  const number = (from: number): number => ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
  const frame = { height: number(at + 5), width: number(at + 7), components: bytes[at + 9] ?? 0 };
  if (frame.width === 0 || frame.height === 0 || frame.components < 1 || frame.components > 4) throw damaged();
  for (let c = 0; c < frame.components; c++) {
    const sampling = bytes[at + 11 + 3 * c] ?? 0;
    const [h, v] = [sampling >> 4, sampling & 15];
    if (h < 1 || h > 4 || v < 1 || v > 4) throw damaged();
  }
  return frame;
}
