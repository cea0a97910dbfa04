// Natural order of texts on their UTF-8 bytes, the same order as shared/natural.ts gives for strings, without making any.
import { BLOCK_MASK, BLOCK_SHIFT } from './block.ts';
import { radixSortWide } from './radix.ts';
import { type TextColumn, textEnd, textStart } from './text.ts';

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** Order of a byte as UTF-16 code units order: characters beyond U+FFFF (from F0) are surrogates there and come before U+E000 (EE, EF). */
const rank = (byte: number): number => (byte < 0xee ? byte : byte < 0xf0 ? byte + 5 : byte - 2);

/** Compares two runs of UTF-8 bytes naturally: digits by value, then by length; all else by UTF-16 code units. */
export function compareNaturalBytes(
  x: Uint8Array,
  xStart: number,
  xEnd: number,
  y: Uint8Array,
  yStart: number,
  yEnd: number,
): number {
  let i = xStart;
  let j = yStart;
  while (i < xEnd && j < yEnd) {
    const a = x[i] ?? 0;
    const b = y[j] ?? 0;
    if (isDigit(a) && isDigit(b)) {
      const [fromX, fromY] = [i, j];
      while (i < xEnd && isDigit(x[i] ?? 0)) i++;
      while (j < yEnd && isDigit(y[j] ?? 0)) j++;
      let [p, q] = [fromX, fromY];
      while (p < i - 1 && x[p] === 48) p++;
      while (q < j - 1 && y[q] === 48) q++;
      if (i - p !== j - q) return i - p - (j - q);
      for (; p < i; p++, q++) if (x[p] !== y[q]) return (x[p] ?? 0) - (y[q] ?? 0);
      if (i - fromX !== j - fromY) return i - fromX - (j - fromY);
    } else if (a !== b) {
      return rank(a) - rank(b);
    } else {
      i++;
      j++;
    }
  }
  return xEnd - i - (yEnd - j);
}

/** Compares the texts of two rows naturally; rows without a text are empty. */
export function compareRows(column: TextColumn, row: number, other: number): number {
  const a = column.blocks[row >>> BLOCK_SHIFT];
  const b = column.blocks[other >>> BLOCK_SHIFT];
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  const [i, j] = [row & BLOCK_MASK, other & BLOCK_MASK];
  return compareNaturalBytes(a.bytes, textStart(a, i), textEnd(a, i), b.bytes, textStart(b, j), textEnd(b, j));
}

/** Up to this many rows are sorted by comparing. */
const FEW = 24;

/**
 * Sorts row ids by their texts in natural order, in place and stable. Every id must have a text.
 * Yields the number of rows it worked on, so that the caller can let others run in between.
 */
export function* sortByText(column: TextColumn, ids: Uint32Array, known = -1): Generator<number, void> {
  if (ids.length <= FEW) {
    sortByComparing(column, ids);
    return;
  }
  const prefix = commonPrefix(column, ids);
  if (prefix <= known) {
    sortByComparing(column, ids); // eight bytes behind the same prefix were equal already: a long number, or equal texts
    yield ids.length * 8;
    return;
  }
  const high = new Uint32Array(ids.length);
  const low = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    const row = ids[i] ?? 0;
    const block = column.blocks[row >>> BLOCK_SHIFT];
    if (block === undefined) continue;
    const at = row & BLOCK_MASK;
    naturalKey(block.bytes, textStart(block, at) + prefix, textEnd(block, at));
    high[i] = keyHigh;
    low[i] = keyLow;
  }
  yield ids.length * 8;
  yield* radixSortWide(ids, high, low);
  for (let from = 0, to = 1; from < ids.length; from = to, to = from + 1) {
    while (to < ids.length && high[to] === high[from] && low[to] === low[from]) to++;
    if (to - from > 1) yield* sortByText(column, ids.subarray(from, to), prefix);
  }
}

/** Bytes that all texts begin with, cut back to where no number is split. */
function commonPrefix(column: TextColumn, ids: Uint32Array): number {
  const first = ids[0] ?? 0;
  const a = column.blocks[first >>> BLOCK_SHIFT];
  if (a === undefined) return 0;
  const start = textStart(a, first & BLOCK_MASK);
  let prefix = textEnd(a, first & BLOCK_MASK) - start;
  for (let i = 1; i < ids.length && prefix > 0; i++) {
    const row = ids[i] ?? 0;
    const b = column.blocks[row >>> BLOCK_SHIFT];
    if (b === undefined) return 0;
    const at = textStart(b, row & BLOCK_MASK);
    prefix = Math.min(prefix, textEnd(b, row & BLOCK_MASK) - at);
    let k = 0;
    while (k < prefix && a.bytes[start + k] === b.bytes[at + k]) k++;
    prefix = k;
  }
  while (prefix > 0 && isDigit(a.bytes[start + prefix - 1] ?? 0)) prefix--;
  return prefix;
}

let keyHigh = 0;
let keyLow = 0;

/**
 * The first eight bytes of a text in a form whose byte order is the natural order; into `keyHigh`, `keyLow` (returning a pair would
 * allocate a million times). A number is the byte '0', its length without leading zeros, its digits two to a byte, its leading zeros.
 */
function naturalKey(bytes: Uint8Array, start: number, end: number): void {
  keyHigh = 0;
  keyLow = 0;
  let n = 0;
  let at = start;
  while (at < end && n < 8) {
    const byte = bytes[at] ?? 0;
    if (!isDigit(byte)) {
      push(n++, rank(byte));
      at++;
      continue;
    }
    const from = at;
    while (at < end && isDigit(bytes[at] ?? 0)) at++;
    let digit = from;
    while (digit < at - 1 && bytes[digit] === 48) digit++;
    const [length, zeros] = [at - digit, digit - from];
    push(n++, 48);
    push(n++, Math.min(length, 255));
    if (length >= 255) return; // longer than the length byte tells: left to comparing
    for (; digit < at && n < 8; digit += 2) {
      const second = digit + 1 < at ? (bytes[digit + 1] ?? 48) - 48 : 0;
      push(n++, (((bytes[digit] ?? 48) - 48) << 4) | second);
    }
    push(n++, Math.min(zeros, 255));
    if (zeros >= 255) return;
  }
}

function push(n: number, byte: number): void {
  if (n < 4) keyHigh = (keyHigh | (byte << (24 - 8 * n))) >>> 0;
  else if (n < 8) keyLow = (keyLow | (byte << (56 - 8 * n))) >>> 0;
}

function sortByComparing(column: TextColumn, ids: Uint32Array): void {
  let sorted = true;
  for (let i = 1; i < ids.length && sorted; i++) sorted = compareRows(column, ids[i - 1] ?? 0, ids[i] ?? 0) <= 0;
  if (!sorted) ids.sort((a, b) => compareRows(column, a, b));
}
