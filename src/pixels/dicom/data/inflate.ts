// Inflates raw deflate data up to a limit, so that a small file cannot fill the memory.
import { VitrineError } from '../../../shared/errors.ts';

/** Bytes, and whether the stream ended as it should. */
export interface Inflated {
  bytes: Uint8Array<ArrayBuffer>;
  complete: boolean;
}

/**
 * Inflates RFC 1951 data. A damaged or cut stream gives what came before the damage; bytes after its end are ignored.
 * With `enough` it stops there; beyond `limit` bytes it throws `too-large`.
 */
export async function inflate(
  data: Blob,
  { limit, enough = Number.POSITIVE_INFINITY }: { limit: number; enough?: number },
): Promise<Inflated> {
  const reader = data.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let complete = true;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
      if (size >= enough || size > limit) break;
    }
  } catch {
    complete = false; // damaged, cut, or bytes behind its end
  } finally {
    await reader.cancel().catch(() => {}); // a stream that has failed refuses this too
  }
  if (size > limit) {
    const megabytes = Math.round(limit / 2 ** 20);
    throw new VitrineError('too-large', `Its compressed data grow beyond ${megabytes} MB.`);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, complete };
}
