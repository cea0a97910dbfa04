// The name of a zip entry: decoded as its marks say, and judged before anything is made of it (docs/formats.md, zip).
import type { CodePage } from '../../shared/code-page.ts';
import { crc32 } from '../../shared/crc32.ts';
import { decodeName } from './code-pages.ts';
import type { ZipRefusal } from './types.ts';

/** What a name's bytes hold, in one pass over them. */
export const NAME = { beyondAscii: 1, control: 2, backslash: 4, slash: 8, suspicious: 16 } as const;

/**
 * One pass over the bytes of a name. `suspicious`: a part that is empty or begins with a dot, or a colon; only then the parts are looked
 * at one by one.
 */
export function scanName(bytes: Uint8Array, from: number, to: number): number {
  let marks = 0;
  let partStart = true;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number; // to is within the directory
    if (byte >= 0x80) marks |= NAME.beyondAscii;
    else if (byte < 0x20 || byte === 0x7f) marks |= NAME.control;
    else if (byte === 0x5c) marks |= NAME.backslash;
    else if (byte === 0x3a) marks |= NAME.suspicious;
    if (byte === 0x2f) {
      marks |= NAME.slash;
      if (partStart) marks |= NAME.suspicious;
      partStart = true;
    } else {
      if (partStart && byte === 0x2e) marks |= NAME.suspicious;
      partStart = false;
    }
  }
  return marks;
}

/** Hosts whose file names may hold a backslash: Unix and macOS (APPNOTE 4.4.2.2). */
export const keepsBackslash = (host: number): boolean => host === 3 || host === 19;

const FLAG_UTF8 = 1 << 11;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How a name was understood. `unmarked`: nothing says its code page, and it is no UTF-8. */
export interface DecodedName {
  name: string;
  unmarked?: true;
  /** The extra field 0x7075 does not belong to this name any more. */
  stale?: true;
}

/**
 * Decodes a name that has bytes beyond ASCII: flag bit 11, else extra field 0x7075 when its CRC fits, else UTF-8 when valid, else
 * `codePage`. Null when the flag promises UTF-8 that it is not.
 */
export function decodeEntryName(
  raw: Uint8Array,
  flags: number,
  extra: DataView,
  codePage: CodePage,
): DecodedName | null {
  if (flags & FLAG_UTF8) {
    const name = utf8(raw);
    return name === null ? null : { name };
  }
  const unicode = unicodeName(raw, extra);
  if (unicode !== null && !unicode.stale) return { name: unicode.name };
  const stale = unicode?.stale ? { stale: true as const } : {};
  const name = utf8(raw);
  return name === null ? { name: decodeName(raw, codePage), unmarked: true, ...stale } : { name, ...stale };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** The Info-ZIP Unicode Path extra field (APPNOTE 4.6.9); `stale` when it was made for another name. */
function unicodeName(raw: Uint8Array, extra: DataView): { name: string; stale: boolean } | null {
  const at = findExtra(extra, 0x7075);
  if (at === null || at.size < 5 || extra.getUint8(at.start) !== 1) return null;
  const name = utf8(new Uint8Array(extra.buffer, extra.byteOffset + at.start + 5, at.size - 5));
  const fits = name !== null && name !== '' && extra.getUint32(at.start + 1, true) === crc32(raw);
  return { name: name ?? '', stale: !fits };
}

/** The data of an extra field by its id; null when it is absent or cut. */
export function findExtra(extra: DataView, id: number): { start: number; size: number } | null {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const size = extra.getUint16(at + 2, true);
    const start = at + 4;
    if (start + size > extra.byteLength) return null;
    if (extra.getUint16(at, true) === id) return { start, size };
    at = start + size;
  }
  return null;
}

/** More folders than any picture lies in: deeper names come from loops and from attackers. */
const DEEPEST = 64;

/** Why a name ('/'-separated, a folder's with the last '/' removed) cannot be a path of the dataset, or null. */
export function judgeName(name: string): ZipRefusal | null {
  if (name === '') return 'zip-no-name';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f\x7f]/.test(name)) return 'zip-control-character';
  if (/^[/\\]|^[A-Za-z]:/.test(name)) return 'zip-absolute-path';
  const parts = name.split('/');
  if (parts.includes('..') || name.split(/[/\\]/).includes('..')) return 'zip-leaves';
  if (parts.includes('') || parts.includes('.')) return 'zip-no-name';
  return parts.length > DEEPEST + 1 ? 'zip-too-deep' : null;
}
