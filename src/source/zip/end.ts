// Finds a zip's central directory: end record, zip64 end record, bytes before and behind the zip (APPNOTE 6.3.10, 4.3.14 to 4.3.16).
import { VitrineError } from '../../shared/errors.ts';
import type { Damaged } from './types.ts';

/** Where the central directory lies, and what was odd on the way. */
export interface DirectoryPlace {
  start: number;
  size: number;
  /** What the end record says; `exact` when it is a number of 64 bits, else it may have been cut to 16. */
  count: number;
  exact: boolean;
  /** To be added to every offset: bytes that stand before the zip. */
  shift: number;
  notes: string[];
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
/** The longest comment, and as much again for bytes that somebody appended. */
const TAIL_BYTES = 2 * 0xffff + END_BYTES + LOCATOR_BYTES;

/** What other files that are taken for zips begin with. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['\x1f\x8b', 'a gzip file'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ', 'an xz file'],
];

/** Errors: `unreadable` (no zip, cut, damaged), `unsupported` (other archives, several disks). */
export async function findDirectory(zip: Blob, name: string, damaged: Damaged): Promise<DirectoryPlace> {
  if (zip.size === 0) throw damaged('the file is empty');
  const tailStart = Math.max(0, zip.size - TAIL_BYTES);
  const tail = new DataView(await zip.slice(tailStart).arrayBuffer());
  const ends = endRecords(tail);
  const [first] = ends;
  if (first === undefined) throw await notAZip(zip, name, damaged);
  let trouble: unknown;
  for (const at of ends) {
    try {
      return await readEnd(zip, name, tail, tailStart, at, damaged);
    } catch (error) {
      trouble ??= error; // a comment may hold the signature of an end record: the next may be the true one
    }
  }
  throw trouble;
}

/** Positions of end records, the likeliest first: those whose comment reaches exactly to the end of the file, then the last ones. */
function endRecords(tail: DataView): number[] {
  const exact: number[] = [];
  const others: number[] = [];
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint8(at) !== 0x50 || tail.getUint32(at, true) !== END) continue;
    const end = at + END_BYTES + tail.getUint16(at + 20, true);
    if (end === tail.byteLength) exact.push(at);
    else if (end < tail.byteLength) others.push(at);
    if (exact.length + others.length > 64) break; // a file made of signatures is no zip
  }
  return [...exact, ...others];
}

async function readEnd(
  zip: Blob,
  name: string,
  tail: DataView,
  tailStart: number,
  at: number,
  damaged: Damaged,
): Promise<DirectoryPlace> {
  const notes: string[] = [];
  if (at + END_BYTES + tail.getUint16(at + 20, true) < tail.byteLength)
    notes.push(`${name} has bytes after the end of the zip, which are not used.`);
  const several = (): VitrineError =>
    new VitrineError(
      'unsupported',
      `${name} is one part of a zip that was split into more than one file. Join the parts, or unpack them and open the folder.`,
      { file: name },
    );
  const disk = tail.getUint16(at + 4, true);
  let count = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let offset = tail.getUint32(at + 16, true);
  let end = tailStart + at; // where the directory ends
  let exact = false;
  const locator = at - LOCATOR_BYTES;
  if (locator >= 0 && tail.getUint32(locator, true) === LOCATOR_64) {
    if (tail.getUint32(locator + 16, true) > 1) throw several();
    const record = await readEnd64(zip, tailStart + locator, Number(tail.getBigUint64(locator + 8, true)), damaged);
    [count, size, offset, end] = [record.count, record.size, record.offset, record.start];
    exact = true;
  } else if (disk !== 0 && disk !== 0xffff) throw several();

  const start = end - size;
  if (start < 0 || size > zip.size) throw damaged('its central directory is outside the file');
  if (size === 0) {
    if (count > 0) throw damaged('its central directory is missing');
    return { start, size, count, exact, shift: 0, notes };
  }
  const head = new DataView(await zip.slice(start, start + 46).arrayBuffer());
  if (head.byteLength < 46 || head.getUint32(0, true) !== CENTRAL)
    throw damaged('its central directory is damaged or not where it should be');
  let shift = start - offset;
  if (shift !== 0) {
    // Bytes before the zip shift everything; else only the end record is wrong.
    const local = head.getUint32(42, true);
    if (local !== 0xffffffff && !(await isLocalHeader(zip, local + shift))) {
      if (!(await isLocalHeader(zip, local))) throw damaged('its central directory is not where it says');
      shift = 0;
      notes.push(`${name} does not say right where its central directory is; it was found.`);
    } else notes.push(`${name} has a prefix of ${shift.toLocaleString('en')} bytes before the zip, which is not used.`);
  }
  return { start, size, count, exact, shift, notes };
}

/** The zip64 end record: where the locator says, or directly before it when a prefix has shifted it. */
async function readEnd64(
  zip: Blob,
  locator: number,
  stated: number,
  damaged: Damaged,
): Promise<{ start: number; count: number; size: number; offset: number }> {
  for (const start of [stated, locator - 56]) {
    if (!Number.isSafeInteger(start) || start < 0 || start + 56 > locator) continue;
    const view = new DataView(await zip.slice(start, start + 56).arrayBuffer());
    if (view.byteLength < 56 || view.getUint32(0, true) !== END_64) continue;
    const [count, size, offset] = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true)));
    if (count !== undefined && size !== undefined && offset !== undefined) return { start, count, size, offset };
  }
  throw damaged('the zip64 record of its central directory is missing');
}

async function isLocalHeader(zip: Blob, at: number): Promise<boolean> {
  if (at < 0 || at + 4 > zip.size) return false;
  return new DataView(await zip.slice(at, at + 4).arrayBuffer()).getUint32(0, true) === LOCAL;
}

async function notAZip(zip: Blob, name: string, damaged: Damaged): Promise<VitrineError> {
  const head = String.fromCharCode(...new Uint8Array(await zip.slice(0, 8).arrayBuffer()));
  const other = OTHERS.find(([signature]) => head.startsWith(signature));
  if (other)
    return new VitrineError('unsupported', `${name} is ${other[1]}, not a zip. Unpack it and open the folder.`, {
      file: name,
    });
  if (head.startsWith('PK')) return damaged('the end of the zip is missing, so it was cut off');
  return new VitrineError('unreadable', `${name} is not a zip. Open a zip or a folder.`, { file: name });
}
