// Bytes of a file, read where they are asked for: a picture of a large file costs only its own strips or tiles.
import { throwIfAborted } from '../../shared/errors.ts';

/** A file's bytes. `read` gives fewer bytes than asked for where the file ends. */
export interface ByteSource {
  size: number;
  signal: AbortSignal | undefined;
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files up to this size are read in one go: a read costs about 0.3 ms whatever its length, a directory takes several. */
const wholeBytes = 32 * 2 ** 20;

/** Directories lie anywhere in a large file, values near them. */
const windowBytes = 2 ** 16;

/** Opens a file. One window of it is kept, so that reads near each other cost one. Errors: those of the Blob, `aborted`. */
export function openSource(file: Blob, signal: AbortSignal | undefined): ByteSource {
  const { size } = file;
  let start = 0;
  let kept: Uint8Array<ArrayBuffer> = new Uint8Array();
  return {
    size,
    signal,
    async read(offset, length) {
      throwIfAborted(signal);
      const from = Math.min(offset, size);
      const to = Math.min(from + length, size);
      if (from < start || to > start + kept.length) {
        const whole = size <= wholeBytes;
        const begin = whole ? 0 : from;
        const end = whole ? size : Math.max(to, Math.min(from + windowBytes, size));
        kept = new Uint8Array(await file.slice(begin, end).arrayBuffer());
        start = begin;
        throwIfAborted(signal);
      }
      return kept.subarray(from - start, to - start);
    },
  };
}
