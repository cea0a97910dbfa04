// The records of a zip as bytes: local and central headers, zip64 fields, data descriptor, end records (APPNOTE 6.3.10, 4.3).
import { crc32 } from '../../shared/crc32.ts';

/** An entry as it is written. */
export interface Packed {
  name: Uint8Array;
  unicodeExtra: boolean;
  deflated: boolean;
  /** Checksum and sizes stand behind the data, in 64 bits. */
  streamed: boolean;
  dosTime: number;
  crc32: number;
  bytes: number;
  packedBytes: number;
  offset: number;
}

/** From this on a number of 32 bits says "see zip64". */
export const LIMIT_32 = 0xffffffff;
const LIMIT_16 = 0xffff;
const FLAG_STREAMED = 1 << 3;
const FLAG_UTF8 = 1 << 11;
const VERSION = 20;
const VERSION_64 = 45;
/** Made on Unix, so that readers take a backslash as part of a name. */
const HOST_UNIX = 3 << 8;
/** A file that its owner may write and all may read. */
const MODE = 0o100644;

const is64 = ({ bytes, packedBytes, streamed }: Packed): boolean =>
  streamed || bytes >= LIMIT_32 || packedBytes >= LIMIT_32;

/** 4.3.7 */
export function localHeader(entry: Packed): Uint8Array<ArrayBuffer> {
  const wide = is64(entry);
  const extra = [
    ...(wide ? [zip64Field(entry.streamed ? [0, 0] : [entry.bytes, entry.packedBytes])] : []),
    ...pathField(entry),
  ];
  const view = record(30, [entry.name, ...extra]);
  view.setUint32(0, 0x04034b50, true);
  common(view, 4, entry, wide, size(extra));
  return bytesOf(view);
}

/** 4.3.12 */
export function centralHeader(entry: Packed): Uint8Array<ArrayBuffer> {
  const wideSizes = is64(entry);
  const wideOffset = entry.offset >= LIMIT_32;
  const wide = [...(wideSizes ? [entry.bytes, entry.packedBytes] : []), ...(wideOffset ? [entry.offset] : [])];
  const extra = [...(wide.length > 0 ? [zip64Field(wide)] : []), ...pathField(entry)];
  const view = record(46, [entry.name, ...extra]);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, HOST_UNIX | (wide.length > 0 ? VERSION_64 : VERSION), true);
  common(view, 6, entry, wideSizes, size(extra));
  view.setUint32(16, entry.crc32, true); // known by now, also where it was streamed
  view.setUint16(40, MODE, true);
  view.setUint32(42, wideOffset ? LIMIT_32 : entry.offset, true);
  return bytesOf(view);
}

/** What both headers have, from "version needed" on. */
function common(view: DataView, at: number, entry: Packed, wide: boolean, extraBytes: number): void {
  const ascii = entry.name.every((byte) => byte < 0x80);
  view.setUint16(at, wide || entry.offset >= LIMIT_32 ? VERSION_64 : VERSION, true);
  view.setUint16(at + 2, (entry.streamed ? FLAG_STREAMED : 0) | (ascii ? 0 : FLAG_UTF8), true);
  view.setUint16(at + 4, entry.deflated ? 8 : 0, true);
  view.setUint32(at + 6, entry.dosTime, true); // time in the lower half, date in the upper
  view.setUint32(at + 10, entry.streamed ? 0 : entry.crc32, true);
  view.setUint32(at + 14, wide ? LIMIT_32 : entry.packedBytes, true);
  view.setUint32(at + 18, wide ? LIMIT_32 : entry.bytes, true);
  view.setUint16(at + 22, entry.name.length, true);
  view.setUint16(at + 24, extraBytes, true);
}

/** 4.3.9, with sizes of 64 bits. */
export function zip64Descriptor(entry: Packed): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, 0x08074b50, true);
  view.setUint32(4, entry.crc32, true);
  view.setBigUint64(8, BigInt(entry.packedBytes), true);
  view.setBigUint64(16, BigInt(entry.bytes), true);
  return bytesOf(view);
}

/** 4.3.14 to 4.3.16: the zip64 records only where a number does not fit. */
export function endRecords(count: number, start: number, bytes: number): Uint8Array<ArrayBuffer> {
  const wide = count >= LIMIT_16 || start >= LIMIT_32 || bytes >= LIMIT_32;
  const view = new DataView(new ArrayBuffer(22 + (wide ? 76 : 0)));
  if (wide) {
    view.setUint32(0, 0x06064b50, true);
    view.setBigUint64(4, 44n, true);
    view.setUint16(12, HOST_UNIX | VERSION_64, true);
    view.setUint16(14, VERSION_64, true);
    view.setBigUint64(24, BigInt(count), true);
    view.setBigUint64(32, BigInt(count), true);
    view.setBigUint64(40, BigInt(bytes), true);
    view.setBigUint64(48, BigInt(start), true);
    view.setUint32(56, 0x07064b50, true);
    view.setBigUint64(64, BigInt(start + bytes), true);
    view.setUint32(72, 1, true);
  }
  const at = view.byteLength - 22;
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, Math.min(count, LIMIT_16), true);
  view.setUint16(at + 10, Math.min(count, LIMIT_16), true);
  view.setUint32(at + 12, Math.min(bytes, LIMIT_32), true);
  view.setUint32(at + 16, Math.min(start, LIMIT_32), true);
  return bytesOf(view);
}

/** 4.5.3 */
function zip64Field(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 + 8 * numbers.length));
  view.setUint16(0, 1, true);
  view.setUint16(2, 8 * numbers.length, true);
  for (const [i, number] of numbers.entries()) view.setBigUint64(4 + 8 * i, BigInt(number), true);
  return bytesOf(view);
}

/** 4.6.9; only for names beyond ASCII. */
function pathField({ name, unicodeExtra }: Packed): Uint8Array[] {
  if (!unicodeExtra || name.every((byte) => byte < 0x80)) return [];
  const view = record(9, [name]);
  view.setUint16(0, 0x7075, true);
  view.setUint16(2, 5 + name.length, true);
  view.setUint8(4, 1);
  view.setUint32(5, crc32(name), true);
  return [bytesOf(view)];
}

/** A record of `fixed` zero bytes with `parts` behind them. */
function record(fixed: number, parts: readonly Uint8Array[]): DataView<ArrayBuffer> {
  const bytes = new Uint8Array(fixed + size(parts));
  let at = fixed;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new DataView(bytes.buffer);
}

const size = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

const bytesOf = (view: DataView<ArrayBuffer>): Uint8Array<ArrayBuffer> => new Uint8Array(view.buffer);
