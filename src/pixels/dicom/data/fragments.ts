// Finds one frame among the fragments of encapsulated pixel data, by item lengths and offset tables (PS3.5 A.4).
import { throwIfAborted, VitrineError } from '../../../shared/errors.ts';
import type { DicomFile, PixelPlace } from './parse.ts';
import { TAG } from './tag.ts';
import { bytesOf } from './values.ts';

/** Where a fragment's bytes lie in the file. */
interface Fragment {
  at: number;
  length: number;
  /** Of the item's tag, counted from the first byte behind the basic offset table: what offset tables hold. */
  offset: number;
  /** Its first bytes. */
  start: Uint8Array;
}

/** Bytes of a file by position, read in pieces and kept as long as the next reads fall in the same piece. */
type Reader = (at: number, length: number) => Promise<Uint8Array>;

const ITEM = 0xe000;
const PIECE_BYTES = 2 ** 16;
const START_BYTES = 4;
/** Fragments of one file; a whole-slide image has some ten thousand. */
const MAX_FRAGMENTS = 1_000_000;

/** The bytes of frame `index`, its fragments joined. `cut`: the file ends inside of it. Errors: `unreadable`. */
export async function encapsulatedFrame(
  file: DicomFile,
  place: PixelPlace,
  { index, frames, signal }: { index: number; frames: number; signal?: AbortSignal },
): Promise<{ bytes: Uint8Array<ArrayBuffer>; cut: boolean }> {
  const { body } = file;
  const read = readerOf(body);
  const table = await itemAt(read, place.at);
  if (table === undefined) throw noFragments();
  const first = place.at + 8 + table;
  const basic = uint32s(await read(place.at + 8, Math.min(table, body.size - place.at - 8)));
  const extended = uint64s(bytesOf(file.elements, TAG.ExtendedOffsetTable));
  const found = await framesFragments(read, first, body.size, extended.length > 0 ? extended : basic, {
    index,
    frames,
    signal,
  });
  if (found.length === 0) throw noFragments();
  const last = found.at(-1);
  const cut = last !== undefined && last.at + last.length > body.size;
  const joined = new Blob(found.map(({ at, length }) => body.slice(at, at + length)));
  return { bytes: new Uint8Array(await joined.arrayBuffer()), cut };
}

const noFragments = (): VitrineError =>
  new VitrineError('unreadable', 'Its compressed pixel data do not hold this frame: the file is damaged.');

/** The fragments of one frame. With offsets, those between the frame's own and the next one's. */
async function framesFragments(
  read: Reader,
  first: number,
  end: number,
  offsets: number[],
  { index, frames, signal }: { index: number; frames: number; signal?: AbortSignal },
): Promise<Fragment[]> {
  const from = offsets[index];
  if (frames > 1 && from !== undefined) {
    const to = offsets[index + 1] ?? Number.POSITIVE_INFINITY;
    const found: Fragment[] = [];
    for await (const fragment of fragmentsFrom(read, first, first + from, end)) {
      if (fragment.offset >= to) break;
      found.push(fragment);
    }
    return found;
  }
  const all: Fragment[] = [];
  for await (const fragment of fragmentsFrom(read, first, first, end)) {
    throwIfAborted(signal);
    all.push(fragment);
  }
  if (frames === 1) return all;
  if (all.length === frames) return all.slice(index, index + 1);
  // no table and several fragments a frame: a frame begins where a codestream does
  const starts = all.flatMap(({ start }, i) => (beginsCodestream(start) ? [i] : []));
  if (starts.length < frames) return index === 0 && starts.length === 0 ? all.slice(0, 1) : [];
  return all.slice(starts[index], starts[index + 1]);
}

/** JPEG and JPEG-LS begin with SOI and another marker, JPEG 2000 with SOC and SIZ. */
const beginsCodestream = ([a, b, c]: Uint8Array): boolean =>
  a === 0xff && ((b === 0xd8 && c === 0xff) || (b === 0x4f && c === 0xff));

/** Items from position `at` to the sequence delimiter, or to the end of a file that lacks one. Never looks inside of a fragment. */
async function* fragmentsFrom(read: Reader, first: number, at: number, end: number): AsyncGenerator<Fragment> {
  let position = at;
  for (let count = 0; position + 8 <= end && count < MAX_FRAGMENTS; count++) {
    const length = await itemAt(read, position);
    if (length === undefined) return;
    const start = (await read(position + 8, START_BYTES)).slice();
    yield { at: position + 8, length, offset: position - first, start };
    position += 8 + length;
  }
}

/** The length of the item at `at`; undefined when there is none, or one of undefined length, which fragments cannot have. */
async function itemAt(read: Reader, at: number): Promise<number | undefined> {
  const bytes = await read(at, 8);
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  if (view.getUint16(0, true) !== 0xfffe || view.getUint16(2, true) !== ITEM) return undefined;
  const length = view.getUint32(4, true);
  return length === 0xffff_ffff ? undefined : length;
}

function readerOf(body: Blob): Reader {
  let piece = new Uint8Array();
  let from = 0;
  return async (at, length) => {
    if (at < from || at + length > from + piece.length) {
      piece = new Uint8Array(await body.slice(at, at + Math.max(length, PIECE_BYTES)).arrayBuffer());
      from = at;
    }
    return piece.subarray(at - from, at - from + length);
  };
}

/** Both tables are little endian: encapsulated pixel data always are. */
function uint32s(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true));
}

function uint64s(bytes: Uint8Array = new Uint8Array()): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 3 }, (_, i) => Number(view.getBigUint64(8 * i, true)));
}
