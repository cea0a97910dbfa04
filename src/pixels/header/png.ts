// Reads the header of a PNG: size, depth, transparency, animation, EXIF orientation (PNG, third edition, section 5).
import { VitrineError } from '../../shared/errors.ts';
import { readOrientation, swapsSides } from './exif.ts';
import type { Header } from './types.ts';

const chunk = (name: string): number => [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
const IHDR = chunk('IHDR');
const CGBI = chunk('CgBI');
const IDAT = chunk('IDAT');
const IEND = chunk('IEND');
const TRNS = chunk('tRNS');
const ACTL = chunk('acTL');
const EXIF = chunk('eXIf');

/** Samples per pixel and allowed depths by colour type (table 11.1). */
const COLOUR: { [type: number]: { channels: number; depths: number[] } | undefined } = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** Reads up to the first IDAT: later eXIf chunks are not applied by the browser either. Errors: `unreadable`, `unsupported` (CgBI). */
export function readPngHeader(view: DataView): Header {
  const first = view.getUint32(12);
  if (first === CGBI) {
    throw new VitrineError(
      'unsupported',
      'This PNG has the private form of iPhone applications (CgBI), which browsers do not read. Convert it to a plain PNG.',
    );
  }
  if (first !== IHDR)
    throw new VitrineError('unreadable', 'The PNG does not begin with its header chunk: it is damaged.');
  const [width, height, bits, type] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), view.getUint8(25)];
  const colour = COLOUR[type];
  if (colour?.depths.includes(bits) !== true) {
    throw new VitrineError(
      'unreadable',
      `The PNG header names colour type ${type} with ${bits} bits, which does not exist.`,
    );
  }
  const header: Header = { width, height, bits, channels: colour.channels, frames: 1, alpha: type === 4 || type === 6 };
  for (let at = 8; ; ) {
    const length = view.getUint32(at);
    const name = view.getUint32(at + 4);
    if (name === IDAT) break;
    if (name === IEND) throw new VitrineError('unreadable', 'The PNG holds no pixel data.');
    if (name === TRNS) header.alpha = true;
    if (name === ACTL) delete header.frames; // several are possible, the first is shown
    if (name === EXIF) {
      header.exif = { at: at + 8, length };
      const orientation = readOrientation(view, at + 8, length);
      if (orientation !== undefined) header.orientation = orientation;
    }
    at += 12 + length;
  }
  return swapsSides(header.orientation) ? { ...header, width: height, height: width } : header;
}
