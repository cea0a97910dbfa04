// Reads the header of a JPEG XL: size and orientation (ISO/IEC 18181-1, annex D).
import { VitrineError } from '../../shared/errors.ts';
import { boxes, boxType } from './boxes.ts';
import { swapsSides } from './exif.ts';
import type { Header } from './types.ts';

const CODESTREAM = boxType('jxlc');
const PARTIAL_CODESTREAM = boxType('jxlp');

/** Width over height for the ratios 1-7 (D.2). */
const RATIOS: readonly [number, number][] = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
];

/** Errors: `unreadable` when the boxed file holds no codestream. */
export function readJpegXlHeader(view: DataView): Header {
  const read = bitReader(view, codestreamAt(view) + 2);
  const dimension = (): number => read([9, 13, 18, 30][read(2)] ?? 0) + 1;
  const small = read(1) === 1; // both sides multiples of 8, up to 256
  const side = (): number => (small ? (read(5) + 1) * 8 : dimension());
  const height = side();
  const ratio = RATIOS[read(3) - 1];
  const width = ratio === undefined ? side() : Math.floor((height * ratio[0]) / ratio[1]);
  const hasFields = read(1) === 0 && read(1) === 1; // not all default, and with the extra fields
  const orientation = hasFields ? read(3) + 1 : undefined;
  const sides = swapsSides(orientation) ? { width: height, height: width } : { width, height };
  return { ...sides, alpha: true, ...(orientation === undefined ? {} : { orientation }) };
}

function codestreamAt(view: DataView): number {
  if (view.getUint16(0) === 0xff0a) return 0;
  for (const box of boxes(view, 0, Number.POSITIVE_INFINITY)) {
    if (box.type === CODESTREAM) return box.start;
    if (box.type === PARTIAL_CODESTREAM) return box.start + 4; // its index among the parts
  }
  throw new VitrineError('unreadable', 'The JPEG XL holds no picture: it is damaged.');
}

/** Reads unsigned integers of up to 30 bits, least significant bit first (B.2). */
function bitReader(view: DataView, start: number): (bits: number) => number {
  let position = start * 8;
  return (bits) => {
    let value = 0;
    for (let i = 0; i < bits; i++, position++)
      value += ((view.getUint8(position >>> 3) >>> (position & 7)) & 1) * 2 ** i;
    return value;
  };
}
