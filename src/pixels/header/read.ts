// Reads just enough of a file to know its size and form before the browser decodes it.
import { VitrineError } from '../../shared/errors.ts';
import type { ImageFormat } from '../types.ts';
import { readAvifHeader } from './avif.ts';
import { readBmpHeader } from './bmp.ts';
import { readGifHeader } from './gif.ts';
import { readJpegHeader } from './jpeg.ts';
import { readJpegXlHeader } from './jpeg-xl.ts';
import { readPngHeader } from './png.ts';
import type { Header, HeaderReader, NativeFormat } from './types.ts';
import { readWebpHeader } from './webp.ts';

const READERS: { [format in NativeFormat]: HeaderReader } = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  bmp: readBmpHeader,
  gif: readGifHeader,
  avif: readAvifHeader,
  'jpeg-xl': readJpegXlHeader,
};

/** How formats are called in sentences. */
export const TITLES: { [format in NativeFormat]: string } = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  bmp: 'BMP',
  gif: 'GIF',
  avif: 'AVIF',
  'jpeg-xl': 'JPEG XL',
};

/** Bytes in which a header must end; profiles and previews in front of a picture stay far below it. */
const MAX_HEADER_BYTES = 64 * 2 ** 20;

/** True for the formats that the browser decodes. */
export function isNative(format: ImageFormat): format is NativeFormat {
  return format in READERS;
}

/**
 * Header of a file of a known format. `head` are its first bytes; more are read only when the header is longer than they are.
 * Errors: `unreadable` (damaged, cut off), `unsupported` (forms that browsers do not decode).
 */
export async function readHeader(file: Blob, format: NativeFormat, head: Uint8Array): Promise<Header> {
  const read = READERS[format];
  for (let bytes = head; ; ) {
    try {
      return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), file.size);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      if (bytes.byteLength >= Math.min(file.size, MAX_HEADER_BYTES)) {
        throw new VitrineError('unreadable', `The ${TITLES[format]} ends before its picture begins: it is cut off.`);
      }
      bytes = new Uint8Array(await file.slice(0, bytes.byteLength * 4).arrayBuffer());
    }
  }
}
