// Selecting rows by position in typed arrays, without a list of a million numbers in between.

/** The values at given positions. */
export function pick(values: Int32Array, at: Uint32Array): Int32Array {
  return Int32Array.from(at, (i) => values[i] ?? -1);
}

/** The positions in 0 … n−1 that pass, ascending. */
export function positionsWhere(n: number, passes: (position: number) => boolean): Uint32Array {
  const out = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) if (passes(i)) out[count++] = i;
  return out.slice(0, count);
}
