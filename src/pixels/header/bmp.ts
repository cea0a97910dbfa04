// Reads the header of a BMP: OS/2 and Windows forms, and where their pixels lie.
import { VitrineError } from '../../shared/errors.ts';
import type { Header } from './types.ts';

const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3; // Huffman in OS/2 2.x
const JPEG = 4; // RLE24 in OS/2 2.x
const PNG = 5;
const ALPHA_BITFIELDS = 6;

/** The fields that say how pixels are stored. `rowBytes` counts for the uncompressed forms only. */
export interface BmpLayout {
  width: number;
  height: number;
  bits: number;
  compression: number;
  os2: boolean;
  pixelsAt: number;
  rowBytes: number;
}

/** Reads file and bitmap header. Errors: `unreadable` for sizes and depths that cannot be. */
export function readBmpLayout(view: DataView): BmpLayout {
  const pixelsAt = view.getUint32(10, true);
  const headerSize = view.getUint32(14, true);
  const core = headerSize === 12;
  if (!core && (headerSize < 16 || headerSize > 4096)) {
    throw new VitrineError('unreadable', 'The BMP has a header of unknown form: it is damaged or not a picture.');
  }
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = Math.abs(core ? view.getUint16(20, true) : view.getInt32(22, true)); // negative: top row first
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = headerSize >= 20 ? view.getUint32(30, true) : 0;
  const os2 = core || headerSize === 16 || headerSize === 64;
  if (width < 0)
    throw new VitrineError('unreadable', `The BMP header gives a width of ${width} pixels: it is damaged.`);
  const embedded = !os2 && (compression === JPEG || compression === PNG);
  if (!embedded && ![1, 2, 4, 8, 16, 24, 32].includes(bits)) {
    throw new VitrineError('unreadable', `The BMP header gives ${bits} bits a pixel, which does not exist.`);
  }
  return { width, height, bits, compression, os2, pixelsAt, rowBytes: Math.ceil((width * bits) / 32) * 4 };
}

/** Errors: `unreadable`; `unsupported` for OS/2 Huffman coding and unknown compressions. */
export function readBmpHeader(view: DataView): Header {
  const { width, height, bits, compression, os2, pixelsAt } = readBmpLayout(view);
  if (os2 && compression === BITFIELDS) {
    throw new VitrineError(
      'unsupported',
      'The BMP uses the Huffman coding of OS/2, which browsers do not read. Convert it to PNG.',
    );
  }
  if (compression > ALPHA_BITFIELDS) {
    throw new VitrineError('unsupported', `The BMP uses compression ${compression}, which does not exist.`);
  }
  const channels = bits <= 8 ? 1 : 3;
  const runs = compression === RLE8 || compression === RLE4 || compression === JPEG; // pixels may stay unwritten
  // the header counts bits a pixel: 24 and 32 are 8 a sample, 16 are 5 (green may have 6)
  const perSample = bits <= 8 ? bits : bits === 16 ? 5 : 8;
  const header: Header = {
    width,
    height,
    bits: perSample,
    channels,
    frames: 1,
    alpha: runs || bits === 16 || bits === 32,
  };
  if (os2 || (compression !== JPEG && compression !== PNG)) return header;
  return { ...header, embedded: { format: compression === JPEG ? 'jpeg' : 'png', at: pixelsAt } };
}
