// Loops over one block of one column that set a bit for each row that holds: no branch depends on a value.
import { BLOCK_WORDS, FULL, popcount, type Words } from '../columns/block.ts';
import type { IntegerBlock } from '../columns/integer.ts';
import type { RealArray } from '../columns/real.ts';

/** Sets `out` to the rows whose code is 1 in `table`, which is indexed by code. */
export function codeWords(block: IntegerBlock | undefined, table: Uint8Array, out: Words): void {
  if (block === undefined) {
    out.fill(0);
    return;
  }
  const { values, base, mask, limit } = block;
  const held = table.subarray(base, base + limit + 1);
  // rows of one folder are alike: often none of a block's possible codes holds
  if (held.indexOf(1) < 0) {
    out.fill(0);
    return;
  }
  // one loop per array type, because a loop that has met several types is slower on each (measured: 2 to 3 times)
  if (values instanceof Uint8Array) codeWords8(values, held, out);
  else if (values instanceof Uint16Array) codeWords16(values, held, out);
  else if (values instanceof Uint32Array) codeWords32(values, held, out);
  if (mask.view() !== FULL) andWords(out, mask.view());
}

function codeWords8(values: Uint8Array, table: Uint8Array, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) word |= (table[values[at + k] as number] as number) << k; // inside both arrays
    out[w] = word;
  }
}

function codeWords16(values: Uint16Array, table: Uint8Array, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) word |= (table[values[at + k] as number] as number) << k; // inside both arrays
    out[w] = word;
  }
}

function codeWords32(values: Uint32Array, table: Uint8Array, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) word |= (table[values[at + k] as number] as number) << k; // inside both arrays
    out[w] = word;
  }
}

/** Sets `out` to the rows whose integer lies in [from, to]. */
export function integerRangeWords(block: IntegerBlock | undefined, from: number, to: number, out: Words): void {
  if (block === undefined) {
    out.fill(0);
    return;
  }
  const { values, base, mask } = block;
  const [low, high] = [from - base, to - base];
  if (values instanceof Uint8Array) rangeWords8(values, low, high, out);
  else if (values instanceof Uint16Array) rangeWords16(values, low, high, out);
  else if (values instanceof Uint32Array) rangeWords32(values, low, high, out);
  else rangeWordsF64(values, low, high, out);
  if (mask.view() !== FULL) andWords(out, mask.view());
}

/** Sets `out` to the rows whose number lies in [from, to]; NaN lies nowhere. */
export function realRangeWords(values: RealArray | undefined, from: number, to: number, out: Words): void {
  if (values === undefined) out.fill(0);
  else if (values instanceof Float32Array) rangeWordsF32(values, from, to, out);
  else rangeWordsF64(values, from, to, out);
}

function rangeWords8(values: Uint8Array, low: number, high: number, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) {
      const v = values[at + k] as number; // inside the array
      word |= (Number(v >= low) & Number(v <= high)) << k;
    }
    out[w] = word;
  }
}

function rangeWords16(values: Uint16Array, low: number, high: number, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) {
      const v = values[at + k] as number; // inside the array
      word |= (Number(v >= low) & Number(v <= high)) << k;
    }
    out[w] = word;
  }
}

function rangeWords32(values: Uint32Array, low: number, high: number, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) {
      const v = values[at + k] as number; // inside the array
      word |= (Number(v >= low) & Number(v <= high)) << k;
    }
    out[w] = word;
  }
}

function rangeWordsF32(values: Float32Array, low: number, high: number, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) {
      const v = values[at + k] as number; // inside the array
      word |= (Number(v >= low) & Number(v <= high)) << k;
    }
    out[w] = word;
  }
}

function rangeWordsF64(values: Float64Array, low: number, high: number, out: Words): void {
  for (let w = 0; w < BLOCK_WORDS; w++) {
    let word = 0;
    const at = w << 5;
    for (let k = 0; k < 32; k++) {
      const v = values[at + k] as number; // inside the array
      word |= (Number(v >= low) & Number(v <= high)) << k;
    }
    out[w] = word;
  }
}

/** a &= b, word by word. */
export function andWords(a: Uint32Array, b: Uint32Array): void {
  for (let w = 0; w < a.length; w++) a[w] = (a[w] ?? 0) & (b[w] ?? 0);
}

/** a |= b, word by word. */
export function orWords(a: Uint32Array, b: Uint32Array): void {
  for (let w = 0; w < a.length; w++) a[w] = (a[w] ?? 0) | (b[w] ?? 0);
}

/** a = ~a. */
export function notWords(a: Uint32Array): void {
  for (let w = 0; w < a.length; w++) a[w] = ~(a[w] ?? 0);
}

/** Number of rows in a set. */
export function countRows(rows: Words): number {
  let n = 0;
  for (let w = 0; w < rows.length; w++) n += popcount(rows[w] ?? 0);
  return n;
}
