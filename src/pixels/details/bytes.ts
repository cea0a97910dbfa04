// Reads a file in small windows, so that a header costs its own bytes and not the file's.

/** Directories and their values lie close together; a read costs about 0.3 ms whatever its length. */
const WINDOW_BYTES = 8_192;

/** Bytes [offset, offset + length) of a file, fewer where it ends. The newest window is kept, beginning with `head`, the file's first bytes. */
export function windowsOf(
  file: Blob,
  head: Uint8Array,
): (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>> {
  let start = 0;
  let kept: Uint8Array<ArrayBuffer> = head.slice();
  return async (offset, length) => {
    const from = Math.min(offset, file.size);
    const to = Math.min(from + length, file.size);
    if (from < start || to > start + kept.length) {
      kept = new Uint8Array(await file.slice(from, Math.max(to, from + WINDOW_BYTES)).arrayBuffer());
      start = from;
    }
    return kept.subarray(from - start, to - start);
  };
}
