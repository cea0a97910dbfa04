// Reads the header of an AVIF: size and turning of its primary item (ISO/IEC 23008-12, 6.5).
import { VitrineError } from '../../shared/errors.ts';
import { avifExif } from './avif-exif.ts';
import { type Box, boxes, boxType, findBox } from './boxes.ts';
import type { Header } from './types.ts';

const ISPE = boxType('ispe');
const IROT = boxType('irot');
const PIXI = boxType('pixi');
const AUXC = boxType('auxC');

/** Errors: `unreadable` when the primary item has no size. */
export function readAvifHeader(view: DataView): Header {
  const meta = findBox(view, 0, Number.POSITIVE_INFINITY, 'meta');
  if (meta === undefined) throw damaged();
  const children = meta.start + 4; // version and flags
  const [primary, properties] = [findBox(view, children, meta.end, 'pitm'), findBox(view, children, meta.end, 'iprp')];
  const list = properties && findBox(view, properties.start, properties.end, 'ipco');
  const links = properties && findBox(view, properties.start, properties.end, 'ipma');
  if (primary === undefined || list === undefined || links === undefined) throw damaged();
  const item =
    view.getUint8(primary.start) === 0 ? view.getUint16(primary.start + 4) : view.getUint32(primary.start + 4);
  const all = [...boxes(view, list.start, list.end)];
  const own = linkedProperties(view, links, item).flatMap((index) => all[index - 1] ?? []);
  const size = own.find((box) => box.type === ISPE);
  if (size === undefined) throw damaged();
  const [width, height] = [view.getUint32(size.start + 4), view.getUint32(size.start + 8)];
  const turn = own.find((box) => box.type === IROT); // quarter turns; mirroring (imir) keeps the sides
  const swapped = turn !== undefined && (view.getUint8(turn.start) & 1) === 1;
  const depth = own.find((box) => box.type === PIXI);
  const exif = avifExif(view, meta);
  return {
    width: swapped ? height : width,
    height: swapped ? width : height,
    ...(depth === undefined ? {} : { channels: view.getUint8(depth.start + 4), bits: view.getUint8(depth.start + 5) }),
    alpha: all.some((box) => box.type === AUXC), // an auxiliary item: nearly always the alpha plane
    ...(exif === undefined ? {} : { exif }),
  };
}

/** 1-based indexes of the properties that `ipma` links to an item. */
function linkedProperties(view: DataView, links: Box, item: number): number[] {
  const wideItems = view.getUint8(links.start) >= 1;
  const wideIndexes = (view.getUint8(links.start + 3) & 1) === 1;
  const entries = view.getUint32(links.start + 4);
  let at = links.start + 8;
  for (let i = 0; i < entries; i++) {
    const id = wideItems ? view.getUint32(at) : view.getUint16(at);
    at += wideItems ? 4 : 2;
    const count = view.getUint8(at++);
    // the top bit of each says "essential"
    if (id === item) {
      return Array.from({ length: count }, (_, k) =>
        wideIndexes ? view.getUint16(at + 2 * k) & 0x7fff : view.getUint8(at + k) & 0x7f,
      );
    }
    at += count * (wideIndexes ? 2 : 1);
  }
  return [];
}

const damaged = (): VitrineError =>
  new VitrineError(
    'unreadable',
    'The AVIF does not say how large its picture is: it is damaged or of an unusual form.',
  );
