// Unpacks Deflate64, which 7-Zip and Windows write for large files, through zip.js: it is given a zip of this one entry.
import type { ZipEntry } from './types.ts';

const DEFLATE64 = 9;
/** Version 2.1 of the format: what Deflate64 needs (APPNOTE 4.4.3.2). */
const VERSION = 21;

/** Streams the unpacked bytes to `take`. Throws what zip.js throws for damaged data, and what `take` throws. */
export async function inflate64(packed: Blob, entry: ZipEntry, take: (chunk: Uint8Array) => void): Promise<void> {
  const { BlobReader, ZipReader, configure } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false }); // this is a worker already
  const reader = new ZipReader(new BlobReader(zipOfOne(packed, entry)));
  const [only] = await reader.getEntries();
  if (only === undefined || only.directory) throw new Error('no entry');
  await only.getData(new WritableStream({ write: take }));
}

function zipOfOne(packed: Blob, entry: ZipEntry): Blob {
  const fields = (view: DataView, at: number): void => {
    view.setUint16(at, VERSION, true);
    view.setUint16(at + 4, DEFLATE64, true);
    view.setUint32(at + 10, entry.crc32, true);
    view.setUint32(at + 14, entry.packedBytes, true);
    view.setUint32(at + 18, entry.bytes, true);
    view.setUint16(at + 22, 1, true); // a name of one letter
  };
  const local = new DataView(new ArrayBuffer(31));
  local.setUint32(0, 0x04034b50, true);
  fields(local, 4);
  local.setUint8(30, 0x61);
  const central = new DataView(new ArrayBuffer(47));
  central.setUint32(0, 0x02014b50, true);
  central.setUint16(4, VERSION, true);
  fields(central, 6);
  central.setUint8(46, 0x61);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, 1, true);
  end.setUint16(10, 1, true);
  end.setUint32(12, 47, true);
  end.setUint32(16, 31 + entry.packedBytes, true);
  return new Blob([local, packed, central, end]);
}
