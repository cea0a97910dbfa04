// The header of a JPEG 2000 codestream in DICOM (T.800), and whether a codestream fits the image. Read before a decoder sees it.
import { VitrineError } from '../../../shared/errors.ts';
import type { ImageDescription } from '../data/image.ts';

const damaged = (): VitrineError =>
  new VitrineError('unreadable', 'The JPEG 2000 in it has no complete header: the file is damaged.');

/** The SIZ segment of a JPEG 2000 codestream, and where the codestream begins (it may stand in the boxes of a JP2 file). */
export interface J2kFrame {
  start: number;
  precision: number;
  signed: boolean;
  width: number;
  height: number;
  components: number;
  tiles: number;
  /** True when components have different sizes. */
  subsampled: boolean;
  /** True when the codestream turns RGB into YCbCr and back. */
  colourTransform: boolean;
}

/** Errors: `unreadable` without SOC and SIZ. */
export function readJ2kFrame(bytes: Uint8Array): J2kFrame {
  let start = find(bytes, 0, 0x4f);
  while (start >= 0 && !(bytes[start + 2] === 0xff && bytes[start + 3] === 0x51)) start = find(bytes, start + 1, 0x4f);
  if (start < 0) throw new VitrineError('unreadable', 'Its pixel data hold no JPEG 2000 codestream.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 45 > bytes.length) throw damaged();
  const at = start + 4;
  const components = view.getUint16(at + 36);
  const siz = bytes.subarray(at + 38, at + 38 + 3 * components);
  if (components === 0 || siz.length < 3 * components) throw damaged();
  const depth = siz[0] ?? 0;
  const cod = find(bytes, at, 0x52);
  return {
    start,
    precision: (depth & 0x7f) + 1,
    signed: (depth & 0x80) !== 0,
    width: view.getUint32(at + 4) - view.getUint32(at + 12),
    height: view.getUint32(at + 8) - view.getUint32(at + 16),
    components,
    tiles:
      Math.ceil((view.getUint32(at + 4) - view.getUint32(at + 28)) / view.getUint32(at + 20)) *
      Math.ceil((view.getUint32(at + 8) - view.getUint32(at + 32)) / view.getUint32(at + 24)),
    subsampled: siz.some((step, i) => i % 3 !== 0 && step !== 1),
    colourTransform: cod >= 0 && bytes[cod + 8] === 1,
  };
}

/** Refuses a codestream that lacks pixels of the image, or has more than may be allocated, before it is decoded. */
export function checkCodestream(
  { width, height, channels }: { width: number; height: number; channels: number },
  { rows, columns }: Pick<ImageDescription, 'rows' | 'columns'>,
  { maxPixels, title }: { maxPixels: number; title: string },
): void {
  if (width < columns || height < rows)
    throw new VitrineError(
      'unreadable',
      `The ${title} in it has ${width} × ${height} pixels, the header says ${columns} × ${rows}: the file is damaged.`,
    );
  if (width * height > maxPixels)
    throw new VitrineError('too-large', `The ${title} in it says ${width} × ${height} pixels, over the limit.`);
  if (channels !== 1 && channels !== 3)
    throw new VitrineError('unsupported', `The ${title} in it has ${channels} components; one and three are read.`);
}

/** Position of the marker `ff second`, or -1. */
function find(bytes: Uint8Array, from: number, second: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (bytes[at + 1] === second) return at;
  return -1;
}
