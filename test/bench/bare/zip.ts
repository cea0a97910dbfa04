// A zip of tiny stored entries, and a plain walk of its central directory that checks nothing (APPNOTE 6.3.10, 4.3.12 and 4.3.16).
import { centralHeader, endRecords, localHeader, type Packed } from '../../../src/formats/zip/records.ts';

/** Every path with one byte of content. */
export function zipOf(paths: readonly string[]): Blob {
  const encoder = new TextEncoder();
  const content = new Uint8Array(1);
  const entries: Packed[] = [];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = (bytes: Uint8Array<ArrayBuffer>): void => {
    parts.push(bytes);
    offset += bytes.length;
  };
  for (const path of paths) {
    const entry: Packed = {
      name: encoder.encode(path),
      unicodeExtra: false,
      deflated: false,
      streamed: false,
      dosTime: 0,
      crc32: 0xd202ef8d, // of one zero
      bytes: 1,
      packedBytes: 1,
      offset,
    };
    entries.push(entry);
    add(localHeader(entry));
    add(content);
  }
  const start = offset;
  for (const entry of entries) add(centralHeader(entry));
  add(endRecords(entries.length, start, offset - start));
  return new Blob(parts);
}

/** Name, sizes, method, checksum and place of each entry. */
export async function walkZip(zip: Blob) {
  const tail = new DataView(await zip.slice(-0xffff).arrayBuffer());
  let end = tail.byteLength - 22;
  while (tail.getUint32(end, true) !== 0x06054b50) end--;
  // in these zips the directory ends where the records of the end begin, and zip64 is told by the locator before the last record
  const wide = tail.getUint32(end - 20, true) === 0x07064b50;
  const record = end - 20 - 56;
  const [size, start] = wide
    ? [Number(tail.getBigUint64(record + 40, true)), Number(tail.getBigUint64(record + 48, true))]
    : [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  const bytes = new Uint8Array(await zip.slice(start, start + size).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const decoder = new TextDecoder();
  const entries: {
    path: string;
    bytes: number;
    packedBytes: number;
    method: number;
    crc32: number;
    dosTime: number;
    offset: number;
  }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    entries.push({
      path: decoder.decode(bytes.subarray(at + 46, nameEnd)),
      bytes: view.getUint32(at + 24, true),
      packedBytes: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      dosTime: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
