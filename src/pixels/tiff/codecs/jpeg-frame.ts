// What a JPEG stream says about its size and coding, read before it is decoded (ITU-T T.81, annex B).
import { VitrineError } from '../../../shared/errors.ts';
import { isOurs, kindOf } from '../../jpeg/kind.ts';

/** A stream's frame header, and its parts before the first scan. */
export interface JpegFrame {
  width: number;
  height: number;
  components: number;
  /** Frame marker and bits a sample: what decides who decodes it. */
  sof: number;
  precision: number;
  /** Segments before the first scan, with their markers, without those of applications and comments. */
  segments: Uint8Array[];
  /** Where the first scan's marker stands. */
  scan: number;
}

const damaged = (): VitrineError => new VitrineError('unreadable', 'Its JPEG data are damaged.');

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Reads up to the first scan. Errors: `unreadable` without a frame or scan, `unsupported` for hierarchical coding and other kinds that nothing reads. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const { segments, scan } = jpegSegments(bytes);
  const header = segments.find((segment) => isFrame(segment[1] ?? 0));
  if (header === undefined || scan === undefined || header.length < 10) throw damaged();
  const kind = { sof: header[1] ?? 0, precision: header[4] ?? 0 };
  if (!isOurs(kind) && !(kind.precision === 8 && [0xc0, 0xc1, 0xc2, 0xc9, 0xca].includes(kind.sof)))
    throw new VitrineError('unsupported', `Its JPEG data are ${kindOf(kind)}, which is not read inside of TIFF.`);
  const number = (at: number): number => ((header[at] ?? 0) << 8) | (header[at + 1] ?? 0);
  const [height, width, components] = [number(5), number(7), header[9] ?? 0];
  if (width === 0 || height === 0 || components < 1 || components > 4 || header.length < 10 + 3 * components)
    throw damaged();
  for (let c = 0; c < components; c++) {
    const sampling = header[11 + 3 * c] ?? 0;
    const [h, v] = [sampling >> 4, sampling & 15];
    if (h < 1 || h > 4 || v < 1 || v > 4) throw damaged();
  }
  return { width, height, components, ...kind, segments, scan };
}

/** Segments of a stream, or of the tables that strips share. Errors: `unreadable` where none begins with SOI. */
export function jpegSegments(bytes: Uint8Array): { segments: Uint8Array[]; scan: number | undefined } {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged();
  const segments: Uint8Array[] = [];
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) throw damaged();
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    if (marker === 0xda) return { segments, scan: at };
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (marker === 0xd9 || length < 2 || at + 2 + length > bytes.length) break;
    const application = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    if (!application) segments.push(bytes.subarray(at, at + 2 + length));
    at += 2 + length;
  }
  return { segments, scan: undefined };
}
