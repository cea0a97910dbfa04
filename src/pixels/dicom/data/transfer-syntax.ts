// The table of DICOM transfer syntaxes: how a data set is written, and which codec its frames need (PS3.5 section 10 and annex A).
import type { CodecName } from '../codec/table.ts';

/** How the elements of a data set are written. */
export interface Encoding {
  explicit: boolean;
  bigEndian: boolean;
}

/** How a transfer syntax codes the data set and the pixels. */
export type TransferSyntax = Encoding & { uid: string; deflated: boolean } & (
    | { frames: 'native' }
    | { frames: 'encapsulated'; codec: CodecName }
    | { frames: 'refused'; reason: string }
  );

const ROOT = '1.2.840.10008.1.2';
/** Implicit VR little endian, the default (PS3.5, A.1). */
export const IMPLICIT_LITTLE = ROOT;
/** Explicit VR little endian (PS3.5, A.2). */
export const EXPLICIT_LITTLE = `${ROOT}.1`;
/** Explicit VR big endian, retired (PS3.5, A.3). */
export const EXPLICIT_BIG = `${ROOT}.2`;

const codecOf: Readonly<Record<string, CodecName>> = {
  '.5': 'rle',
  '.1.98': 'uncompressed',
  '.8.1': 'deflated',
  '.4.50': 'jpeg',
  '.4.51': 'jpeg',
  '.4.53': 'jpeg',
  '.4.55': 'jpeg',
  '.4.57': 'jpeg',
  '.4.70': 'jpeg',
  '.4.80': 'jpeg',
  '.4.81': 'jpeg',
  '.4.90': 'jpeg-2000',
  '.4.91': 'jpeg-2000',
  '.4.92': 'jpeg-2000',
  '.4.93': 'jpeg-2000',
  '.4.201': 'htj2k',
  '.4.202': 'htj2k',
  '.4.203': 'htj2k',
};

/** MPEG-2, H.264, HEVC and their fragmentable forms. */
const isVideo = (suffix: string): boolean => /^\.4\.10[0-8](\.1)?$/.test(suffix);
/** JPIP, plain, deflated, and for HTJ2K: the file names a server. */
const isReferenced = (suffix: string): boolean => /^\.4\.(9[45]|20[45])$/.test(suffix);

/** What a UID of a transfer syntax means. An unknown one is read as explicit little endian, as PS3.5 A.4 demands, and its frames are refused. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  const written = { uid, explicit: uid !== IMPLICIT_LITTLE, bigEndian: uid === EXPLICIT_BIG, deflated: false };
  if (uid === IMPLICIT_LITTLE || uid === EXPLICIT_LITTLE || uid === EXPLICIT_BIG)
    return { ...written, frames: 'native' };
  if (uid === `${ROOT}.1.99`) return { ...written, deflated: true, frames: 'native' };
  const suffix = uid.startsWith(ROOT) ? uid.slice(ROOT.length) : '';
  const codec = codecOf[suffix];
  if (codec !== undefined) return { ...written, frames: 'encapsulated', codec };
  return { ...written, deflated: suffix === '.4.95' || suffix === '.4.205', frames: 'refused', reason: reasonOf(uid) };
}

function reasonOf(uid: string): string {
  const suffix = uid.startsWith(ROOT) ? uid.slice(ROOT.length) : '';
  if (isVideo(suffix)) return 'It holds a video, and videos are not read. Export its frames as pictures.';
  if (isReferenced(suffix)) return 'Its pixels are on a JPIP server, not in the file. Save it with its pixels.';
  if (/^\.4\.11[0-2]$/.test(suffix))
    return 'Its frames are JPEG XL, which is not read in DICOM. Convert it to another transfer syntax.';
  return `Its transfer syntax ${uid.slice(0, 64)} is unknown. Convert it to explicit little endian.`;
}
