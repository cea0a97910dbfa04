// Tells image formats by their first bytes; extensions and Blob types are never believed.

const text = new TextDecoder('latin1');

/** True when `head` has these bytes at `at`; a string stands for its Latin-1 bytes. */
export function hasBytes(head: Uint8Array, at: number, bytes: string): boolean {
  if (head.length < at + bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (head[at + i] !== bytes.charCodeAt(i)) return false;
  return true;
}

/** Start of the file as lower-case text without byte-order mark and leading white space; for formats that are text. */
function leadingText(head: Uint8Array): string {
  const start = hasBytes(head, 0, '\xef\xbb\xbf') ? 3 : 0;
  return text.decode(head.subarray(start, 4096)).trimStart().toLowerCase();
}

/** Brands of an ISO base media file (ISO/IEC 14496-12, 4.3): the major one and the compatible ones; empty when it is none. */
function brands(head: Uint8Array): string[] {
  if (!hasBytes(head, 4, 'ftyp')) return [];
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const end = Math.min(size, head.length);
  const found = [text.decode(head.subarray(8, 12))];
  for (let at = 16; at + 4 <= end; at += 4) found.push(text.decode(head.subarray(at, at + 4)));
  return found;
}

const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const isAvifBrand = (brand: string): boolean => brand === 'avif' || brand === 'avis';

/** SOI and the first marker (ITU T.81, B.1.1). */
export const isJpeg = (head: Uint8Array): boolean => hasBytes(head, 0, '\xff\xd8\xff');
/** The eight bytes of the PNG specification, 5.2. */
export const isPng = (head: Uint8Array): boolean => hasBytes(head, 0, '\x89PNG\r\n\x1a\n');
/** RIFF container with the form WEBP. */
export const isWebp = (head: Uint8Array): boolean => hasBytes(head, 0, 'RIFF') && hasBytes(head, 8, 'WEBP');
/** GIF87a or GIF89a. */
export const isGif = (head: Uint8Array): boolean => hasBytes(head, 0, 'GIF87a') || hasBytes(head, 0, 'GIF89a');
/** A Windows or OS/2 bitmap. */
export const isBmp = (head: Uint8Array): boolean => hasBytes(head, 0, 'BM');
/** An ISO base media file with an AVIF brand, still or sequence. */
export const isAvif = (head: Uint8Array): boolean => brands(head).some(isAvifBrand);
/** An ISO base media file with a HEIF brand and no AVIF one. */
export const isHeic = (head: Uint8Array): boolean => {
  const all = brands(head);
  return !all.some(isAvifBrand) && all.some((brand) => HEIF_BRANDS.has(brand));
};
/** The bare codestream, or the boxed file (ISO/IEC 18181-2). */
export const isJpegXl = (head: Uint8Array): boolean =>
  hasBytes(head, 0, '\xff\x0a') || hasBytes(head, 0, '\0\0\0\x0cJXL \r\n\x87\n');
/** The boxed file (ISO/IEC 15444-1), or the bare codestream: SOC followed by SIZ. */
export const isJpeg2000 = (head: Uint8Array): boolean =>
  hasBytes(head, 0, '\0\0\0\x0cjP  \r\n\x87\n') || hasBytes(head, 0, '\xff\x4f\xff\x51');
/** Classic and BigTIFF, both byte orders. */
export const isTiff = (head: Uint8Array): boolean =>
  hasBytes(head, 0, 'II*\0') || hasBytes(head, 0, 'MM\0*') || hasBytes(head, 0, 'II+\0') || hasBytes(head, 0, 'MM\0+');
/** Files with the preamble of PS3.10 section 7.1, and data sets without it. */
export const isDicom = (head: Uint8Array): boolean =>
  hasBytes(head, 128, 'DICM') || startsDataSet(head, true) || startsDataSet(head, false);

/**
 * True for a DICOM data set without preamble: its first element is of group 0002 or 0008, its length leads to another element
 * that may follow it (PS3.5, 7.1). Two elements in order are no accident.
 */
function startsDataSet(head: Uint8Array, littleEndian: boolean): boolean {
  if (head.length < 16) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const group = view.getUint16(0, littleEndian);
  if (group !== 2 && group !== 8) return false;
  const vr = text.decode(head.subarray(4, 6));
  const explicit = /^(OB|UL|UI|CS|DA|TM|DT|AE|SH|LO|ST|PN|SQ)$/.test(vr);
  const long = vr === 'OB' || vr === 'SQ';
  const start = explicit && long ? 12 : 8;
  const length = explicit && !long ? view.getUint16(6, littleEndian) : view.getUint32(start - 4, littleEndian);
  const next = start + length;
  if ((!explicit && !littleEndian) || length % 2 !== 0 || next + 4 > head.length) return false;
  const nextGroup = view.getUint16(next, littleEndian);
  const later = nextGroup > group || view.getUint16(next + 2, littleEndian) > view.getUint16(2, littleEndian);
  return nextGroup >= group && nextGroup <= 0x0028 && later;
}
/** P1 to P7 and the float maps PF and Pf, then white space or a comment. */
export const isPnm = (head: Uint8Array): boolean => /^P[1-7Ff][\s#]/.test(text.decode(head.subarray(0, 3)));
/** Icon or cursor: reserved 0, type 1 or 2, at least one picture, and the reserved byte of the first entry. */
export const isIco = (head: Uint8Array): boolean =>
  (hasBytes(head, 0, '\0\0\x01\0') || hasBytes(head, 0, '\0\0\x02\0')) &&
  head.length >= 22 &&
  ((head[4] ?? 0) | (head[5] ?? 0)) !== 0 &&
  head[9] === 0;
/** SVG, alone or behind an XML declaration. */
export const isSvg = (head: Uint8Array): boolean => {
  const start = leadingText(head);
  return start.startsWith('<svg') || (/^<(\?xml|!doctype|!--)/.test(start) && start.includes('<svg'));
};

/** An OS/2 bitmap array that begins with a bitmap. */
export const isBitmapArray = (head: Uint8Array): boolean => hasBytes(head, 0, 'BA') && hasBytes(head, 14, 'BM');
/** A web page. */
export const isHtml = (head: Uint8Array): boolean => /^(<!doctype html|<html)/.test(leadingText(head));
/** A Git LFS pointer file. */
export const isLfsPointer = (head: Uint8Array): boolean =>
  hasBytes(head, 0, 'version https://git-lfs.github.com/spec/');
/** AppleDouble (RFC 1740): what macOS writes as `._name` beside the real file. */
export const isAppleDouble = (head: Uint8Array): boolean => hasBytes(head, 0, '\0\x05\x16\x07');
/** Nothing but zero bytes. */
export const isZeros = (head: Uint8Array): boolean => head.length > 0 && head.every((byte) => byte === 0);
