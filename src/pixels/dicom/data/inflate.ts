// Inflates raw deflate data up to a limit, so that a small file cannot fill the memory.
import { VitrineError } from '../../../shared/errors.ts';
import { inflateRaw } from '../../inflate.ts';

/**
 * Inflates RFC 1951 data. A damaged or cut stream gives what came before the damage; bytes after its end are ignored (deflated
 * data sets are filled up to an even length). With `enough` it stops there; beyond `limit` bytes it throws `too-large`.
 */
export async function inflate(
  data: Blob,
  { limit, enough = Number.POSITIVE_INFINITY }: { limit: number; enough?: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = data.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    while (size < enough && size <= limit) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
  } catch {
    // damaged, cut, or bytes behind its end, where Chromium gives nothing of the last piece: once more, to the error itself
    const most = Math.min(enough, limit + 1);
    chunks.splice(0, chunks.length, inflateRaw(new Uint8Array(await data.arrayBuffer()), most).bytes);
    size = chunks[0]?.length ?? 0;
  } finally {
    await reader.cancel().catch(() => {}); // a stream that has failed refuses this too
  }
  if (size > limit) {
    const megabytes = Math.round(limit / 2 ** 20);
    throw new VitrineError('too-large', `Its compressed data grow beyond ${megabytes} MB.`);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
