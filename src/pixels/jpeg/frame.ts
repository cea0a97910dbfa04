// The header of a JPEG or JPEG-LS codestream up to its first scan (ITU-T T.81 annex B, T.87). Read before a decoder sees it.
import { VitrineError } from '../../shared/errors.ts';

/** A component of a frame: how many samples it has across and down for each block of the picture, and its quantization table. */
export interface Component {
  id: number;
  across: number;
  down: number;
  quantization: number;
}

/** The frame header of a JPEG or JPEG-LS. */
export interface JpegFrame {
  /** Where SOI stands. */
  start: number;
  /** The frame marker's second byte: c0 to cf, or f7 for JPEG-LS. */
  sof: number;
  precision: number;
  width: number;
  height: number;
  components: Component[];
  /** The transform of an Adobe segment: 0 none, 1 YCbCr. */
  adobe: number | undefined;
  jfif: boolean;
  /** The segments between SOI and the first scan, with the bytes of their markers. */
  segments: { marker: number; start: number; end: number }[];
  /** Where the first scan's marker stands. */
  scan: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const JPEG_LS = 0xf7;
const isFrame = (m: number): boolean =>
  m === JPEG_LS || (m >= 0xc0 && m <= 0xcf && m !== 0xc4 && m !== 0xc8 && m !== 0xcc);
const standsAlone = (m: number): boolean => m <= 1 || (m >= 0xd0 && m <= SOI);

/** Reads up to the first scan. Errors: `unreadable` without SOI, frame header or scan. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  let start = bytes.indexOf(0xff);
  while (start >= 0 && bytes[start + 1] !== SOI) start = bytes.indexOf(0xff, start + 1);
  if (start < 0) throw new VitrineError('unreadable', 'The JPEG data do not begin as a JPEG does: they are damaged.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments: JpegFrame['segments'] = [];
  let frame: Pick<JpegFrame, 'sof' | 'precision' | 'width' | 'height' | 'components'> | undefined;
  let adobe: number | undefined;
  let jfif = false;
  for (let at = start + 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++; // junk, or fill bytes
      continue;
    }
    if (standsAlone(marker)) {
      at += 2;
      continue;
    }
    if (marker === EOI) break;
    if (marker === SOS) {
      if (frame === undefined) break;
      return { start, ...frame, adobe, jfif, segments, scan: at };
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) break;
    if (marker === 0xe0 && hasText(bytes, at + 4, 'JFIF')) jfif = true;
    if (marker === 0xee && length >= 14 && hasText(bytes, at + 4, 'Adobe')) adobe = bytes[at + 15];
    if (isFrame(marker) && frame === undefined) {
      const count = bytes[at + 9] ?? 0;
      if (length < 8 + 3 * count) break;
      frame = {
        sof: marker,
        precision: bytes[at + 4] ?? 0,
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: Array.from({ length: count }, (_, i) => componentOf(bytes.subarray(at + 10 + 3 * i))),
      };
    }
    segments.push({ marker, start: at, end });
    at = end;
  }
  throw new VitrineError('unreadable', 'The JPEG has no complete header: it is damaged.');
}

const componentOf = ([id = 0, sampling = 0, quantization = 0]: Uint8Array): Component => ({
  id,
  across: sampling >> 4,
  down: sampling & 15,
  quantization,
});

/** True when components have different sizes. */
export const isSubsampled = ({ components }: Pick<JpegFrame, 'components'>): boolean =>
  components.some(({ across, down }) => across !== components[0]?.across || down !== components[0]?.down);

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
