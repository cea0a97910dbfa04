// Huffman tables and the bit stream of JPEG (ITU-T T.81, annexes C and F.2.2).
import { VitrineError } from '../../shared/errors.ts';

/** For every 16 bits that may come next: length of the code in the high byte, symbol in the low one; 0 where no code fits. */
export type HuffmanTable = Uint16Array;

/** The tables in force, by class and destination. Lossless JPEG uses the DC class only. */
export interface HuffmanTables {
  dc: (HuffmanTable | undefined)[];
  ac: (HuffmanTable | undefined)[];
  /** Tables read so far. */
  count: number;
}

/** A table costs 128 KB for a moment; encoders write at most 8 a scan. */
const MAX_TABLES = 1_000;

/** Reads the tables of a DHT segment. Errors: `unreadable` for more tables than pictures have. */
export function readHuffmanTables(segment: Uint8Array, tables: HuffmanTables): void {
  for (let at = 0; at + 17 <= segment.length; ) {
    const [place = 0] = segment.subarray(at, at + 1);
    const counts = segment.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, n) => sum + n, 0);
    const values = segment.subarray(at + 17, at + 17 + total);
    if (++tables.count > MAX_TABLES)
      throw new VitrineError('unreadable', 'The JPEG has too many Huffman tables: it is damaged.');
    (place >> 4 === 0 ? tables.dc : tables.ac)[place & 3] = tableOf(counts, values);
    at += 17 + total;
  }
}

/** Codes of a length are consecutive, and those of the next length go on at twice the number (T.81, annex C). */
function tableOf(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536);
  let next = 0; // the next code, as the 16 bits it begins
  let i = 0;
  counts.forEach((count, index) => {
    const length = index + 1;
    for (let n = 0; n < count; n++) {
      const end = next + 2 ** (16 - length);
      table.fill((length << 8) | (values[i++] ?? 0), next, end);
      next = end;
    }
  });
  return table;
}

/** Reads the bits of an entropy-coded segment, with its stuffed bytes taken out (ITU T.81, F.2.2.5). */
export interface BitReader {
  /** The next symbol of a table. */
  symbol(table: HuffmanTable): number;
  /** The next so many bits (up to 16) as a number. */
  bits(count: number): number;
  /** The next difference: a category by the table, then so many bits (F.2.2.1, H.1.2.2). */
  difference(table: HuffmanTable): number;
  /** Goes behind the next restart marker. */
  restart(): void;
  /** True once bits were asked for that the data do not have, or a code that no table has. */
  isExhausted(): boolean;
  /** Position of the marker that ends the data. */
  end(): number;
}

/** The number that `category` bits stand for: those below half are negative (T.81, F.2.2.1, EXTEND). */
export const extended = (value: number, category: number): number =>
  value < 1 << (category - 1) ? value - (1 << category) + 1 : value;

/** Reads bits from `start` to the next marker; `ff 00` stands for the byte ff. */
export function bitReader(bytes: Uint8Array, start: number): BitReader {
  let at = start;
  let buffer = 0; // the low `bits` bits are valid
  let bits = 0;
  let missing = 0; // zero bits that were added behind the end
  let broken = false;

  function fill(): void {
    while (bits <= 16) {
      const byte = bytes[at];
      const atMarker = byte === undefined || (byte === 0xff && bytes[at + 1] !== 0);
      if (atMarker) missing += 8;
      else at += byte === 0xff ? 2 : 1;
      buffer = ((buffer & 0xff_ffff) << 8) | (atMarker ? 0 : byte);
      bits += 8;
    }
  }

  function take(count: number): number {
    if (bits < count) fill();
    bits -= count;
    return (buffer >>> bits) & ((1 << count) - 1);
  }

  function symbol(table: HuffmanTable): number {
    if (bits < 16) fill();
    const entry = table[(buffer >>> (bits - 16)) & 0xffff] ?? 0;
    bits -= entry >> 8;
    if (entry === 0) broken = true;
    return entry & 0xff;
  }

  return {
    symbol,
    bits: take,
    difference(table) {
      const category = symbol(table);
      if (category > 16) broken = true;
      if (category === 0) return 0;
      if (category >= 16) return 32_768;
      return extended(take(category), category);
    },
    restart() {
      while (at + 1 < bytes.length && !(bytes[at] === 0xff && ((bytes[at + 1] ?? 0) & 0xf8) === 0xd0)) {
        if (bytes[at] === 0xff && (bytes[at + 1] ?? 0) >= 0xc0) return; // another marker: the data are cut
        at++;
      }
      at += 2;
      [buffer, bits, missing] = [0, 0, 0];
    },
    isExhausted: () => broken || bits < missing,
    end: () => at,
  };
}
