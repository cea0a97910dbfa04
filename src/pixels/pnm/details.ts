// Header details of a portable anymap.
import { VitrineError } from '../../shared/errors.ts';
import type { DetailsReader } from '../types.ts';
import { readPnmHeader } from './header.ts';

/** Comments may stand before the size; this is far more than anyone writes. */
const MAX_HEADER_BYTES = 2 ** 20;

/** Bits are those that the largest sample value needs: 16 for 65,535, 12 for 4,095. Further images in the file are not counted. */
export const readDetails: DetailsReader = async (file, head) => {
  let bytes = head;
  for (;;) {
    try {
      const { width, height, depth, maxval } = readPnmHeader(bytes);
      return { facts: { width, height, channels: depth, bits: Math.ceil(Math.log2(maxval + 1)) }, details: [] };
    } catch (error) {
      // a header that is longer than what was read looks cut off
      const longer = error instanceof VitrineError && error.code === 'unreadable';
      if (!longer || bytes.length >= Math.min(file.size, MAX_HEADER_BYTES)) throw error;
      bytes = new Uint8Array(await file.slice(0, bytes.length * 8).arrayBuffer());
    }
  }
};
