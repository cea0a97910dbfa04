// Writes a zip as a stream: pictures stored, texts deflated, zip64 only where sizes or the number of entries demand it (APPNOTE 6.3.10).
import { crc32 } from '../../shared/crc32.ts';
import { throwIfAborted } from '../../shared/errors.ts';
import { centralHeader, endRecords, LIMIT_32, localHeader, type Packed, zip64Descriptor } from './records.ts';

/** A file for the zip. A Blob's size is known, so it is stored as it is; anything else is deflated. */
export interface ZipInput {
  /** '/'-separated, relative. */
  path: string;
  content: Blob | AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Milliseconds since 1970; absent: 1980, so that the same files give the same zip. */
  modified?: number;
}

/** How a zip is written. */
export interface ZipOptions {
  /** Writes names beyond ASCII in the extra field 0x7075, too, which old tools of Windows read. */
  unicodeExtra?: boolean;
  signal?: AbortSignal;
}

/** A Blob above this is read twice, for its checksum and for the zip, and never held as a whole. */
const HELD_BLOB = 64 << 20;
/** A deflated file above this is written with its sizes behind it, because they are not known before. */
const HELD_PACKED = 64 << 20;

/** The bytes of the zip, in the order of `files`; each file's content is read once when its turn comes. Errors: those of the contents, `aborted`. */
export async function* writeZip(
  files: AsyncIterable<ZipInput> | Iterable<ZipInput>,
  { unicodeExtra = false, signal }: ZipOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const entries: Packed[] = [];
  let offset = 0;
  const out = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    offset += bytes.length;
    return bytes;
  };
  for await (const { path, content, modified } of files) {
    throwIfAborted(signal);
    const entry: Packed = {
      name: new TextEncoder().encode(path),
      unicodeExtra,
      deflated: !(content instanceof Blob),
      streamed: false,
      dosTime: dosTime(modified),
      crc32: 0,
      bytes: 0,
      packedBytes: 0,
      offset,
    };
    if (content instanceof Blob) {
      entry.bytes = content.size;
      entry.packedBytes = content.size;
      if (content.size <= HELD_BLOB) {
        const bytes = new Uint8Array(await content.arrayBuffer());
        entry.crc32 = crc32(bytes);
        yield out(localHeader(entry));
        if (bytes.length > 0) yield out(bytes);
      } else {
        for await (const chunk of content.stream()) entry.crc32 = crc32(chunk, entry.crc32);
        yield out(localHeader(entry));
        for await (const chunk of content.stream()) yield out(chunk);
      }
    } else {
      for await (const bytes of deflated(content, entry, signal)) yield out(bytes);
    }
    entries.push(entry);
  }
  const start = offset;
  for (const entry of entries) yield out(centralHeader(entry));
  yield out(endRecords(entries.length, start, offset - start));
}

/** Local header, packed bytes and, where the sizes were not known in time, the data descriptor. Fills in `entry`. */
async function* deflated(
  content: AsyncIterable<Uint8Array<ArrayBuffer>>,
  entry: Packed,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let held: Uint8Array<ArrayBuffer>[] = [];
  const chunks = content[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      throwIfAborted(signal);
      const { value, done } = await chunks.next();
      if (done) {
        controller.close();
        return;
      }
      entry.crc32 = crc32(value, entry.crc32);
      entry.bytes += value.length;
      controller.enqueue(value);
    },
  });
  for await (const chunk of source.pipeThrough(new CompressionStream('deflate-raw'))) {
    entry.packedBytes += chunk.length;
    if (entry.streamed) {
      yield chunk;
      continue;
    }
    held.push(chunk);
    if (entry.packedBytes <= HELD_PACKED && entry.bytes < LIMIT_32) continue;
    entry.streamed = true;
    yield localHeader(entry);
    for (const bytes of held) yield bytes;
    held = [];
  }
  if (entry.streamed) yield zip64Descriptor(entry);
  else {
    yield localHeader(entry);
    for (const bytes of held) yield bytes;
  }
}

/** Date (upper 16 bits) and time of MS-DOS, in local time as all zips have it; 1980-01-01 for what is not between 1980 and 2107. */
function dosTime(modified: number | undefined): number {
  const date = new Date(modified ?? Number.NaN);
  const year = date.getFullYear();
  if (!(year >= 1980 && year <= 2107)) return 0x00210000;
  const day = ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
