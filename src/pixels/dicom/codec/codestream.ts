// Headers of the codestreams in DICOM: JPEG (T.81), JPEG-LS (T.87), JPEG 2000 (T.800). Read before a decoder sees them.
import { VitrineError } from '../../../shared/errors.ts';
import type { ImageDescription } from '../data/image.ts';

/** The frame header of a JPEG or JPEG-LS. */
export interface JpegFrame {
  /** Where SOI stands. */
  start: number;
  /** The frame marker's second byte: c0 to cf, or f7 for JPEG-LS. */
  sof: number;
  precision: number;
  width: number;
  height: number;
  components: { id: number; sampling: number }[];
  /** The transform of an Adobe segment: 0 none, 1 YCbCr. */
  adobe: number | undefined;
  jfif: boolean;
  /** The segments between SOI and the first scan, with the bytes of their markers. */
  segments: { marker: number; start: number; end: number }[];
  /** Where the first scan's marker stands. */
  scan: number;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const JPEG_LS = 0xf7;
const isFrame = (m: number): boolean =>
  m === JPEG_LS || (m >= 0xc0 && m <= 0xcf && m !== 0xc4 && m !== 0xc8 && m !== 0xcc);
const standsAlone = (m: number): boolean => m <= 1 || (m >= 0xd0 && m <= SOI);

const damaged = (what: string): VitrineError =>
  new VitrineError('unreadable', `The ${what} in it has no complete header: the file is damaged.`);

/** Reads up to the first scan. Errors: `unreadable` without SOI, frame header or scan. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const start = find(bytes, 0, SOI);
  if (start < 0) throw new VitrineError('unreadable', 'Its pixel data hold no JPEG codestream.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments: JpegFrame['segments'] = [];
  let frame: Pick<JpegFrame, 'sof' | 'precision' | 'width' | 'height' | 'components'> | undefined;
  let adobe: number | undefined;
  let jfif = false;
  for (let at = start + 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++; // junk, or fill bytes
      continue;
    }
    if (standsAlone(marker)) {
      at += 2;
      continue;
    }
    if (marker === EOI) break;
    if (marker === SOS) {
      if (frame === undefined) break;
      return { start, ...frame, adobe, jfif, segments, scan: at };
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) break;
    if (marker === 0xe0 && hasText(bytes, at + 4, 'JFIF')) jfif = true;
    if (marker === 0xee && length >= 14 && hasText(bytes, at + 4, 'Adobe')) adobe = bytes[at + 15];
    if (isFrame(marker) && frame === undefined) {
      const count = bytes[at + 9] ?? 0;
      if (length < 8 + 3 * count) break;
      frame = {
        sof: marker,
        precision: bytes[at + 4] ?? 0,
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: Array.from({ length: count }, (_, i) => ({
          id: bytes[at + 10 + 3 * i] ?? 0,
          sampling: bytes[at + 11 + 3 * i] ?? 0,
        })),
      };
    }
    segments.push({ marker, start: at, end });
    at = end;
  }
  throw damaged('JPEG');
}

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
  if (start + 45 > bytes.length) throw damaged('JPEG 2000');
  const at = start + 4;
  const components = view.getUint16(at + 36);
  const siz = bytes.subarray(at + 38, at + 38 + 3 * components);
  if (components === 0 || siz.length < 3 * components) throw damaged('JPEG 2000');
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
  { rows, columns }: ImageDescription,
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

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
