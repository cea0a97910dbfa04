// Reads the header of a WebP: size, transparency, animation, EXIF orientation (RFC 9649).
import { VitrineError } from '../../shared/errors.ts';
import { hasExifPrefix, readOrientation, swapsSides } from './exif.ts';
import type { Header } from './types.ts';

const VP8 = 0x56503820; // 'VP8 '
const VP8L = 0x5650384c;
const VP8X = 0x56503858;
const EXIF = 0x45584946;

/** Lossy, lossless and extended files. Errors: `unreadable`. */
export function readWebpHeader(view: DataView, fileSize: number): Header {
  const kind = view.getUint32(12);
  if (kind === VP8) return lossy(view);
  if (kind === VP8L) return lossless(view);
  if (kind === VP8X) return extended(view, fileSize);
  throw new VitrineError('unreadable', 'The WebP does not begin with picture data: it is damaged.');
}

/** The frame header of a key frame (RFC 6386, 9.1): 14-bit sizes, the upper two bits scale and are ignored by decoders. */
function lossy(view: DataView): Header {
  if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) {
    throw new VitrineError('unreadable', 'The WebP has no key frame at its start: it is damaged.');
  }
  const width = view.getUint16(26, true) & 0x3fff;
  const height = view.getUint16(28, true) & 0x3fff;
  return { width, height, bits: 8, channels: 3, frames: 1, alpha: false };
}

/** RFC 9649, 3.4: signature, 14 bits each of width - 1 and height - 1, one bit for alpha. */
function lossless(view: DataView): Header {
  if (view.getUint8(20) !== 0x2f) {
    throw new VitrineError('unreadable', 'The lossless WebP lacks its signature: it is damaged.');
  }
  const packed = view.getUint32(21, true);
  return {
    width: (packed & 0x3fff) + 1,
    height: ((packed >>> 14) & 0x3fff) + 1,
    bits: 8,
    channels: (packed >>> 28) & 1 ? 4 : 3,
    frames: 1,
    alpha: true, // the bit in the header is only a hint: pixels may be transparent without it
  };
}

/** RFC 9649, 2.7.1: flags, then 24 bits each of canvas width - 1 and height - 1. */
function extended(view: DataView, fileSize: number): Header {
  const flags = view.getUint8(20);
  const width = (view.getUint32(24, true) & 0xffffff) + 1;
  const height = (view.getUint32(26, true) >>> 8) + 1;
  const alpha = (flags & 0x10) !== 0;
  const animated = (flags & 0x02) !== 0;
  const exif = flags & 0x08 ? exifPlace(view, fileSize) : undefined;
  const orientation = exif && readOrientation(view, exif.at, exif.length);
  const sides = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  return {
    ...sides,
    bits: 8,
    channels: alpha ? 4 : 3,
    ...(animated ? {} : { frames: 1 }),
    alpha: alpha || animated, // an animation's first frame need not cover the canvas
    ...(orientation === undefined ? {} : { orientation }),
    ...(exif === undefined ? {} : { exif }),
  };
}

/** The EXIF chunk stands behind the picture data, so that this looks through all chunks of the file. */
function exifPlace(view: DataView, fileSize: number): Header['exif'] {
  for (let at = 12; at + 8 <= fileSize; ) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > fileSize) return undefined; // cut off: the picture may still be shown in part
    if (view.getUint32(at) === EXIF) {
      const prefix = length >= 6 && hasExifPrefix(view, at + 8) ? 6 : 0;
      return { at: at + 8 + prefix, length: length - prefix };
    }
    at += 8 + length + (length & 1); // chunks are padded to even length
  }
  return undefined;
}
