// Where the EXIF data of an AVIF lie: an item of their own (ISO/IEC 14496-12, 8.11.3 and 8.11.6; ISO/IEC 23008-12, annex A).
import { type Box, boxes, boxType, findBox } from './boxes.ts';
import type { Header } from './types.ts';

const EXIF = boxType('Exif');
const INFE = boxType('infe');
/** In front of the data stands how far behind it the TIFF structure begins: 0, or 6 for `Exif\0\0`. */
const OFFSET_BYTES = 4;

/** Undefined when there are none, or they lie elsewhere than in the file itself. */
export function avifExif(view: DataView, meta: Box): Header['exif'] {
  const children = meta.start + 4; // version and flags
  const infos = findBox(view, children, meta.end, 'iinf');
  const places = findBox(view, children, meta.end, 'iloc');
  if (infos === undefined || places === undefined) return undefined;
  const item = exifItem(view, infos);
  const place = item === undefined ? undefined : itemPlace(view, places, item);
  return place && { at: place.at + OFFSET_BYTES, length: Math.max(0, place.length - OFFSET_BYTES) };
}

function exifItem(view: DataView, { start, end }: Box): number | undefined {
  const first = start + (view.getUint8(start) === 0 ? 6 : 8);
  for (const info of boxes(view, first, end)) {
    const version = view.getUint8(info.start);
    if (info.type !== INFE || version < 2) continue;
    const wide = version > 2 ? 4 : 2;
    if (view.getUint32(info.start + 4 + wide + 2) !== EXIF) continue;
    return wide === 4 ? view.getUint32(info.start + 4) : view.getUint16(info.start + 4);
  }
  return undefined;
}

/** The first extent of an item, where it lies in the file. */
function itemPlace(view: DataView, { start, end }: Box, wanted: number): { at: number; length: number } | undefined {
  const version = view.getUint8(start);
  const [sizes, more] = [view.getUint8(start + 4), view.getUint8(start + 5)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  const wide = version === 2 ? 4 : 2;
  let at = start + 6;
  /** A number of 0, 2, 4 or 8 bytes. */
  const next = (size: number): number => {
    const value =
      size === 8
        ? view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)
        : size === 4
          ? view.getUint32(at)
          : size === 2
            ? view.getUint16(at)
            : 0;
    at += size;
    return value;
  };
  const items = next(wide);
  for (let i = 0; i < items && at < end; i++) {
    const id = next(wide);
    const inFile = version === 0 || (next(2) & 15) === 0;
    const sameFile = next(2) === 0;
    const base = next(baseSize);
    const extents = next(2);
    if (id === wanted) {
      if (!inFile || !sameFile || extents === 0) return undefined;
      next(indexSize);
      return { at: base + next(offsetSize), length: next(lengthSize) };
    }
    at += extents * (indexSize + offsetSize + lengthSize);
  }
  return undefined;
}
