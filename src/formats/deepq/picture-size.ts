// Width and height of PNG and JPEG from their first bytes: enough to say that a box goes beyond its picture.

/** Bytes that are looked at; a JPEG with a larger preview before its frame is not sized. */
export const SIZE_BYTES = 1 << 16;

/** Null where the bytes are neither, or the frame comes later. */
export function pictureSize(head: Uint8Array<ArrayBuffer>): { width: number; height: number } | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.byteLength < 24) return null;
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (view.getUint16(0) !== 0xffd8) return null;
  // Segments up to the frame header, SOF0 to SOF15 without DHT, JPG and DAC (ITU T.81, B.1.1.3).
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xff00) return null;
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return null;
}
