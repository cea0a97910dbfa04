// Cuts a metadata.jsonl into its objects and what stands between them, so that every byte can be written again.
import { VitrineError } from '../../../shared/errors.ts';
import { createObjectScanner, type ObjectScanner } from '../../text/json-text.ts';
import { blank } from '../../text/json-tokens.ts';

/** Bytes as they stand in the file; `text`: they are one object, perhaps with its line end. */
export interface Segment {
  bytes: Uint8Array<ArrayBuffer>;
  text: string | null;
  /** The scanner that was handed in holds the members of `text` already. */
  scanned?: true;
}

type Chunks = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** Line by line: a line that is no object is kept as it is. */
export async function* lineSegments(chunks: Chunks, scanner: ObjectScanner): AsyncGenerator<Segment, void, undefined> {
  for await (const bytes of byteLines(asUtf8(chunks))) {
    const text = decode(bytes);
    if (text !== null && scanner.scan(text, 0, text.length)) yield { bytes, text, scanned: true };
    else yield { bytes, text: null };
  }
}

/** Object by object, over lines; what follows the first mistake is kept as it is. */
export async function* valueSegments(chunks: Chunks): AsyncGenerator<Segment, void, undefined> {
  let text = '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const encoder = new TextEncoder();
  try {
    for await (const chunk of asUtf8(chunks)) text += decoder.decode(chunk, { stream: true });
    text += decoder.decode();
  } catch (error) {
    throw new VitrineError('unreadable', 'The metadata file is not UTF-8, so it cannot be changed. Save it as UTF-8.', {
      cause: error,
    });
  }
  const scanner = createObjectScanner();
  let at = 0;
  for (;;) {
    const from = blank(text, at, text.length);
    if (from > at) yield { bytes: encoder.encode(text.slice(at, from)), text: null };
    if (from >= text.length) return;
    if (!scanner.scanNext(text, from, text.length)) {
      yield { bytes: encoder.encode(text.slice(from)), text: null };
      return;
    }
    at = scanner.end;
    const object = text.slice(from, at);
    yield { bytes: encoder.encode(object), text: object };
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array<ArrayBuffer>): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Without its byte order mark; UTF-16 becomes UTF-8. */
async function* asUtf8(chunks: Chunks): Chunks {
  let decoder: TextDecoder | null = null;
  const encoder = new TextEncoder();
  let start: Uint8Array<ArrayBuffer> | null = new Uint8Array();
  for await (const given of chunks) {
    let chunk: Uint8Array<ArrayBuffer> = given;
    if (start !== null) {
      chunk = join(start, chunk);
      start = chunk;
      if (chunk.length < 3) continue;
      start = null;
      const [a, b, c] = chunk;
      if (a === 0xef && b === 0xbb && c === 0xbf) chunk = chunk.subarray(3);
      else if (a === 0xff && b === 0xfe) decoder = new TextDecoder('utf-16le');
      else if (a === 0xfe && b === 0xff) decoder = new TextDecoder('utf-16be');
    }
    yield decoder ? encoder.encode(decoder.decode(chunk, { stream: true })) : chunk;
  }
  if (start !== null && start.length > 0) yield start;
}

/** Lines with their line feed. */
async function* byteLines(chunks: Chunks): Chunks {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const end = chunk.subarray(from, at + 1);
      yield pieces.length === 0 ? end : pieces.reduceRight((rest, piece) => join(piece, rest), end);
      pieces = [];
      from = at + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length > 0) yield pieces.reduceRight((rest, piece) => join(piece, rest));
}

function join(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
