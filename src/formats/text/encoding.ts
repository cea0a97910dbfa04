// Turns the bytes of a text file into text, strictly: a byte order mark decides, wrong bytes are found with their position.

/** What the first bytes of a file say that it is. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A piece of text, or the first byte (0-based, in the file) that is no text of the encoding; that piece is the last. */
export type TextPiece =
  | { text: string; bytes: number; encoding: Encoding; mark: boolean }
  | { invalid: number; encoding: Encoding };

/** Larger chunks are cut, so that no string grows with the file. */
const PIECE = 1 << 20;

/**
 * Decodes UTF-8, or UTF-16 where its byte order mark (FF FE, FE FF) stands; a mark is removed once and told in `mark`. Nothing is replaced:
 * at the first wrong byte the text before it is given, then its position. `bytes` counts what was read up to the end of the piece;
 * the first and the last piece may be empty.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<TextPiece, void, undefined> {
  let start: ReturnType<typeof begin> | undefined;
  let rest = new Uint8Array();
  let read = 0; // bytes before `rest`
  const piece = (
    bytes: Uint8Array<ArrayBuffer>,
    { encoding, mark, decoder }: ReturnType<typeof begin>,
  ): TextPiece[] => {
    read += bytes.length;
    try {
      return [{ text: decoder.decode(bytes), bytes: read, encoding, mark }];
    } catch {
      const bad = firstInvalid(bytes, encoding);
      const from = read - bytes.length;
      return [
        { text: decoder.decode(bytes.subarray(0, bad)), bytes: from + bad, encoding, mark },
        { invalid: from + bad, encoding },
      ];
    }
  };
  for await (const chunk of chunks) {
    let bytes = rest.length === 0 ? chunk : concat(rest, chunk);
    rest = new Uint8Array();
    if (!start) {
      if (bytes.length < 3) {
        rest = bytes;
        continue;
      }
      start = begin(bytes);
      read = start.skip;
      bytes = bytes.subarray(start.skip);
      yield* piece(new Uint8Array(), start);
    }
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + PIECE);
      const whole = wholeCharacters(part, start.encoding);
      if (whole === 0) {
        rest = bytes.slice(from);
        break;
      }
      for (const one of piece(part.subarray(0, whole), start)) {
        yield one;
        if ('invalid' in one) return;
      }
      from += whole;
    }
  }
  if (!start) {
    start = begin(rest);
    read = start.skip;
    rest = rest.subarray(start.skip);
  }
  yield* piece(rest, start);
}

function begin(bytes: Uint8Array): { encoding: Encoding; mark: boolean; decoder: TextDecoder; skip: number } {
  const [a, b, c] = bytes;
  const is = (encoding: Encoding, skip: number) => ({
    encoding,
    mark: skip > 0,
    skip,
    decoder: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }),
  });
  if (a === 0xef && b === 0xbb && c === 0xbf) return is('utf-8', 3);
  if (a === 0xff && b === 0xfe) return is('utf-16le', 2);
  if (a === 0xfe && b === 0xff) return is('utf-16be', 2);
  return is('utf-8', 0);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** How many bytes at the start hold whole characters, as far as the end tells; wrong bytes count as whole. */
function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  const n = bytes.length;
  if (encoding !== 'utf-8') {
    const even = n & ~1;
    return even >= 2 && isHigh(unitAt(bytes, even - 2, encoding)) ? even - 2 : even;
  }
  for (let back = 1; back <= Math.min(3, n); back++) {
    const byte = bytes[n - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return lengthOf(byte) > back ? n - back : n;
  }
  return n;
}

/** Bytes that a UTF-8 lead byte announces; 1 for one that leads nothing. */
const lengthOf = (lead: number): number => (lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1);

const unitAt = (bytes: Uint8Array, i: number, encoding: Encoding): number => {
  const [a, b] = [bytes[i] ?? 0, bytes[i + 1] ?? 0];
  return encoding === 'utf-16le' ? a | (b << 8) : (a << 8) | b;
};
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Position of the first byte that begins no character; the length when all is well. */
function firstInvalid(bytes: Uint8Array, encoding: Encoding): number {
  let i = 0;
  while (i < bytes.length) {
    const length = encoding === 'utf-8' ? utf8Length(bytes, i) : utf16Length(bytes, i, encoding);
    if (length === 0) return i;
    i += length;
  }
  return i;
}

/** Length of the character at `i`, 0 when there is none (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing over U+10FFFF). */
function utf8Length(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  if (lead < 0x80) return 1;
  const length = lengthOf(lead);
  if (length === 1 || lead >= 0xf5 || i + length > bytes.length) return 0;
  const second = bytes[i + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let k = 2; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function utf16Length(bytes: Uint8Array, i: number, encoding: Encoding): number {
  if (i + 2 > bytes.length) return 0;
  const unit = unitAt(bytes, i, encoding);
  if (isLow(unit)) return 0;
  if (!isHigh(unit)) return 2;
  return i + 4 <= bytes.length && isLow(unitAt(bytes, i + 2, encoding)) ? 4 : 0;
}
