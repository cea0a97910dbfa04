// The safety copy's file as a row of frames, each with a checksum of its own, so that damage and a torn end cost only the frames that they touch.
import { checksum } from '../checksum.ts';
import { decodeValue, encodeValue } from './codec.ts';

/**
 * A frame is a head of 24 bytes, a key, a value, and zeros up to a multiple of 8 bytes. Head, little-endian: magic, kind (1 byte),
 * format (1), two zeros, bytes of the key (4), bytes of the value (4), xxHash32 of the value (4), xxHash32 of the head before it and the key (4).
 */
const MAGIC = 0x50435456; // 'VTCP'
const HEAD = 24;
export const COPY_FORMAT = 1;

/** `begin` is the first frame of a file, `put` and `remove` are writes to the database, `commit` ends a checkpoint. */
const KINDS = ['begin', 'put', 'remove', 'commit'] as const;
export type FrameKind = (typeof KINDS)[number];

/** Where a frame lies and what its head says. */
export interface Frame {
  kind: FrameKind;
  format: number;
  key: unknown;
  /** First byte of the frame in its file, and its bytes with padding. */
  at: number;
  bytes: number;
  /** First byte of the value. */
  valueAt: number;
  valueBytes: number;
  /** xxHash32 of the value: two frames with the same key and stamp say the same. */
  stamp: number;
}

/** A frame as bytes, and as it will be found at `at`. */
export function makeFrame(
  kind: FrameKind,
  key: unknown,
  value: Uint8Array,
  at: number,
): { frame: Frame; bytes: Uint8Array<ArrayBuffer> } {
  const keyBytes = encodeValue(key);
  const length = padded(HEAD + keyBytes.length + value.length);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  const stamp = checksum(value);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, KINDS.indexOf(kind));
  view.setUint8(5, COPY_FORMAT);
  view.setUint32(8, keyBytes.length, true);
  view.setUint32(12, value.length, true);
  view.setUint32(16, stamp, true);
  bytes.set(keyBytes, HEAD);
  bytes.set(value, HEAD + keyBytes.length);
  view.setUint32(20, headSum(bytes, keyBytes.length), true);
  const valueAt = at + HEAD + keyBytes.length;
  const frame = { kind, format: COPY_FORMAT, key, at, bytes: length, valueAt, valueBytes: value.length, stamp };
  return { frame, bytes };
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** The two parts that the sum covers lie around it. */
function headSum(bytes: Uint8Array, keyBytes: number): number {
  const covered = new Uint8Array(20 + keyBytes);
  covered.set(bytes.subarray(0, 20));
  covered.set(bytes.subarray(HEAD, HEAD + keyBytes), 20);
  return checksum(covered);
}

/** Bytes [at, at + length) of a file; fewer at its end. */
export type ReadBytes = (at: number, length: number) => Uint8Array | Promise<Uint8Array>;

/** Read at once while heads are looked for: many small frames, or the head of a large one. */
const WINDOW = 4096;
/** Frames found without letting other work in between. */
const AT_ONCE = 1000;
/** A longer key is none. */
const LONGEST_KEY = 64 * 1024;

/**
 * All frames with a whole head and key, in their order; values are not looked at. Behind damage it looks for the next frame.
 * `end`: behind the last frame; `holes`: there is something else between frames.
 */
export async function readFrames(
  size: number,
  read: ReadBytes,
): Promise<{ frames: Frame[]; end: number; holes: boolean }> {
  let window: Uint8Array = new Uint8Array();
  let from = 0;
  async function bytesAt(at: number, length: number): Promise<Uint8Array> {
    if (at < from || at + length > from + window.length) {
      window = await read(at, Math.max(length, WINDOW));
      from = at;
    }
    return window.subarray(at - from, at - from + length);
  }

  const frames: Frame[] = [];
  let end = 0;
  let holes = false;
  for (let at = 0; at + HEAD <= size; ) {
    const frame = await frameAt(at, size, bytesAt);
    if (frame) {
      holes ||= at > end;
      frames.push(frame);
      end = at + frame.bytes;
      at = end;
      if (frames.length % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
    } else at += 8;
  }
  return { frames, end, holes };
}

async function frameAt(
  at: number,
  size: number,
  bytesAt: (at: number, length: number) => Promise<Uint8Array>,
): Promise<Frame | null> {
  const head = await bytesAt(at, HEAD);
  if (head.length < HEAD) return null;
  const view = new DataView(head.buffer, head.byteOffset, HEAD);
  if (view.getUint32(0, true) !== MAGIC) return null;
  const keyBytes = view.getUint32(8, true);
  const valueBytes = view.getUint32(12, true);
  const kind = KINDS[view.getUint8(4)];
  const bytes = padded(HEAD + keyBytes + valueBytes);
  if (!kind || keyBytes > LONGEST_KEY || at + bytes > size) return null;
  const [format, stamp, sum] = [view.getUint8(5), view.getUint32(16, true), view.getUint32(20, true)];
  const whole = await bytesAt(at, HEAD + keyBytes);
  if (headSum(whole, keyBytes) !== sum) return null;
  const valueAt = at + HEAD + keyBytes;
  return { kind, format, key: decodeValue(whole.slice(HEAD)), at, bytes, valueAt, valueBytes, stamp };
}

/** The value of a frame, or null when its bytes are not those that were written. */
export async function readValue(frame: Frame, read: ReadBytes): Promise<{ value: unknown } | null> {
  const bytes = await read(frame.valueAt, frame.valueBytes);
  if (bytes.length !== frame.valueBytes || checksum(bytes) !== frame.stamp) return null;
  return { value: decodeValue(bytes) };
}
