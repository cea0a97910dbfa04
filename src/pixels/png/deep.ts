// When a PNG is not left to the browser: it gives 8 of 16 bits, and a range or the values need all of them.
import type { NativeFormat } from '../header/types.ts';
import type { PixelView } from '../types.ts';

/** True for a PNG with 16 bits a sample, by its first bytes: IHDR is the first chunk (PNG, third edition, 5.6). */
function isDeep(head: Uint8Array): boolean {
  return head.length > 24 && String.fromCharCode(...head.subarray(12, 16)) === 'IHDR' && head[24] === 16;
}

/** True when the samples of this file decide what is black and white. */
export const hasRange = (format: NativeFormat, head: Uint8Array, { range }: PixelView): boolean =>
  format === 'png' && range !== undefined && range !== 'full' && isDeep(head);

/** True when the values of this file can be told. */
export const isMeasurable = (format: NativeFormat, head: Uint8Array): boolean => format === 'png' && isDeep(head);
