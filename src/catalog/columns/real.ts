// Fractional numbers as float32 or float64; a row without a value holds NaN, so that it needs no mask.
import { BLOCK_MASK, BLOCK_ROWS, BLOCK_SHIFT, BlockReader, damaged, packBlock, STORAGE } from './block.ts';

export type RealArray = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A column of finite or infinite numbers. NaN is the same as no value. */
export class RealColumn {
  readonly blocks: (RealArray | undefined)[] = [];
  readonly versions: number[] = [];
  readonly type: typeof Float32Array | typeof Float64Array;

  constructor(type: typeof Float32Array | typeof Float64Array) {
    this.type = type;
  }

  has(row: number): boolean {
    return !Number.isNaN(this.at(row));
  }

  /** The value, or NaN where there is none. */
  at(row: number): number {
    return this.blocks[row >>> BLOCK_SHIFT]?.[row & BLOCK_MASK] ?? Number.NaN;
  }

  write(row: number, value: number): void {
    const b = row >>> BLOCK_SHIFT;
    let block = this.blocks[b];
    if (block === undefined) {
      block = new this.type(BLOCK_ROWS).fill(Number.NaN);
      this.blocks[b] = block;
    }
    block[row & BLOCK_MASK] = value;
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  clear(row: number): void {
    if (this.blocks[row >>> BLOCK_SHIFT] !== undefined) this.write(row, Number.NaN);
  }

  bytes(): number {
    return this.blocks.reduce((sum, block) => sum + (block?.byteLength ?? 0), 0);
  }

  /** Section: values. */
  encode(b: number, rows: number): Uint8Array<ArrayBuffer> | undefined {
    const values = this.blocks[b];
    if (values === undefined) return undefined;
    const head = { storage: STORAGE.real, elementBytes: values.BYTES_PER_ELEMENT, rows, count: 0, flags: 0, base: 0 };
    return packBlock({ ...head, textBytes: 0 }, [values.subarray(0, rows)]);
  }

  /** Takes a block over from its bytes. Errors: `storage-damaged`, `newer-version`. */
  decode(b: number, bytes: Uint8Array<ArrayBuffer>): void {
    const reader = new BlockReader(bytes, STORAGE.real);
    const { elementBytes, rows } = reader.head;
    if (elementBytes !== this.type.BYTES_PER_ELEMENT) throw damaged();
    const values = reader.section<RealArray>(this.type, rows, BLOCK_ROWS);
    if (rows < BLOCK_ROWS) values.fill(Number.NaN, rows);
    this.blocks[b] = values;
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }
}
