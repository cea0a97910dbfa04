// Versions inside an HDF5 file, found without the library: what an old library can read depends on them.

/** Version of the superblock and of every data layout message (HDF5 file format specification, IV.A.2.i). */
export function layoutVersions(bytes: Uint8Array): { superblock: number; layouts: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layouts: number[] = [];
  // Object headers of version 2 begin with OHDR; files of Vitrine have no others.
  for (let at = 0; at + 16 < bytes.length; at++)
    if (view.getUint32(at) === 0x4f484452 && view.getUint8(at + 4) === 2) layouts.push(...layoutsOf(view, at));
  return { superblock: view.getUint8(8), layouts };
}

function layoutsOf(view: DataView, header: number): number[] {
  const flags = view.getUint8(header + 5);
  let at = header + 6 + ((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0);
  const sizeBytes = 1 << (flags & 3);
  let size = 0;
  for (let i = sizeBytes - 1; i >= 0; i--) size = size * 256 + view.getUint8(at + i);
  at += sizeBytes;
  const end = Math.min(at + size, view.byteLength - 4);
  const layouts: number[] = [];
  while (at + 4 <= end) {
    const [type, length] = [view.getUint8(at), view.getUint16(at + 1, true)];
    const data = at + 4 + ((flags & 4) !== 0 ? 2 : 0);
    if (type === 8) layouts.push(view.getUint8(data));
    at = data + length;
  }
  return layouts;
}
