// Makes small zips for tests, also ones that lie about a size.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  path: string;
  data: Uint8Array;
  deflate?: boolean;
  /** The name's bytes in a code page, without the mark of UTF-8. */
  rawName?: Uint8Array;
  /** Unpacked size in the directory, where it is not the true one. */
  claim?: number;
}

/** A zip of `files` with a comment. */
export function makeZip(files: readonly ZipFile[], comment = ''): Blob {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, rawName, data, deflate = false, claim = data.length } of files) {
    const name = Buffer.from(rawName ?? Buffer.from(path));
    const packed = deflate ? deflateRawSync(data) : Buffer.from(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(rawName ? 0 : 0x800, 2);
    common.writeUInt16LE(deflate ? 8 : 0, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claim, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04'), common, name, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, name);
    offset += 30 + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return new Blob(
    [...parts, ...directory, end, comment].map((part) => (typeof part === 'string' ? part : new Uint8Array(part))),
  );
}
