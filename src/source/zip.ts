// Reads zip files lazily from a Blob: the list of entries from the central directory, then single entries, checked (APPNOTE 6.3.10).
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { crc32 } from './crc32.ts';

/** One file in a zip. Folders are not listed. */
export interface ZipEntry {
  /** Safe relative path with '/'. */
  path: string;
  bytes: number;
  packedBytes: number;
  crc32: number;
  method: 'stored' | 'deflated';
  /** Offset of the local header in the zip. */
  offset: number;
}

/** End of central directory record: fixed part, and the longest comment. */
const endSize = 22;
const commentMax = 0xffff;

/** Deflate cannot pack better than 1032:1 (258 bytes in two bits): a larger claim is a lie that would only cost memory. */
const maxRatio = 1032;

/**
 * Lists the files of a zip. Errors: `unreadable` (not a zip, damaged), `unsupported` (several disks, zip64, encryption, other methods),
 * `bad-input` (a path that leaves the folder, or one path twice).
 */
export async function listZip(zip: Blob, name: string): Promise<ZipEntry[]> {
  const damaged = (what: string, cause?: unknown): VitrineError =>
    new VitrineError('unreadable', `${name} is not a readable zip: ${what}. Copy or download it again.`, {
      file: name,
      cause,
    });
  const tailStart = Math.max(0, zip.size - endSize - commentMax);
  const tail = new DataView(await zip.slice(tailStart).arrayBuffer());
  const end = findEnd(tail);
  if (end < 0) throw damaged('its directory is missing');
  const entries = tail.getUint16(end + 10, true);
  const size = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  if (entries === 0xffff || size === 0xffffffff || start === 0xffffffff || tail.getUint16(end + 4, true) !== 0)
    throw new VitrineError('unsupported', `${name} is a zip64 or a split zip. Unpack it and open the folder.`, {
      file: name,
    });
  if (start + size > tailStart + end) throw damaged('its directory is outside the file');

  const directory = new DataView(await zip.slice(start, start + size).arrayBuffer());
  const list: ZipEntry[] = [];
  const seen = new Set<string>();
  let at = 0;
  for (let i = 0; i < entries; i++) {
    if (at + 46 > size || directory.getUint32(at, true) !== 0x02014b50) throw damaged('its directory is damaged');
    const nameLength = directory.getUint16(at + 28, true);
    const next = at + 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (next > size) throw damaged('its directory is damaged');
    const entry = readEntry(directory, at, nameLength, name);
    at = next;
    if (entry === null) continue;
    if (seen.has(entry.path))
      throw new VitrineError('bad-input', `${name} holds ${entry.path} twice. Pack it again.`, { file: entry.path });
    seen.add(entry.path);
    list.push(entry);
  }
  return list;
}

/** The bytes of an entry, with size and CRC-32 checked. Errors: `unreadable`, `aborted`. */
export async function readZipEntry(zip: Blob, entry: ZipEntry, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const damaged = (what: string, cause?: unknown): VitrineError =>
    new VitrineError('unreadable', `${entry.path} in the zip is damaged: ${what}. Copy or download the zip again.`, {
      file: entry.path,
      cause,
    });
  const header = new DataView(await zip.slice(entry.offset, entry.offset + 30).arrayBuffer());
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) throw damaged('its header is missing');
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = zip.slice(start, start + entry.packedBytes);
  if (packed.size !== entry.packedBytes) throw damaged('the zip ends before it');
  throwIfAborted(signal);
  const bytes =
    entry.method === 'stored' ? new Uint8Array(await packed.arrayBuffer()) : await inflate(packed, entry, damaged);
  throwIfAborted(signal);
  if (bytes.length !== entry.bytes) throw damaged('its size is not what the directory says');
  if (crc32(bytes) !== entry.crc32) throw damaged('its checksum is wrong');
  return bytes;
}

/** The last end record whose comment reaches exactly to the end of the file: a comment may hold another record's signature. */
function findEnd(tail: DataView): number {
  for (let i = tail.byteLength - endSize; i >= 0; i--)
    if (tail.getUint32(i, true) === 0x06054b50 && i + endSize + tail.getUint16(i + 20, true) === tail.byteLength)
      return i;
  return -1;
}

/** Reads a central directory header; null for a folder. */
function readEntry(view: DataView, at: number, nameLength: number, zipName: string): ZipEntry | null {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const bytesOfName = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength);
  const path = new TextDecoder().decode(bytesOfName);
  const bytes = view.getUint32(at + 24, true);
  const packedBytes = view.getUint32(at + 20, true);
  const offset = view.getUint32(at + 42, true);
  requireSafePath(path, zipName);
  if (path.endsWith('/')) return null;
  if (flags & 1)
    throw new VitrineError('unsupported', `${path} in ${zipName} is encrypted. Unpack the zip and open the folder.`, {
      file: path,
    });
  if ((method !== 0 && method !== 8) || bytes === 0xffffffff || packedBytes === 0xffffffff || offset === 0xffffffff)
    throw new VitrineError(
      'unsupported',
      `${path} in ${zipName} is packed in a way that is not read. Unpack the zip and open the folder.`,
      {
        file: path,
      },
    );
  if (method === 0 ? bytes !== packedBytes : bytes > packedBytes * maxRatio)
    throw new VitrineError('unreadable', `${path} in ${zipName} claims an impossible size. Do not trust this zip.`, {
      file: path,
    });
  return {
    path,
    bytes,
    packedBytes,
    crc32: view.getUint32(at + 16, true),
    method: method === 0 ? 'stored' : 'deflated',
    offset,
  };
}

/** Refuses paths that would leave the folder they are unpacked into, or that name a drive or nothing. */
function requireSafePath(path: string, zipName: string): void {
  const parts = path.replace(/\/$/, '').split('/');
  const safe = parts.every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\:\0]/.test(path);
  if (!safe)
    throw new VitrineError(
      'bad-input',
      `${zipName} holds the path “${path}”, which could leave the folder. Do not trust this zip.`,
      {
        file: path,
      },
    );
}

/** Inflates at most the declared size: a small file cannot grow beyond what the directory admitted. */
async function inflate(
  packed: Blob,
  entry: ZipEntry,
  damaged: (what: string, cause?: unknown) => VitrineError,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(entry.bytes);
  let filled = 0;
  try {
    for await (const chunk of packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))) {
      if (filled + chunk.length > bytes.length) throw damaged('it is larger than the directory says');
      bytes.set(chunk, filled);
      filled += chunk.length;
    }
  } catch (error) {
    throw error instanceof VitrineError ? error : damaged('it cannot be unpacked', error);
  }
  return bytes.subarray(0, filled);
}
