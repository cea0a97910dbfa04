// Stable radix sort of row ids by unsigned keys: three passes of 11 bits, fewer where keys are alike.

const BITS = 11;
const BUCKETS = 1 << BITS;
/** Below this many rows clearing the buckets costs more than comparing. */
const FEW = 256;

/** Sorts `ids` by `key` (one per position) in place, equal keys in their present order; `key` and `along` move with the ids. */
export function radixSort(ids: Uint32Array, key: Uint32Array, along?: Uint32Array): void {
  if (isAscending(key)) return;
  if (ids.length < FEW) sortFew(ids, key, along);
  else if (along) for (const _ of sortThree(ids, key, along));
  else sortTwo(ids, key);
}

/**
 * Sorts `ids` by the 64-bit keys (`high`, `low`) in place; stable. Both key arrays move with the ids. Yields the number of rows after each
 * of up to six passes, so that the caller can let others run in between.
 */
export function* radixSortWide(ids: Uint32Array, high: Uint32Array, low: Uint32Array): Generator<number, void> {
  for (const [key, along] of [
    [low, high],
    [high, low],
  ] as const) {
    if (isAscending(key)) continue;
    if (ids.length < FEW) sortFew(ids, key, along);
    else yield* sortThree(ids, key, along);
  }
}

function isAscending(key: Uint32Array): boolean {
  let last = 0;
  for (let i = 0; i < key.length; i++) {
    const k = key[i] ?? 0;
    if (k < last) return false;
    last = k;
  }
  return true;
}

function sortFew(ids: Uint32Array, key: Uint32Array, along: Uint32Array | undefined): void {
  const order = ids.map((_, i) => i).sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0));
  for (const array of along ? [ids, along, key] : [ids, key]) {
    const before = array.slice();
    for (let i = 0; i < order.length; i++) array[i] = before[order[i] ?? 0] ?? 0;
  }
}

/** Counts of the three digits of every key, one after the other. */
function histograms(key: Uint32Array): Uint32Array {
  const counts = new Uint32Array(3 * BUCKETS);
  for (let i = 0; i < key.length; i++) {
    const k = key[i] ?? 0;
    counts[k & 0x7ff] = (counts[k & 0x7ff] ?? 0) + 1;
    const middle = BUCKETS + ((k >>> BITS) & 0x7ff);
    counts[middle] = (counts[middle] ?? 0) + 1;
    const top = 2 * BUCKETS + (k >>> (2 * BITS));
    counts[top] = (counts[top] ?? 0) + 1;
  }
  return counts;
}

/** Turns the counts of a digit into first positions; false when all keys share the digit, so that the pass can be left out. */
function positions(counts: Uint32Array, rows: number): boolean {
  let at = 0;
  for (let i = 0; i < BUCKETS; i++) {
    const n = counts[i] ?? 0;
    if (n === rows) return false;
    counts[i] = at;
    at += n;
  }
  return true;
}

function sortTwo(ids: Uint32Array, key: Uint32Array): void {
  const counts = histograms(key);
  let [fromIds, fromKey] = [ids, key];
  let [toIds, toKey]: [Uint32Array, Uint32Array] = [new Uint32Array(ids.length), new Uint32Array(ids.length)];
  for (let digit = 0; digit < 3; digit++) {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!positions(starts, ids.length)) continue;
    const shift = digit * BITS;
    for (let i = 0; i < fromKey.length; i++) {
      const k = fromKey[i] ?? 0;
      const bucket = (k >>> shift) & 0x7ff;
      const at = starts[bucket] ?? 0;
      starts[bucket] = at + 1;
      toIds[at] = fromIds[i] ?? 0;
      toKey[at] = k;
    }
    [fromIds, toIds] = [toIds, fromIds];
    [fromKey, toKey] = [toKey, fromKey];
  }
  if (fromIds !== ids) {
    ids.set(fromIds);
    key.set(fromKey);
  }
}

function* sortThree(ids: Uint32Array, key: Uint32Array, along: Uint32Array): Generator<number, void> {
  const counts = histograms(key);
  const n = ids.length;
  let [fromIds, fromKey, fromAlong] = [ids, key, along];
  let [toIds, toKey, toAlong]: [Uint32Array, Uint32Array, Uint32Array] = [
    new Uint32Array(n),
    new Uint32Array(n),
    new Uint32Array(n),
  ];
  for (let digit = 0; digit < 3; digit++) {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!positions(starts, n)) continue;
    const shift = digit * BITS;
    for (let i = 0; i < fromKey.length; i++) {
      const k = fromKey[i] ?? 0;
      const bucket = (k >>> shift) & 0x7ff;
      const at = starts[bucket] ?? 0;
      starts[bucket] = at + 1;
      toIds[at] = fromIds[i] ?? 0;
      toKey[at] = k;
      toAlong[at] = fromAlong[i] ?? 0;
    }
    yield 4 * n;
    [fromIds, toIds] = [toIds, fromIds];
    [fromKey, toKey] = [toKey, fromKey];
    [fromAlong, toAlong] = [toAlong, fromAlong];
  }
  if (fromIds !== ids) {
    ids.set(fromIds);
    key.set(fromKey);
    along.set(fromAlong);
  }
}
