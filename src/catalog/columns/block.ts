// What all columns share: blocks of 16,384 rows, their versions, presence masks, and the head of a block's bytes.
import { VitrineError } from '../../shared/errors.ts';

/** Rows of one block: small enough to write again after an edit, large enough that 1.3 million rows are 82 of them. */
export const BLOCK_ROWS = 16_384;
export const BLOCK_SHIFT = 14;
export const BLOCK_MASK = BLOCK_ROWS - 1;
/** 32-bit words of one bit a row. */
export const BLOCK_WORDS = BLOCK_ROWS / 32;

export type Words = Uint32Array<ArrayBuffer>;

/** Shared masks of blocks where every or no row has a value. Never written. */
export const FULL: Words = new Uint32Array(BLOCK_WORDS).fill(0xffffffff);
export const EMPTY: Words = new Uint32Array(BLOCK_WORDS);

/** Which rows of one block have a value. A full block costs nothing. */
export class Mask {
  private words: Words | null;
  count: number;

  constructor(words: Words | null = new Uint32Array(BLOCK_WORDS), count = words === null ? BLOCK_ROWS : 0) {
    this.words = words;
    this.count = count;
  }

  /** One bit a row of the block; to be read, not written. */
  view(): Words {
    return this.words ?? FULL;
  }

  has(i: number): boolean {
    return this.words === null || ((this.words[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0;
  }

  add(i: number): void {
    if (this.words === null || this.has(i)) return;
    this.words[i >>> 5] = (this.words[i >>> 5] ?? 0) | (1 << (i & 31));
    this.count++;
    if (this.count === BLOCK_ROWS) this.words = null;
  }

  delete(i: number): void {
    if (!this.has(i)) return;
    this.words ??= FULL.slice();
    this.words[i >>> 5] = (this.words[i >>> 5] ?? 0) & ~(1 << (i & 31));
    this.count--;
  }

  bytes(): number {
    return this.words?.byteLength ?? 0;
  }
}

/** Number of set bits of a 32-bit word. */
export function popcount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** The storages that have bytes of their own; the numbers are part of the format. */
export const STORAGE = { integer: 1, real: 2, bits: 3, text: 4 } as const;

/** Version of the layout below; a higher one in a block was written by a newer Vitrine. */
const LAYOUT = 1;
const HEAD_BYTES = 32;

/**
 * The bytes of a block, little-endian, every section padded to 8 bytes:
 * u16 layout version · u8 storage · u8 bytes per element · u32 rows · u32 rows with a value · u32 flags · f64 base · u32 text bytes · u32 zero,
 * then the sections that the storage names. A set bit 0 of flags: the presence words are the first section (absent: every row has a value);
 * bit 1: all text is ASCII.
 */
interface BlockHead {
  storage: number;
  elementBytes: number;
  rows: number;
  count: number;
  flags: number;
  base: number;
  textBytes: number;
}

export const HAS_MASK = 1;
export const IS_ASCII = 2;

const padded = (bytes: number): number => (bytes + 7) & ~7;

/** Puts head and sections into one new buffer. */
export function packBlock(head: BlockHead, sections: readonly ArrayBufferView[]): Uint8Array<ArrayBuffer> {
  const size = sections.reduce((sum, section) => sum + padded(section.byteLength), HEAD_BYTES);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, LAYOUT, true);
  view.setUint8(2, head.storage);
  view.setUint8(3, head.elementBytes);
  view.setUint32(4, head.rows, true);
  view.setUint32(8, head.count, true);
  view.setUint32(12, head.flags, true);
  view.setFloat64(16, head.base, true);
  view.setUint32(24, head.textBytes, true);
  let at = HEAD_BYTES;
  for (const section of sections) {
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), at);
    at += padded(section.byteLength);
  }
  return bytes;
}

/** Reads the sections of a block one after the other. Errors: `newer-version`, `storage-damaged`. */
export class BlockReader {
  readonly head: BlockHead;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private at = HEAD_BYTES;

  constructor(bytes: Uint8Array<ArrayBuffer>, storage: number) {
    // typed arrays need aligned buffers; what IndexedDB gives back is, a slice of a file may not be
    this.bytes = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    if (bytes.byteLength < HEAD_BYTES) throw damaged();
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    if (view.getUint16(0, true) > LAYOUT)
      throw new VitrineError(
        'newer-version',
        'This dataset was written by a newer Vitrine. Reload the page to get the newer version.',
      );
    this.head = {
      storage: view.getUint8(2),
      elementBytes: view.getUint8(3),
      rows: view.getUint32(4, true),
      count: view.getUint32(8, true),
      flags: view.getUint32(12, true),
      base: view.getFloat64(16, true),
      textBytes: view.getUint32(24, true),
    };
    const { rows, count } = this.head;
    if (this.head.storage !== storage || rows === 0 || rows > BLOCK_ROWS || count > rows) throw damaged();
  }

  /** The next section as an array of `length`; a view of the block's bytes unless `capacity` asks for more room. */
  section<T extends Section>(type: SectionType<T>, length: number, capacity = length): T {
    const size = length * type.BYTES_PER_ELEMENT;
    if (this.at + size > this.bytes.byteLength) throw damaged();
    const view = new type(this.bytes.buffer, this.bytes.byteOffset + this.at, length);
    this.at += padded(size);
    if (capacity === length) return view;
    const room = new type(new ArrayBuffer(capacity * type.BYTES_PER_ELEMENT), 0, capacity);
    room.set(view);
    return room;
  }

  /** The presence mask, which is the first section where there is one. */
  mask(): Mask {
    const { rows, count, flags } = this.head;
    if ((flags & HAS_MASK) !== 0)
      return new Mask(this.section<Words>(Uint32Array, Math.ceil(rows / 32), BLOCK_WORDS), count);
    if (rows === BLOCK_ROWS) return new Mask(null);
    throw damaged();
  }
}

type Section =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Words
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;
interface SectionType<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): T;
}

/** The error of bytes that are not a block; the store adds which one it was. */
export const damaged = (): VitrineError =>
  new VitrineError('storage-damaged', 'A stored part of this dataset is damaged. Rescan the folder to rebuild it.');
