// Deflate through the platform, stopped as soon as the bytes of a strip or tile are there: a bomb never unfolds.

/** Bytes given at once. When the data are damaged the platform drops what came of the last piece only. */
const pieceBytes = 2 ** 14;

/** Inflates a zlib stream to at most `size` bytes; fewer when it is cut off or damaged. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const stream = new DecompressionStream('deflate');
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  const feed = async (): Promise<void> => {
    for (let at = 0; at < bytes.length; at += pieceBytes) await writer.write(bytes.subarray(at, at + pieceBytes));
    await writer.close();
  };
  // failing to write is failing to read: the reader tells
  feed().catch(() => {});
  let written = 0;
  try {
    while (written < size) {
      const { value, done } = await reader.read();
      if (done) break;
      const part = value.subarray(0, size - written);
      out.set(part, written);
      written += part.length;
    }
  } catch {
    // damaged or cut: what came before the damage counts
  }
  reader.cancel().catch(() => {});
  return out.subarray(0, written);
}
