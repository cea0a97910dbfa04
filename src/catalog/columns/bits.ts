// Yes or no, one bit a row. A flag is never missing (absent block: all no); a boolean has a mask like any other column.
import {
  BLOCK_MASK,
  BLOCK_ROWS,
  BLOCK_SHIFT,
  BLOCK_WORDS,
  BlockReader,
  EMPTY,
  FULL,
  HAS_MASK,
  Mask,
  packBlock,
  STORAGE,
  type Words,
} from './block.ts';

interface BitsBlock {
  bits: Words;
  mask: Mask;
}

/** A column of booleans. */
export class BitsColumn {
  readonly blocks: (BitsBlock | undefined)[] = [];
  readonly versions: number[] = [];
  /** Never missing: a row without a stored value is false. */
  readonly flag: boolean;

  constructor(flag: boolean) {
    this.flag = flag;
  }

  has(row: number): boolean {
    return this.flag || (this.blocks[row >>> BLOCK_SHIFT]?.mask.has(row & BLOCK_MASK) ?? false);
  }

  /** False also where there is no value. */
  at(row: number): boolean {
    const bits = this.blocks[row >>> BLOCK_SHIFT]?.bits;
    const i = row & BLOCK_MASK;
    return bits !== undefined && ((bits[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0;
  }

  /** 1 for each row that is true. */
  gather(rows: Uint32Array): Int32Array {
    const out = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number; // inside the array
      const bits = this.blocks[row >>> BLOCK_SHIFT]?.bits;
      if (bits) out[i] = ((bits[(row & BLOCK_MASK) >>> 5] as number) >>> (row & 31)) & 1; // a block has every word
    }
    return out;
  }

  write(row: number, value: boolean): void {
    const b = row >>> BLOCK_SHIFT;
    const i = row & BLOCK_MASK;
    let block = this.blocks[b];
    if (block === undefined) {
      if (this.flag && !value) return;
      block = { bits: new Uint32Array(BLOCK_WORDS), mask: new Mask(this.flag ? null : undefined) };
      this.blocks[b] = block;
    }
    const word = block.bits[i >>> 5] ?? 0;
    block.bits[i >>> 5] = value ? word | (1 << (i & 31)) : word & ~(1 << (i & 31));
    block.mask.add(i);
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  clear(row: number): void {
    if (this.flag || this.at(row)) this.write(row, false); // bits of rows without a value stay 0
    if (!this.flag) this.blocks[row >>> BLOCK_SHIFT]?.mask.delete(row & BLOCK_MASK);
    this.versions[row >>> BLOCK_SHIFT] = (this.versions[row >>> BLOCK_SHIFT] ?? 0) + 1;
  }

  /** Rows of a block that are true. */
  yes(b: number): Words {
    return this.blocks[b]?.bits ?? EMPTY;
  }

  /** Rows of a block that have a value. */
  presence(b: number): Words {
    return this.flag ? FULL : (this.blocks[b]?.mask.view() ?? EMPTY);
  }

  bytes(): number {
    return this.blocks.reduce((sum, block) => sum + (block ? block.bits.byteLength + block.mask.bytes() : 0), 0);
  }

  /** Sections: presence, bits. */
  encode(b: number, rows: number): Uint8Array<ArrayBuffer> | undefined {
    const block = this.blocks[b];
    if (block === undefined) return undefined;
    const words = Math.ceil(rows / 32);
    const whole = this.flag || block.mask.count === BLOCK_ROWS;
    const count = this.flag ? rows : block.mask.count;
    const head = { storage: STORAGE.bits, elementBytes: 0, rows, count, flags: whole ? 0 : HAS_MASK, base: 0 };
    const mask = whole ? [] : [block.mask.view().subarray(0, words)];
    return packBlock({ ...head, textBytes: 0 }, [...mask, block.bits.subarray(0, words)]);
  }

  /** Takes a block over from its bytes. Errors: `storage-damaged`, `newer-version`. */
  decode(b: number, bytes: Uint8Array<ArrayBuffer>): void {
    const reader = new BlockReader(bytes, STORAGE.bits);
    const mask = this.flag ? new Mask(null) : reader.mask();
    const bits = reader.section<Words>(Uint32Array, Math.ceil(reader.head.rows / 32), BLOCK_WORDS);
    this.blocks[b] = { bits, mask };
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }
}
