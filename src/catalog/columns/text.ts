// Text as UTF-8 bytes, one buffer a block; no string exists until somebody looks at a row.
import {
  BLOCK_MASK,
  BLOCK_ROWS,
  BLOCK_SHIFT,
  BlockReader,
  damaged,
  EMPTY,
  HAS_MASK,
  IS_ASCII,
  Mask,
  packBlock,
  STORAGE,
  type Words,
} from './block.ts';

/** Rows that share one 32-bit start, so that the end of each row is 16 bits above it. */
const GROUP_SHIFT = 6;
const GROUP_MASK = 63;
const GROUPS = BLOCK_ROWS >>> GROUP_SHIFT;

/** One block. Row i lies from `textStart(block, i)` to `textEnd(block, i)` in bytes; rows follow one another without a gap. */
export interface TextBlock {
  bytes: Uint8Array<ArrayBuffer>;
  /** Rows that were written, values or gaps. */
  rows: number;
  /** Bytes in use. */
  used: number;
  /** Start of each group of 64 rows. */
  starts: Words;
  /** End of each row above its group's start; 32 bits only where a group is longer than 65,535 bytes. */
  ends: Uint16Array<ArrayBuffer> | Words;
  ascii: boolean;
  mask: Mask;
}

export const textStart = (block: TextBlock, i: number): number =>
  (block.starts[i >>> GROUP_SHIFT] ?? 0) + ((i & GROUP_MASK) === 0 ? 0 : (block.ends[i - 1] ?? 0));
export const textEnd = (block: TextBlock, i: number): number =>
  (block.starts[i >>> GROUP_SHIFT] ?? 0) + (block.ends[i] ?? 0);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** A column of texts; fast to append, a change in the middle moves the rest of its block. */
export class TextColumn {
  readonly blocks: (TextBlock | undefined)[] = [];
  readonly versions: number[] = [];

  has(row: number): boolean {
    return this.blocks[row >>> BLOCK_SHIFT]?.mask.has(row & BLOCK_MASK) ?? false;
  }

  /** The text, or undefined where there is none. */
  at(row: number): string | undefined {
    const block = this.blocks[row >>> BLOCK_SHIFT];
    const i = row & BLOCK_MASK;
    if (!block?.mask.has(i)) return undefined;
    const [start, end] = [textStart(block, i), textEnd(block, i)];
    if (!block.ascii || end - start > 256) return decoder.decode(block.bytes.subarray(start, end));
    // in one call: adding letter by letter leaves a string for each of them to the garbage collector; `apply` takes any list of numbers
    return String.fromCharCode.apply(null, block.bytes.subarray(start, end) as unknown as number[]);
  }

  write(row: number, text: string): void {
    const b = row >>> BLOCK_SHIFT;
    const i = row & BLOCK_MASK;
    let block = this.blocks[b];
    if (block === undefined) {
      const starts = new Uint32Array(GROUPS);
      const ends = new Uint16Array(BLOCK_ROWS);
      block = { bytes: new Uint8Array(4096), rows: 0, used: 0, starts, ends, ascii: true, mask: new Mask() };
      this.blocks[b] = block;
    }
    if (i < block.rows) {
      replace(block, i, utf8(text));
    } else {
      while (block.rows < i) endRow(block);
      reserve(block, text.length * 3);
      const from = block.used;
      for (let k = 0; k < text.length; k++) {
        const code = text.charCodeAt(k);
        if (code > 0x7f) {
          block.ascii = false;
          block.used = from + encoder.encodeInto(text, block.bytes.subarray(from)).written;
          break;
        }
        block.bytes[block.used++] = code;
      }
      endRow(block);
    }
    block.mask.add(i);
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  clear(row: number): void {
    const b = row >>> BLOCK_SHIFT;
    const block = this.blocks[b];
    const i = row & BLOCK_MASK;
    if (block?.mask.has(i)) {
      replace(block, i, new Uint8Array());
      block.mask.delete(i);
    }
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }

  presence(b: number): Words {
    return this.blocks[b]?.mask.view() ?? EMPTY;
  }

  bytes(): number {
    let sum = 0;
    for (const block of this.blocks)
      if (block) sum += block.bytes.byteLength + block.starts.byteLength + block.ends.byteLength + block.mask.bytes();
    return sum;
  }

  /** Sections: presence, group starts (u32), row ends (u16 or u32), bytes. */
  encode(b: number, rows: number): Uint8Array<ArrayBuffer> | undefined {
    const block = this.blocks[b];
    if (block === undefined) return undefined;
    while (block.rows < rows) endRow(block);
    const whole = block.mask.count === BLOCK_ROWS;
    const head = {
      storage: STORAGE.text,
      elementBytes: block.ends.BYTES_PER_ELEMENT,
      rows,
      count: block.mask.count,
      flags: (whole ? 0 : HAS_MASK) | (block.ascii ? IS_ASCII : 0),
      base: 0,
      textBytes: block.used,
    };
    return packBlock(head, [
      ...(whole ? [] : [block.mask.view().subarray(0, Math.ceil(rows / 32))]),
      block.starts.subarray(0, Math.ceil(rows / 64)),
      block.ends.subarray(0, rows),
      block.bytes.subarray(0, block.used),
    ]);
  }

  /** Takes a block over from its bytes. Errors: `storage-damaged`, `newer-version`. */
  decode(b: number, bytes: Uint8Array<ArrayBuffer>): void {
    const reader = new BlockReader(bytes, STORAGE.text);
    const { elementBytes, rows, flags, textBytes } = reader.head;
    if (elementBytes !== 2 && elementBytes !== 4) throw damaged();
    const mask = reader.mask();
    const starts = reader.section<Words>(Uint32Array, Math.ceil(rows / 64), GROUPS);
    const ends =
      elementBytes === 2
        ? reader.section<Uint16Array<ArrayBuffer>>(Uint16Array, rows, BLOCK_ROWS)
        : reader.section<Words>(Uint32Array, rows, BLOCK_ROWS);
    const text = reader.section<Uint8Array<ArrayBuffer>>(Uint8Array, textBytes);
    const block = { bytes: text, rows, used: textBytes, starts, ends, ascii: (flags & IS_ASCII) !== 0, mask };
    if (textEnd(block, rows - 1) !== textBytes) throw damaged();
    this.blocks[b] = block;
    this.versions[b] = (this.versions[b] ?? 0) + 1;
  }
}

/** Makes room for `extra` more bytes. Grows by half, and is trimmed when the block is complete. */
function reserve(block: TextBlock, extra: number): void {
  if (block.used + extra <= block.bytes.length) return;
  const bytes = new Uint8Array(Math.max(block.used + extra, Math.ceil(block.bytes.length * 1.5)));
  bytes.set(block.bytes.subarray(0, block.used));
  block.bytes = bytes;
}

/** Closes the row whose bytes end at `used`. */
function endRow(block: TextBlock): void {
  const i = block.rows++;
  const group = i >>> GROUP_SHIFT;
  if ((i & GROUP_MASK) === 0) block.starts[group] = i === 0 ? 0 : textEnd(block, i - 1);
  setEnd(block, i, block.used - (block.starts[group] ?? 0));
  if (block.rows === BLOCK_ROWS) block.bytes = block.bytes.slice(0, block.used);
}

function setEnd(block: TextBlock, i: number, end: number): void {
  if (end > 0xffff && block.ends instanceof Uint16Array) block.ends = Uint32Array.from(block.ends);
  block.ends[i] = end;
}

/** Puts other bytes in the place of row i and moves what follows. */
function replace(block: TextBlock, i: number, text: Uint8Array): void {
  const [start, end] = [textStart(block, i), textEnd(block, i)];
  const growth = text.length - (end - start);
  reserve(block, Math.max(0, growth));
  block.bytes.copyWithin(end + growth, end, block.used);
  block.bytes.set(text, start);
  block.used += growth;
  if (text.some((byte) => byte > 0x7f)) block.ascii = false;
  const group = i >>> GROUP_SHIFT;
  const last = Math.min(block.rows, (group + 1) << GROUP_SHIFT);
  for (let k = i; k < last; k++) setEnd(block, k, (block.ends[k] ?? 0) + growth);
  for (let g = group + 1; g << GROUP_SHIFT < block.rows; g++) block.starts[g] = (block.starts[g] ?? 0) + growth;
}
