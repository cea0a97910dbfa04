// Stratified draws: folds that hold each class's samples apart evenly, and subsamples that keep the classes' shares.
import { VitrineError } from '../shared/errors.ts';

/** In `foldOf`: a row that every fold trains on, because it is the only one of its class. */
export const neverHeldOut = 255;

/** The largest number of folds that fits `foldOf`'s bytes and still means something. */
const maxFolds = 50;

/** Pseudo-random numbers in [0, 1) from a seed (mulberry32, by Tommy Ettinger, public domain): equal on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Deals rows into folds so that each class is spread as evenly as its size allows, and folds differ in size by as little as possible. A
 * class with fewer samples than folds is held out in as many folds as it has samples; the only sample of a class never. `folds` is lowered
 * to the size of the largest class. The same targets and seed give the same folds.
 */
export function stratifiedFolds(
  targets: Int32Array,
  classes: number,
  folds: number,
  seed: number,
): { folds: number; foldOf: Uint8Array } {
  const foldOf = new Uint8Array(targets.length).fill(neverHeldOut);
  const byClass = rowsByClass(targets, classes);
  const largest = byClass.reduce((max, rows) => Math.max(max, rows.length), 0);
  const count = Math.min(folds, largest, maxFolds);
  if (count < 2) return { folds: 0, foldOf };
  const random = seededRandom(seed);
  let next = 0;
  for (const rows of byClass) {
    if (rows.length < 2) continue;
    shuffle(rows, random);
    for (const row of rows) foldOf[row] = next++ % count;
  }
  return { folds: count, foldOf };
}

/**
 * Draws `size` of the rows, each class by its share (largest remainders), at least one of each class. Returns positions in `targets`,
 * ascending; all of them when there are not more than `size`. Throws `bad-input` when `size` is below the number of classes.
 */
export function stratifiedSubsample(targets: Int32Array, classes: number, size: number, seed: number): Uint32Array {
  if (targets.length <= size) return Uint32Array.from(targets, (_, i) => i);
  const byClass = rowsByClass(targets, classes);
  const present = byClass.filter((rows) => rows.length > 0).length;
  if (size < present)
    throw new VitrineError(
      'bad-input',
      `A subsample of ${size} pictures cannot hold all ${present} classes. Allow at least ${present}.`,
    );
  const quotas = sharesOf(
    byClass.map((rows) => rows.length),
    size,
  );
  const random = seededRandom(seed);
  const drawn = byClass.flatMap((rows, c) => {
    shuffle(rows, random);
    return rows.slice(0, quotas[c]);
  });
  return Uint32Array.from(drawn).sort();
}

/** Splits `size` among groups in proportion to their counts: one for each group that has any, the rest by largest remainder. */
function sharesOf(counts: number[], size: number): number[] {
  const quotas = counts.map((count) => Math.min(count, 1));
  const spare = counts.map((count) => Math.max(0, count - 1));
  const rest = size - quotas.reduce((a, b) => a + b, 0);
  const all = spare.reduce((a, b) => a + b, 0);
  const exact = spare.map((count) => (count * rest) / all);
  exact.forEach((share, c) => {
    quotas[c] = (quotas[c] ?? 0) + Math.floor(share);
  });
  const byRemainder = exact.map((share, c) => ({ c, remainder: share - Math.floor(share) }));
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.c - b.c);
  const missing = size - quotas.reduce((a, b) => a + b, 0);
  for (const { c } of byRemainder.slice(0, missing)) quotas[c] = (quotas[c] ?? 0) + 1;
  return quotas;
}

function rowsByClass(targets: Int32Array, classes: number): number[][] {
  const rows: number[][] = Array.from({ length: classes }, () => []);
  targets.forEach((target, row) => {
    rows[target]?.push(row);
  });
  return rows;
}

/** Fisher and Yates, in place. */
function shuffle(rows: number[], random: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = rows[i] ?? 0;
    rows[i] = rows[j] ?? 0;
    rows[j] = swap;
  }
}
