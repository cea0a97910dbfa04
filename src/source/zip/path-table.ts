// Finds a zip's entries by path: an open-addressing table of positions, which costs a third of a Map of strings when a zip is listed.

const EMPTY = -1;

export interface PathTable {
  /** Adds a path; its position is the number of paths before it. False when it is there already. */
  add(path: string): boolean;
  /** Position of a path; -1 when it is not there. */
  find(path: string): number;
  readonly paths: readonly string[];
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/**
 * A table over paths. While they come in ascending order, as most tools write them, each is only compared with the one before, and found
 * by halving; the table is made when the order first breaks.
 */
export function createPathTable(): PathTable {
  const paths: string[] = [];
  let slots: Int32Array | null = null;
  /** Where a path's pair of hash and position is, or the empty pair where it belongs. */
  const slotOf = (table: Int32Array, path: string, hash: number): number => {
    const last = table.length - 2;
    let slot = firstSlot(hash) & last;
    for (;;) {
      const position = table[slot + 1] as number; // slot is even and below the length
      if (position === EMPTY || (table[slot] === hash && paths[position] === path)) return slot;
      slot = (slot + 2) & last;
    }
  };
  const put = (table: Int32Array, hash: number, position: number): void => {
    const last = table.length - 2;
    let slot = firstSlot(hash) & last;
    while (table[slot + 1] !== EMPTY) slot = (slot + 2) & last;
    table[slot] = hash;
    table[slot + 1] = position;
  };
  const tableOfAll = (): Int32Array => {
    const table = emptySlots(paths.length * 2);
    for (const [position, path] of paths.entries()) put(table, hashText(path), position);
    return table;
  };
  return {
    paths,
    add(path) {
      if (slots === null) {
        const before = paths.at(-1);
        if (before === undefined || path > before) {
          paths.push(path);
          return true;
        }
        slots = tableOfAll();
      }
      if ((paths.length + 1) * 8 > slots.length * 3) slots = tableOfAll(); // three quarters full
      const hash = hashText(path);
      const slot = slotOf(slots, path, hash);
      if (slots[slot + 1] !== EMPTY) return false;
      slots[slot] = hash;
      slots[slot + 1] = paths.length;
      paths.push(path);
      return true;
    },
    find(path) {
      if (slots !== null) return slots[slotOf(slots, path, hashText(path)) + 1] as number; // a slot has two numbers
      let from = 0;
      for (let to = paths.length; from < to; ) {
        const middle = (from + to) >>> 1;
        if ((paths[middle] as string) < path)
          from = middle + 1; // middle < to <= length
        else to = middle;
      }
      return paths[from] === path ? from : -1;
    },
  };
}

/** Pairs of hash and position for `expected` paths, less than three quarters full. */
const emptySlots = (expected: number): Int32Array =>
  new Int32Array(2 * 2 ** Math.ceil(Math.log2(Math.max(16, (expected * 4) / 3 + 1)))).fill(EMPTY);

/** The low bits of FNV depend on the low bits of the letters only, which digits share: mixed, or numbered names would crowd. */
function firstSlot(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) << 1;
}
