// Deflate through the platform, stopped as soon as the bytes of a strip or tile are there: a bomb never unfolds.
import { inflateRaw } from '../../inflate.ts';

/** RFC 1950, 2.2: two bytes, four more for a dictionary, which TIFF never has. */
const ZLIB_HEADER = 2;

/** Inflates a zlib stream to at most `size` bytes; fewer when it is cut off or damaged. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
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
    // damaged or cut, and the platform drops what came of the last piece: what comes before the damage counts
    return isZlib(bytes) ? inflateRaw(bytes.subarray(ZLIB_HEADER), size).bytes : out.subarray(0, 0);
  } finally {
    reader.cancel().catch(() => {});
  }
  return out.subarray(0, written);
}

/** RFC 1950, 2.2: method 8, and a check that makes the two bytes a multiple of 31. */
const isZlib = ([method = 0, flags = 0]: Uint8Array): boolean =>
  (method & 15) === 8 && (flags & 0x20) === 0 && (method * 256 + flags) % 31 === 0;
