// Reads single entries of a zip lazily: never more than the directory admits, with size and CRC-32 checked.

import { crc32 } from '../../shared/crc32.ts';
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { readLocalHeader } from './places.ts';
import type { Damaged, ZipEntry } from './types.ts';

/** The bytes of an entry, with size and CRC-32 checked. Errors: `unreadable`, `too-large` (no memory for it), `aborted`. */
export async function readZipEntry(zip: Blob, entry: ZipEntry, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = damagedEntry(entry);
  const packed = await packedBytes(zip, entry);
  throwIfAborted(signal);
  const bytes = entry.method === 'stored' ? new Uint8Array(await packed.arrayBuffer()) : await unpack(packed, entry);
  throwIfAborted(signal);
  if (bytes.length !== entry.bytes) throw damaged('it is shorter than declared');
  if (crc32(bytes) !== entry.crc32) throw damaged('its checksum (CRC-32) is wrong');
  return bytes;
}

/** The first bytes of an entry, at most `length`; nothing is checked, and no more is unpacked than needed. Errors: `unreadable`. */
export async function readZipHead(zip: Blob, entry: ZipEntry, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await packedBytes(zip, entry);
  const size = Math.min(length, entry.bytes);
  if (entry.method === 'stored') return new Uint8Array(await packed.slice(0, size).arrayBuffer());
  if (entry.method === 'deflate64') return (await unpack(packed, entry)).slice(0, size);
  const bytes = new Uint8Array(size);
  let filled = 0;
  try {
    for await (const chunk of inflated(packed)) {
      const part = chunk.subarray(0, size - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === size) break;
    }
  } catch (error) {
    throw damagedEntry(entry)('its packed data are damaged', error);
  }
  return bytes.subarray(0, filled);
}

/** The packed bytes, lazily; for a stored entry they are its own. Errors: `unreadable` for a local header that is not the entry's. */
export async function packedBytes(zip: Blob, entry: ZipEntry): Promise<Blob> {
  const local = await readLocalHeader(zip, entry);
  if (local === 'zip-no-local-header') throw damagedEntry(entry)('its local header is missing');
  if (local === 'zip-other-local-header') throw damagedEntry(entry)('its local header is of another entry');
  if (typeof local === 'string') throw damagedEntry(entry)('the zip ends before it');
  return zip.slice(local.dataStart, local.dataStart + entry.packedBytes);
}

const damagedEntry =
  ({ path }: ZipEntry): Damaged =>
  (what, cause) =>
    new VitrineError('unreadable', `${path} in the zip is damaged: ${what}. Copy or download the zip again.`, {
      file: path,
      cause,
    });

const inflated = (packed: Blob): ReadableStream<Uint8Array> =>
  packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));

/** Unpacks at most the declared size: a small file cannot grow beyond what the directory admitted. */
async function unpack(packed: Blob, entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = damagedEntry(entry);
  const bytes = room(entry);
  let filled = 0;
  const take = (chunk: Uint8Array): void => {
    if (filled + chunk.length > bytes.length) throw damaged('it is longer than declared');
    bytes.set(chunk, filled);
    filled += chunk.length;
  };
  try {
    if (entry.method === 'deflate64') {
      const { inflate64 } = await import('./deflate64.ts');
      await inflate64(packed, entry, take);
    } else for await (const chunk of inflated(packed)) take(chunk);
  } catch (error) {
    throw error instanceof VitrineError ? error : damaged('its packed data are damaged', error);
  }
  return bytes.subarray(0, filled);
}

function room({ bytes, path }: ZipEntry): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new VitrineError('too-large', `${path} needs more memory than the browser gives. Unpack the zip.`, {
      file: path,
      cause,
    });
  }
}
