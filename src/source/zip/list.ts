// Lists a zip from its central directory: one bad entry is refused with its reason, a bad directory refuses the whole (APPNOTE 6.3.10, 4.3.12).

import type { CodePage } from '../../shared/code-page.ts';
import { VitrineError } from '../../shared/errors.ts';
import { looksLikeCp437 } from './code-pages.ts';
import { type DirectoryPlace, findDirectory } from './end.ts';
import { createEntryColumns, type EntryColumns } from './entries.ts';
import { decodeEntryName, findExtra, judgeName, keepsBackslash, NAME, scanName } from './entry-name.ts';
import { checkPlaces } from './places.ts';
import type { Damaged, RefusedEntry, ZipListing, ZipMethod, ZipRefusal } from './types.ts';

const CENTRAL = 0x02014b50;
const HEADER_BYTES = 46;
/** A directory that is larger would have ten million entries. */
const MAX_DIRECTORY = 2 ** 30;
/** No picture is larger; a size beyond it is a lie or a disk image. */
const MAX_ENTRY = 2 ** 31;
/** Deflate cannot pack better (258 bytes in two bits): a larger claim is a lie that would only cost memory. Deflate64 has runs of 64 KiB. */
const MAX_RATIO = { deflate: 1032, deflate64: 2 ** 19 };
const METHOD_AES = 99;
const ARCHIVE = /\.(zip|7z|rar|tar|gz|tgz|bz2|xz|zst|jar)$/i;
/** Last letters of these, so that other names need no look by the expression. */
const ARCHIVE_ENDS = new Set([...'pzrt2PZRT'].map((letter) => letter.charCodeAt(0)));
const ascii = new TextDecoder();
/** Raw names kept for a preview of code pages. */
const EXAMPLES = 100;

export interface ListOptions {
  /** What names are read with that are neither marked nor UTF-8; cp437 when nobody has chosen. */
  codePage?: CodePage | undefined;
}

/**
 * Lists the files of a zip. Entries that are hostile, encrypted or packed in a way that is not read are in `refused`.
 * Errors, which refuse the whole: `unreadable` (not a zip, cut, damaged directory, overlapping entries), `unsupported` (several disks,
 * other archives), `too-large`.
 */
export async function listZip(zip: Blob, name: string, { codePage }: ListOptions = {}): Promise<ZipListing> {
  const damaged: Damaged = (what, cause) =>
    new VitrineError('unreadable', `${name} is not a readable zip: ${what}. Copy or download it again.`, {
      file: name,
      cause,
    });
  const place = await findDirectory(zip, name, damaged);
  if (place.size > MAX_DIRECTORY)
    throw new VitrineError('too-large', `${name} lists more files than Vitrine can open. Unpack a part of it.`, {
      file: name,
    });
  const bytes = new Uint8Array(await zip.slice(place.start, place.start + place.size).arrayBuffer());
  const walk = walkDirectory(bytes, { codePage, place, zipSize: zip.size, damaged });
  const counted = walk.count === place.count || (!place.exact && is16Bits(walk.count, place.count));
  if (!counted) throw damaged(`its central directory has ${walk.count} entries where ${place.count} are said to be`);
  const { entries, unmarked } = walk;
  const places = await checkPlaces(zip, entries, damaged);
  return {
    entries,
    refused: [...walk.refused, ...places.refused].sort((a, b) => a.index - b.index),
    notes: [...place.notes, ...walk.notes, ...places.notes],
    unmarked:
      unmarked.count === 0
        ? null
        : {
            ...unmarked,
            codePage: codePage ?? 'cp437',
            plausible: codePage !== undefined || looksLikeCp437(unmarked.examples),
          },
  };
}

const extraOf = (bytes: Uint8Array, from: number, to: number): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset + from, to - from);

/** Writers without zip64 cap the count, or write it modulo 65,536. */
const is16Bits = (walked: number, said: number): boolean =>
  walked > 0xffff && (said === 0xffff || said === (walked & 0xffff));

interface Walk {
  count: number;
  entries: EntryColumns;
  refused: RefusedEntry[];
  notes: string[];
  unmarked: { examples: Uint8Array[]; count: number };
}

interface WalkContext {
  codePage: CodePage | undefined;
  place: DirectoryPlace;
  zipSize: number;
  damaged: Damaged;
}

/** Walks the directory by its size, not by its count: writers without zip64 write a wrong one above 65,535 entries. */
function walkDirectory(bytes: Uint8Array, { codePage, place, zipSize, damaged }: WalkContext): Walk {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const most = Math.ceil(bytes.length / HEADER_BYTES);
  const entries = createEntryColumns(place.exact ? Math.min(place.count, most) : most); // another count is refused in the end
  const refused: RefusedEntry[] = [];
  const examples: Uint8Array[] = [];
  const folders = new Set<string>();
  let folder = ''; // of the entry before, with its '/'
  const odd = { unmarked: 0, separators: 0, backslashes: 0, stale: 0, override: 0 };
  let index = 0;
  for (let at = 0; at < bytes.length; index++) {
    if (at + HEADER_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL)
      throw damaged('its central directory is damaged');
    const nameStart = at + HEADER_BYTES;
    const nameEnd = nameStart + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged('its central directory is damaged');
    const flags = view.getUint16(at + 8, true);
    const host = view.getUint8(at + 5);
    const rawName = bytes.subarray(nameStart, nameEnd);
    const marks = scanName(bytes, nameStart, nameEnd);
    const header = at;
    at = next;

    let name: string;
    let guessed = false;
    if (marks & NAME.beyondAscii) {
      const decoded = decodeEntryName(rawName, flags, extraOf(bytes, nameEnd, extraEnd), codePage ?? 'cp437');
      if (decoded === null) {
        refused.push({ index, name: '', reason: 'name-not-utf8' });
        continue;
      }
      name = decoded.name;
      guessed = decoded.unmarked === true && codePage === undefined;
      if (decoded.stale) odd.stale++;
      if (decoded.unmarked) {
        odd.unmarked++;
        if (examples.length < EXAMPLES) examples.push(rawName.slice());
      }
      if (/[\u202a-\u202e\u2066-\u2069]/.test(name)) odd.override++;
    } else name = ascii.decode(rawName);
    const shown = name;
    const backslash = (marks & (NAME.beyondAscii | NAME.backslash)) !== 0 && name.includes('\\');
    // A guessed name may have a second byte 0x5c in it, so there '\' separates only where '/' does not.
    if (backslash && !keepsBackslash(host) && !(guessed && marks & NAME.slash)) name = name.replaceAll('\\', '/');
    const isFolder = name.endsWith('/') && name.length > 1;
    const path = isFolder ? name.slice(0, -1) : name;
    const careful = marks !== 0 && marks !== NAME.slash;
    const bad = careful || path.length > 128 || path === '' ? judgeName(path) : null;
    if (bad !== null) {
      refused.push({ index, name: shown, reason: bad });
      continue;
    }
    if (isFolder) continue;
    if (backslash) odd[name === shown ? 'backslashes' : 'separators']++;
    const method = view.getUint16(header + 10, true);
    const kept = methodOf(view, header, flags, method, host, path);
    if (typeof kept === 'object') {
      refused.push({ index, name: shown, reason: kept.reason });
      continue;
    }
    let fileBytes = view.getUint32(header + 24, true);
    let packedBytes = view.getUint32(header + 20, true);
    let offset = view.getUint32(header + 42, true);
    if (fileBytes === 0xffffffff || packedBytes === 0xffffffff || offset === 0xffffffff)
      [fileBytes, packedBytes, offset] = wideSizes(extraOf(bytes, nameEnd, extraEnd), [fileBytes, packedBytes, offset]);
    offset += place.shift;
    const wrong = judgeSizes(fileBytes, packedBytes, offset, kept, zipSize);
    const added =
      wrong === null &&
      entries.add({
        index,
        path,
        bytes: fileBytes,
        packedBytes,
        crc32: view.getUint32(header + 16, true),
        method: kept,
        offset,
        dosTime: view.getUint32(header + 12, true),
      });
    if (!added) {
      refused.push({ index, name: shown, reason: wrong ?? 'zip-duplicate' });
      continue;
    }
    if (marks & NAME.beyondAscii || path !== shown) entries.keepRawName(rawName.slice());
    // Neighbours mostly lie in one folder: comparing costs less than cutting each path.
    if (!path.startsWith(folder) || path.indexOf('/', folder.length) >= 0) {
      folder = path.slice(0, path.lastIndexOf('/') + 1);
      folders.add(folder);
    }
  }
  const inFiles = foldersInFiles(folders, entries);
  for (let i = 0; i < entries.length && inFiles.size > 0; i++) {
    const path = entries.path(i);
    if (!inFiles.has(path.slice(0, path.lastIndexOf('/') + 1))) continue;
    refused.push({ index: entries.entry(i).index, name: path, reason: 'zip-inside-a-file' });
    entries.remove(i);
  }
  return {
    count: index,
    entries,
    refused,
    notes: sentencesOf(odd),
    unmarked: { examples, count: odd.unmarked },
  };
}

function methodName(method: number): ZipMethod | null {
  if (method === 8) return 'deflate';
  if (method === 0) return 'stored';
  return method === 9 ? 'deflate64' : null;
}

/** How an entry is packed, or why it is refused. */
function methodOf(
  view: DataView,
  header: number,
  flags: number,
  method: number,
  host: number,
  path: string,
): ZipMethod | { reason: ZipRefusal } {
  if (flags & 1 || method === METHOD_AES) return { reason: 'zip-encrypted' };
  const kept = methodName(method);
  if (kept === null) return { reason: 'zip-method' };
  if (keepsBackslash(host)) {
    const type = (view.getUint16(header + 40, true) >>> 12) & 0xf; // S_IFMT of the mode in the external attributes
    if (type === 0xa) return { reason: 'zip-link' };
    if (type !== 0 && type !== 8) return { reason: 'zip-no-file' };
  }
  return ARCHIVE_ENDS.has(path.charCodeAt(path.length - 1)) && ARCHIVE.test(path) ? { reason: 'zip-archive' } : kept;
}

/** Sizes and offset of 64 bits, in this order and only those that are cut in the header (APPNOTE 4.5.3). NaN where one is missing. */
function wideSizes(extra: DataView, narrow: [number, number, number]): [number, number, number] {
  const field = findExtra(extra, 1);
  let at = field?.start ?? 0;
  const end = field ? field.start + field.size : 0;
  const wide = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (at + 8 > end) return Number.NaN;
    at += 8;
    return Number(extra.getBigUint64(at - 8, true));
  };
  return [wide(narrow[0]), wide(narrow[1]), wide(narrow[2])];
}

function judgeSizes(
  bytes: number,
  packedBytes: number,
  offset: number,
  method: ZipMethod,
  zipSize: number,
): ZipRefusal | null {
  if (bytes > MAX_ENTRY) return 'zip-too-large';
  // written so that NaN fails too
  if (!(offset >= 0 && offset + 30 + packedBytes <= zipSize && bytes >= 0)) return 'zip-outside';
  if (method === 'stored') return bytes === packedBytes ? null : 'zip-too-large';
  return bytes > packedBytes * MAX_RATIO[method] ? 'zip-too-large' : null;
}

/** Folders (with their last '/') that lie below a name that is a file's. */
function foldersInFiles(folders: Iterable<string>, entries: EntryColumns): Set<string> {
  const bad = new Set<string>();
  for (const folder of folders)
    for (let end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1))
      if (entries.find(folder.slice(0, end))) {
        bad.add(folder);
        break;
      }
  return bad;
}

function sentencesOf(odd: { separators: number; backslashes: number; stale: number; override: number }): string[] {
  const names = (n: number): string => `${n.toLocaleString('en')} ${n === 1 ? 'name' : 'names'}`;
  const notes: string[] = [];
  if (odd.separators > 0) notes.push(`A backslash separates folders in ${names(odd.separators)}; it was read as /.`);
  if (odd.backslashes > 0) notes.push(`A backslash is part of ${names(odd.backslashes)} in the zip, and was kept.`);
  if (odd.stale > 0)
    notes.push(`The Unicode name (extra field 0x7075) of ${names(odd.stale)} is of an older name, and was not used.`);
  if (odd.override > 0)
    notes.push(
      `${names(odd.override)} in the zip turn the direction of writing (such as U+202E), so that another name shows.`,
    );
  return notes;
}
