// Reads the header of a GIF: the size of its logical screen (GIF89a, section 18).
import type { Header } from './types.ts';

/** Only the first frame is shown, so that frames are not counted: that would take the whole file. */
export function readGifHeader(view: DataView): Header {
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), bits: 8, channels: 1, alpha: true };
}
