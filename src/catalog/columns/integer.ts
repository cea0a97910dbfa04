// Whole numbers and dictionary codes: each block in the narrowest array that holds its values above a base.
import {
  BLOCK_MASK,
  BLOCK_ROWS,
  BLOCK_SHIFT,
  BlockReader,
  damaged,
  EMPTY,
  HAS_MASK,
  Mask,
  packBlock,
  STORAGE,
  type Words,
} from './block.ts';

type IntegerArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** One block: value of row i = base + values[i]. Neighbouring rows are alike (folder by folder), so that one byte is often enough. */
export interface IntegerBlock {
  base: number;
  values: IntegerArray;
  /** Largest value above the base that the array holds; Infinity for float64, which has base 0 and any sign. */
  limit: number;
  mask: Mask;
}

/** A column of integers of any sign up to 2^53. */
export class IntegerColumn {
  readonly blocks: (IntegerBlock | undefined)[] = [];
  /** By block; grows with every write, so that caches and the store see what changed. */
  readonly versions: number[] = [];

  has(row: number): boolean {
    return this.blocks[row >>> BLOCK_SHIFT]?.mask.has(row & BLOCK_MASK) ?? false;
  }

  /** The value, or `missing` where there is none. */
  at(row: number, missing: number): number {
    const block = this.blocks[row >>> BLOCK_SHIFT];
    const i = row & BLOCK_MASK;
    return block?.mask.has(i) ? block.base + (block.values[i] ?? 0) : missing;
  }

  /** The values of many rows, `missing` where there is none. Fast for ascending rows. */
  gather(rows: Uint32Array, missing: number): Int32Array {
    const out = new Int32Array(rows.length).fill(missing);
    let at = -1;
    let block: IntegerBlock | undefined;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number; // inside the array
      if (row >>> BLOCK_SHIFT !== at) {
        at = row >>> BLOCK_SHIFT;
        block = this.blocks[at];
      }
      const k = row & BLOCK_MASK;
      if (block?.mask.has(k)) out[i] = block.base + (block.values[k] as number); // a block has every index
    }
    return out;
  }

  write(row: number, value: number): void {
    const b = row >>> BLOCK_SHIFT;
    const i = row & BLOCK_MASK;
    let block = this.blocks[b];
    if (block === undefined) {
      block = { base: value, values: new Uint8Array(BLOCK_ROWS), limit: 0xff, mask: new Mask() };
      refit(block, value);
      this.blocks[b] = block;
    }
    let above = value - block.base;
    if ((above < 0 && block.limit !== Number.POSITIVE_INFINITY) || above > block.limit) {
      refit(block, value);
      above = value - block.base;
    }
    block.values[i] = above;
    block.mask.add(i);
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  clear(row: number): void {
    const b = row >>> BLOCK_SHIFT;
    this.blocks[b]?.mask.delete(row & BLOCK_MASK);
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  /** Which rows of a block have a value. */
  presence(b: number): Words {
    return this.blocks[b]?.mask.view() ?? EMPTY;
  }

  bytes(): number {
    return this.blocks.reduce((sum, block) => sum + (block ? block.values.byteLength + block.mask.bytes() : 0), 0);
  }

  /** Sections: presence, values. */
  encode(b: number, rows: number): Uint8Array<ArrayBuffer> | undefined {
    const block = this.blocks[b];
    if (block === undefined) return undefined;
    const whole = block.mask.count === BLOCK_ROWS;
    const head = {
      storage: STORAGE.integer,
      elementBytes: block.values.BYTES_PER_ELEMENT,
      rows,
      count: block.mask.count,
      flags: whole ? 0 : HAS_MASK,
      base: block.base,
      textBytes: 0,
    };
    const mask = whole ? [] : [block.mask.view().subarray(0, Math.ceil(rows / 32))];
    return packBlock(head, [...mask, block.values.subarray(0, rows)]);
  }

  /** Takes a block over from its bytes. Errors: `storage-damaged`, `newer-version`. */
  decode(b: number, bytes: Uint8Array<ArrayBuffer>): void {
    const reader = new BlockReader(bytes, STORAGE.integer);
    const { elementBytes, rows, base } = reader.head;
    const width = WIDTHS.find(({ array }) => array.BYTES_PER_ELEMENT === elementBytes);
    if (width === undefined) throw damaged();
    const mask = reader.mask();
    const values = reader.section<IntegerArray>(width.array, rows, BLOCK_ROWS);
    this.blocks[b] = { base, values, limit: width.limit, mask };
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }
}

const WIDTHS = [
  { array: Uint8Array, limit: 0xff },
  { array: Uint16Array, limit: 0xffff },
  { array: Uint32Array, limit: 0xffffffff },
  { array: Float64Array, limit: Number.POSITIVE_INFINITY },
] as const;

/** Chooses width and base anew so that `value` fits too. The window is centred on the values, so that growing either way refits rarely. */
function refit(block: IntegerBlock, value: number): void {
  let min = value;
  let max = value;
  for (let i = 0; i < BLOCK_ROWS; i++) {
    if (!block.mask.has(i)) continue;
    const v = block.base + (block.values[i] ?? 0);
    if (v < min) min = v;
    if (v > max) max = v;
  }
  const width = WIDTHS.find(({ limit }) => max - min <= limit) ?? WIDTHS[3];
  let base = Math.floor((min + max - width.limit) / 2);
  if (min >= 0 && base < 0) base = 0; // codes index tables from 0
  if (width.limit === Number.POSITIVE_INFINITY) base = 0;
  const values = new width.array(BLOCK_ROWS);
  for (let i = 0; i < BLOCK_ROWS; i++) if (block.mask.has(i)) values[i] = block.base + (block.values[i] ?? 0) - base;
  block.base = base;
  block.values = values;
  block.limit = width.limit;
}
