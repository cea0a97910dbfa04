// Inflates damaged, cut or padded deflate data as far as they go: the platform's own stream gives nothing of a piece with an error in it.

/** A Huffman code, for every value that its longest code's number of bits may have: length in the low 4 bits, symbol above; 0 where no code fits. */
interface Codes {
  bits: number;
  table: Uint16Array;
}

/** RFC 1951, 3.2.5: base and extra bits of lengths (symbols 257 to 285) and distances (0 to 29). */
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = Array.from({ length: 30 }, (_, i) => (i < 2 ? i + 1 : 1 + (2 + (i & 1)) * 2 ** ((i >> 1) - 1)));
const DISTANCE_BITS = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
/** RFC 1951, 3.2.7: the order of the lengths of the code for code lengths. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END = 256;
const FIRST_ROOM = 2 ** 16;

/**
 * Inflates RFC 1951 data to at most `limit` bytes. Gives what comes before the first error or the end of the data; bytes behind the
 * end of the stream are ignored. `complete`: the stream ended as it should, or at the limit.
 */
export function inflateRaw(data: Uint8Array, limit: number): { bytes: Uint8Array<ArrayBuffer>; complete: boolean } {
  let out = new Uint8Array(Math.min(limit, FIRST_ROOM));
  let size = 0;
  let at = 0;
  let held = 0;
  let bits = 0;

  /** Makes sure that so many bits (up to 16) are held; zeros stand for what is missing. */
  function need(count: number): void {
    while (bits < count) {
      held |= (data[at++] ?? 0) << bits;
      bits += 8;
    }
  }
  const isOver = (): boolean => at - (bits >> 3) > data.length;
  function take(count: number): number {
    need(count);
    const value = held & (2 ** count - 1);
    held >>>= count;
    bits -= count;
    return value;
  }
  /** The next symbol; -1 where no code fits or the data are over. */
  function symbol(codes: Codes): number {
    need(codes.bits);
    const entry = codes.table[held & (codes.table.length - 1)] ?? 0;
    held >>>= entry & 15;
    bits -= entry & 15;
    return entry === 0 || isOver() ? -1 : entry >> 4;
  }
  function room(count: number): void {
    if (size + count <= out.length) return;
    const larger = new Uint8Array(Math.min(limit, Math.max(out.length * 2, size + count)));
    larger.set(out.subarray(0, size));
    out = larger;
  }
  function stored(): boolean {
    at -= bits >> 3;
    [held, bits] = [0, 0];
    const length = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8);
    const check = (data[at + 2] ?? 0) | ((data[at + 3] ?? 0) << 8);
    if (at + 4 > data.length || length !== (~check & 0xffff)) return false;
    const piece = data.subarray(at + 4, at + 4 + Math.min(length, limit - size));
    room(piece.length);
    out.set(piece, size);
    size += piece.length;
    at += 4 + length;
    return at <= data.length || size === limit;
  }
  /** Symbols of one block until its end; false where it is damaged. */
  function block(literals: Codes, distances: Codes): boolean {
    while (size < limit) {
      const code = symbol(literals);
      if (code === END) return true;
      if (code < 0) return false;
      if (code < END) {
        room(1);
        out[size++] = code;
        continue;
      }
      const length = (LENGTHS[code - 257] ?? 0) + take(LENGTH_BITS[code - 257] ?? 0);
      const which = symbol(distances);
      const distance = (DISTANCES[which] ?? 0) + take(DISTANCE_BITS[which] ?? 0);
      if (length < 3 || distance < 1 || distance > size || isOver()) return false;
      const end = Math.min(size + length, limit);
      room(end - size);
      while (size < end) {
        out[size] = out[size - distance] ?? 0;
        size++;
      }
    }
    return true;
  }
  /** The codes of a dynamic block (3.2.7); undefined where they are damaged. */
  function readCodes(): [Codes, Codes] | undefined {
    const [literals, distances, count] = [take(5) + 257, take(5) + 1, take(4) + 4];
    const first = new Uint8Array(19);
    for (let i = 0; i < count; i++) first[ORDER[i] ?? 0] = take(3);
    const codes = codesOf(first);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length; ) {
      const code = symbol(codes);
      if (code < 0 || (code === 16 && i === 0)) return undefined;
      if (code < 16) {
        lengths[i++] = code;
        continue;
      }
      const value = code === 16 ? (lengths[i - 1] ?? 0) : 0;
      const end = i + (code === 16 ? 3 + take(2) : code === 17 ? 3 + take(3) : 11 + take(7));
      if (end > lengths.length) return undefined;
      lengths.fill(value, i, end);
      i = end;
    }
    return [codesOf(lengths.subarray(0, literals)), codesOf(lengths.subarray(literals))];
  }

  for (let last = false, good = true; ; ) {
    if (!good || isOver()) return { bytes: out.slice(0, size), complete: false };
    if (last || size >= limit) return { bytes: out.slice(0, size), complete: true };
    last = take(1) === 1;
    const kind = take(2);
    const codes = kind === 2 ? readCodes() : fixed;
    good = kind === 0 ? stored() : kind < 3 && codes !== undefined && block(...codes);
  }
}

/** Codes of the same length are consecutive (3.2.2); they come with their first bit lowest. */
function codesOf(lengths: Uint8Array): Codes {
  const bits = lengths.reduce((most, length) => Math.max(most, length), 0);
  const table = new Uint16Array(2 ** bits);
  let code = 0;
  for (let length = 1; length <= bits; length++) {
    lengths.forEach((one, symbol) => {
      if (one !== length) return;
      let reversed = 0;
      for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
      for (let i = reversed; i < table.length; i += 2 ** length) table[i] = (symbol << 4) | length;
      code++;
    });
    code <<= 1;
  }
  return { bits, table };
}

/** The codes of RFC 1951, 3.2.6. */
const fixed: [Codes, Codes] = [
  codesOf(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  codesOf(new Uint8Array(30).fill(5)),
];
