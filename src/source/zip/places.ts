// Where the entries of a zip lie: local headers that are missing or of another entry, and entries that overlap (a bomb's pattern).
import { type EntryColumns, LOCAL_BYTES } from './entries.ts';
import type { Damaged, RefusedEntry, ZipEntry, ZipRefusal } from './types.ts';

const LOCAL = 0x04034b50;
/** Above so many entries local headers are looked at when an entry is read: each costs a read of its own. */
const CHECKED_AT_ONCE = 4096;
const IN_FLIGHT = 16;

/** What a local header says (APPNOTE 4.3.7). */
export interface LocalHeader {
  /** Where the packed bytes begin. */
  dataStart: number;
  /** Sizes that are said here are not the directory's. */
  otherSize: boolean;
}

/** Reads the local header of an entry, or tells why the entry is refused. */
export async function readLocalHeader(zip: Blob, entry: ZipEntry): Promise<LocalHeader | ZipRefusal> {
  const { offset, rawName = new TextEncoder().encode(entry.path) } = entry;
  const bytes = new Uint8Array(await zip.slice(offset, offset + LOCAL_BYTES + rawName.length).arrayBuffer());
  const view = new DataView(bytes.buffer);
  if (bytes.length < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) return 'zip-no-local-header';
  const nameLength = view.getUint16(26, true);
  if (nameLength !== rawName.length || rawName.some((byte, i) => bytes[LOCAL_BYTES + i] !== byte))
    return 'zip-other-local-header';
  const dataStart = offset + LOCAL_BYTES + nameLength + view.getUint16(28, true);
  if (dataStart + entry.packedBytes > zip.size) return 'zip-outside';
  const hasDescriptor = (view.getUint16(6, true) & 8) !== 0;
  const differs = (at: number, size: number): boolean => {
    const said = view.getUint32(at, true);
    return said !== size && said !== 0xffffffff;
  };
  return { dataStart, otherSize: !hasDescriptor && (differs(18, entry.packedBytes) || differs(22, entry.bytes)) };
}

/**
 * Checks where entries lie, and removes those that are refused. Of many entries, only those that seem to overlap are looked at one by
 * one. Errors: that of `damaged` when entries overlap.
 */
export async function checkPlaces(
  zip: Blob,
  entries: EntryColumns,
  damaged: Damaged,
): Promise<{ refused: RefusedEntry[]; notes: string[] }> {
  const order = inOrder(entries);
  const overlap = (a: number, b: number): Error =>
    damaged(`the entries ${entries.path(a)} and ${entries.path(b)} overlap, which no honest zip does`);
  const suspects = new Set<number>();
  let before = -1;
  let end = 0;
  for (let i = 0; i < entries.length; i++) {
    const position = order ? (order[i] as number) : i; // i < length
    if (!entries.has(position)) continue;
    const offset = entries.offset(position);
    if (before >= 0 && end > offset) {
      if (entries.offset(before) === offset) throw overlap(before, position);
      suspects.add(before).add(position);
    }
    before = position;
    end = entries.leastEnd(position);
  }
  const few = entries.length <= CHECKED_AT_ONCE;
  if (suspects.size === 0 && !few) return { refused: [], notes: [] };

  const refused: RefusedEntry[] = [];
  const ends = new Map<number, number>();
  let otherSizes = 0;
  const queue = (few ? Array.from({ length: entries.length }, (_, i) => i) : [...suspects]).values();
  const check = async (): Promise<void> => {
    for (const position of queue) {
      if (!entries.has(position)) continue;
      const entry = entries.entry(position);
      const local = await readLocalHeader(zip, entry);
      if (typeof local === 'string') {
        refused.push({ index: entry.index, name: entry.path, reason: local });
        entries.remove(position);
      } else {
        ends.set(position, local.dataStart + entry.packedBytes);
        if (local.otherSize) otherSizes++;
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, check));

  before = -1;
  for (let i = 0; i < entries.length; i++) {
    const position = order ? (order[i] as number) : i; // i < length
    if (!entries.has(position)) continue;
    if (before >= 0 && (ends.get(before) ?? entries.leastEnd(before)) > entries.offset(position))
      throw overlap(before, position);
    before = position;
  }
  const notes = [];
  if (otherSizes > 0)
    notes.push(
      `The local header of ${otherSizes} ${otherSizes === 1 ? 'entry says' : 'entries say'} another size than the central directory, which was believed.`,
    );
  return { refused, notes };
}

/** Positions sorted by offset; null when they are in that order already, as almost every writer leaves them. */
function inOrder(entries: EntryColumns): Uint32Array | null {
  let sorted = true;
  for (let i = 1; i < entries.length && sorted; i++) sorted = entries.offset(i - 1) <= entries.offset(i);
  if (sorted) return null;
  return Uint32Array.from({ length: entries.length }, (_, i) => i).sort(
    (a, b) => entries.offset(a) - entries.offset(b),
  );
}
