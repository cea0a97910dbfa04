// Counting loops over a set of rows: rows by code, rows by bin, and the range of a column.
import { BLOCK_WORDS, type Words } from '../columns/block.ts';
import type { IntegerColumn } from '../columns/integer.ts';
import type { RealColumn } from '../columns/real.ts';

/** Rows by code among `rows`. */
export function countCodes(column: IntegerColumn & { size: number }, rows: Words): Uint32Array {
  const counts = new Uint32Array(column.size);
  column.blocks.forEach((block, b) => {
    if (block === undefined) return;
    const set = rows.subarray(b * BLOCK_WORDS, (b + 1) * BLOCK_WORDS);
    const known = block.mask.view();
    const { values } = block;
    const above = counts.subarray(block.base);
    // one loop per array type, see words.ts
    if (values instanceof Uint8Array) countCodes8(values, set, known, above);
    else if (values instanceof Uint16Array) countCodes16(values, set, known, above);
    else if (values instanceof Uint32Array) countCodes32(values, set, known, above);
  });
  return counts;
}

function countCodes8(values: Uint8Array, rows: Words, known: Words, counts: Uint32Array): void {
  for (let w = 0; w < rows.length; w++) {
    let word = (rows[w] ?? 0) & (known[w] ?? 0);
    const at = w << 5;
    if (word === -1) {
      for (let k = 0; k < 32; k++) counts[values[at + k] as number]!++; // codes are below the size of counts
      continue;
    }
    while (word !== 0) {
      const low = word & -word;
      counts[values[at + 31 - Math.clz32(low)] as number]!++; // as above
      word ^= low;
    }
  }
}

function countCodes16(values: Uint16Array, rows: Words, known: Words, counts: Uint32Array): void {
  for (let w = 0; w < rows.length; w++) {
    let word = (rows[w] ?? 0) & (known[w] ?? 0);
    const at = w << 5;
    if (word === -1) {
      for (let k = 0; k < 32; k++) counts[values[at + k] as number]!++; // codes are below the size of counts
      continue;
    }
    while (word !== 0) {
      const low = word & -word;
      counts[values[at + 31 - Math.clz32(low)] as number]!++; // as above
      word ^= low;
    }
  }
}

function countCodes32(values: Uint32Array, rows: Words, known: Words, counts: Uint32Array): void {
  for (let w = 0; w < rows.length; w++) {
    let word = (rows[w] ?? 0) & (known[w] ?? 0);
    const at = w << 5;
    while (word !== 0) {
      const low = word & -word;
      counts[values[at + 31 - Math.clz32(low)] as number]!++; // codes are below the size of counts
      word ^= low;
    }
  }
}

/** Range of the finite values among `rows`, and how many rows have a value. Without any: min > max. */
export function rangeOf(column: IntegerColumn | RealColumn, rows: Words): { min: number; max: number; known: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let known = 0;
  eachValue(column, rows, (values, base, set) => {
    for (let w = 0; w < set.length; w++) {
      let word = set[w] ?? 0;
      while (word !== 0) {
        const low = word & -word;
        word ^= low;
        const v = base + (values[(w << 5) + 31 - Math.clz32(low)] ?? 0);
        if (Number.isNaN(v)) continue;
        known++;
        if (v < min && v !== Number.NEGATIVE_INFINITY) min = v;
        if (v > max && v !== Number.POSITIVE_INFINITY) max = v;
      }
    }
  });
  return { min, max, known };
}

/** Rows by bin [edge, next edge), the last one closed; and how many rows have a value. Infinite values fall in no bin. */
export function countBins(
  column: IntegerColumn | RealColumn,
  rows: Words,
  edges: readonly number[],
): { counts: number[]; known: number } {
  const bins = Math.max(0, edges.length - 1);
  const counts = new Float64Array(bins);
  const bounds = Float64Array.from(edges);
  const [first, last] = [bounds[0] ?? 0, bounds[bins] ?? 0];
  const scale = bins / (last - first);
  let known = 0;
  eachValue(column, rows, (values, base, set) => {
    for (let w = 0; w < set.length; w++) {
      let word = set[w] ?? 0;
      while (word !== 0) {
        const low = word & -word;
        word ^= low;
        const v = base + (values[(w << 5) + 31 - Math.clz32(low)] ?? 0);
        if (Number.isNaN(v)) continue;
        known++;
        if (!(v >= first && v <= last)) continue;
        let bin = Math.min(bins - 1, Math.floor((v - first) * scale));
        // the product may be a rounding error beside the edge
        if (v < (bounds[bin] ?? 0)) bin--;
        else if (bin < bins - 1 && v >= (bounds[bin + 1] ?? 0)) bin++;
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
  });
  return { counts: Array.from(counts), known };
}

/** Calls `visit` per block with its values, their base, and the rows of the set that have a value (real columns: NaN has none). */
function eachValue(
  column: IntegerColumn | RealColumn,
  rows: Words,
  visit: (values: ArrayLike<number>, base: number, set: Words) => void,
): void {
  column.blocks.forEach((block, b) => {
    const set = rows.slice(b * BLOCK_WORDS, (b + 1) * BLOCK_WORDS);
    if (block === undefined) return;
    if ('mask' in block) {
      const known = block.mask.view();
      for (let w = 0; w < set.length; w++) set[w] = (set[w] ?? 0) & (known[w] ?? 0);
      visit(block.values, block.base, set);
    } else visit(block, 0, set);
  });
}
