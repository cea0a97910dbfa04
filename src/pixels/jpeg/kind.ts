// Which kinds of JPEG Vitrine decodes itself, because browsers do not, and what the others are called.
import type { JpegFrame } from './frame.ts';

/** Sequential baseline and extended, and progressive, Huffman coded. */
const LOSSY = [0xc0, 0xc1, 0xc2];
const LOSSLESS = 0xc3;

/** True for lossless JPEG, and lossy JPEG of 12 bits, Huffman coded. */
export const isOurs = ({ sof, precision }: Pick<JpegFrame, 'sof' | 'precision'>): boolean =>
  sof === LOSSLESS || (LOSSY.includes(sof) && precision === 12);

/** What a JPEG is called that nothing here reads. */
export function kindOf({ sof, precision }: Pick<JpegFrame, 'sof' | 'precision'>): string {
  if (sof === 0xf7) return 'JPEG-LS';
  if (sof === 0xcb || sof === 0xcf) return 'lossless with arithmetic coding';
  if (sof === 0xc9 || sof === 0xca) return `of ${precision} bits with arithmetic coding`;
  return sof > LOSSLESS ? 'hierarchical' : `lossy with ${precision} bits a sample`;
}
