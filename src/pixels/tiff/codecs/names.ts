// Which compressions are read, and what to say about the others.
import { VitrineError } from '../../../shared/errors.ts';

const read = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946, 33003, 33005, 34712, 34887, 50000, 50001, 50013]);

const unread: Record<number, string> = {
  9: 'JBIG',
  10: 'JBIG',
  32766: 'NeXT 2-bit RLE',
  32809: 'ThunderScan',
  32908: 'PixarFilm',
  32909: 'PixarLog',
  34661: 'JBIG',
  34676: 'SGI LogLuv',
  34677: 'SGI LogLuv',
  34892: 'lossy DNG JPEG',
  34925: 'LZMA',
  50002: 'JPEG XL',
};

/** CCITT modified Huffman (2, and 32771 with rows at 16 bits), group 3 and group 4. */
export function isFax(compression: number): boolean {
  return (compression >= 2 && compression <= 4) || compression === 32771;
}

/** JPEG 2000: Aperio's two numbers (33003 keeps YCbCr as it is) and the one that was registered later. */
export const isJpeg2000 = (compression: number): boolean =>
  compression === 33003 || compression === 33005 || compression === 34712;

/** True for codestreams that give whole bytes, chroma already spread, and need no predictor: JPEG and JPEG 2000. */
export const isCodestream = (compression: number): boolean => compression === 7 || isJpeg2000(compression);

/** Throws `unsupported` with the name of a compression that is not read. */
export function supportedCompression(compression: number): void {
  if (read.has(compression)) return;
  const name = unread[compression] ?? `of the unknown kind ${compression}`;
  throw new VitrineError('unsupported', `Its compression is ${name}, which is not read. Save it with LZW or deflate.`);
}
