// PackBits (TIFF 6.0, section 9): runs and literals of at most 128 bytes.

/** Decodes to at most `size` bytes; fewer when the data end early. */
export function decodePackBits(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let [at, written] = [0, 0];
  while (written < size && at < bytes.length) {
    const head = bytes[at++] ?? 0;
    if (head === 128) continue;
    if (head > 128) {
      const stop = Math.min(size, written + 257 - head);
      out.fill(bytes[at++] ?? 0, written, stop);
      written = stop;
    } else {
      const literal = bytes.subarray(at, Math.min(at + head + 1, at + size - written));
      out.set(literal, written);
      at += head + 1;
      written += literal.length;
    }
  }
  return out.subarray(0, written);
}
