// Whether an entry begins like a picture: for names without an extension, and before something large is unpacked.

/** Bytes that are looked at: the mark of DICOM stands at 128. */
export const PICTURE_HEAD = 132;

/** What pictures begin with, as Latin-1 text; `.` stands for any byte. */
const CERTAIN = [
  '\xff\xd8\xff', // JPEG
  '\x89PNG\r\n\x1a\n',
  'GIF87a',
  'GIF89a',
  'RIFF....WEBP',
  'II*\0', // TIFF, and BigTIFF below
  'MM\0*',
  'II+\0',
  'MM\0+',
  '....ftypavif',
  '....ftypavis',
];
/** Of two letters, or without a mark: enough for a name that says so, not for one that says nothing. */
const POSSIBLE = [
  'BM',
  ...[1, 2, 3, 4, 5, 6, 7].map((kind) => `P${kind}`), // PNM and PAM
  '\x02\0', // DICOM data sets without the preamble begin with group 2 or 8
  '\x08\0',
  '\0\x08',
  '....ftyp',
  '\0\0\0\x0c', // boxes of JPEG 2000 and JPEG XL
  '\xff\x0a',
  '\xff\x4f',
];

/** True when `head`, [up to PICTURE_HEAD] first bytes, begins like a picture; `named`: its name says that it is one. */
export function looksLikePicture(head: Uint8Array, named = false): boolean {
  if (hasText(head, 128, 'DICM')) return true;
  return [...CERTAIN, ...(named ? POSSIBLE : [])].some((text) => hasText(head, 0, text));
}

function hasText(head: Uint8Array, at: number, text: string): boolean {
  if (head.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) if (text[i] !== '.' && head[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
