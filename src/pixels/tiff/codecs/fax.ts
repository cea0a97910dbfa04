// CCITT fax pages: modified Huffman, group 3 (one- and two-dimensional) and group 4 (recommendations T.4 and T.6; TIFF 6.0, sections 10, 11).
import { VitrineError } from '../../../shared/errors.ts';
import { blackRuns, mode, modes, whiteRuns, windowBits } from './fax-codes.ts';

/** How the rows of a page are coded. */
export interface FaxLayout {
  width: number;
  rows: number;
  coding: 'huffman' | 'huffman-words' | 'group3' | 'group4';
  /** Group 3 with rows that refer to the row above. */
  twoDimensional: boolean;
  /** Codes begin at the lowest bit of a byte. */
  lowBitFirst: boolean;
}

/** Bits of a page from the first on. Past the end they are zeros, which is no code. */
interface BitReader {
  peek(count: number): number;
  skip(count: number): void;
  alignTo(bits: number): void;
  ended(): boolean;
}

/**
 * Decodes to rows of one bit a pixel, a row begins at a byte, 1 is black; what cannot be decoded stays white. `found` counts the
 * bytes of the rows that were read. After a damaged row group 3 goes on at the next end-of-line, group 4 ends.
 * Errors: `unreadable` when not one row can be decoded.
 */
export function decodeFax(bytes: Uint8Array, layout: FaxLayout): { data: Uint8Array; found: number } {
  const { width, rows, coding } = layout;
  const stride = (width + 7) >> 3;
  const data = new Uint8Array(stride * rows);
  const bits = bitReader(bytes, layout.lowBitFirst);
  // places where the colour changes: white until the first, black until the second, and so on, ended by `width`
  let above: number[] = [width];
  let whole = true;
  let read = 0;
  while (read < rows && !bits.ended()) {
    let twoDimensional = coding === 'group4';
    if (coding === 'group3') {
      if (!whole) skipToEndOfLine(bits);
      const marked = skipEndOfLine(bits);
      if (marked && layout.twoDimensional) {
        twoDimensional = bits.peek(1) === 0;
        bits.skip(1);
      }
      // an end-of-line right after another one ends the page
      if (marked && bits.peek(11) === 0) break;
    }
    const changes: number[] = [];
    whole = twoDimensional ? readRow2d(bits, above, width, changes) : readRow1d(bits, width, changes);
    if (!whole && changes.length === 0 && coding !== 'group3') break;
    if (!whole && changes.length % 2 === 1) changes.pop(); // the rest of a damaged row is white
    fillBlack(data, read * stride, changes);
    read++;
    if (!whole && coding === 'group4') break;
    if (changes.at(-1) !== width) changes.push(width);
    above = changes;
    if (coding === 'huffman') bits.alignTo(8);
    if (coding === 'huffman-words') bits.alignTo(16);
  }
  if (read === 0 && rows > 0) throw new VitrineError('unreadable', 'Its fax data begin with an invalid code.');
  return { data, found: read * stride };
}

/** Goes on to the next eleven zeros: no other code has so many. */
function skipToEndOfLine(bits: BitReader): void {
  while (bits.peek(11) !== 0 && !bits.ended()) bits.skip(1);
}

/** Goes past an end-of-line (eleven zeros or more, then a one) if one stands here. Some files have none between their rows. */
function skipEndOfLine(bits: BitReader): boolean {
  if (bits.peek(11) !== 0) return false;
  while (bits.peek(1) === 0 && !bits.ended()) bits.skip(1);
  bits.skip(1);
  return true;
}

/** Reads alternating runs until the row is full. False when an invalid code ends it early. */
function readRow1d(bits: BitReader, width: number, changes: number[]): boolean {
  let [at, black] = [0, false];
  while (at < width) {
    const run = readRun(bits, black);
    if (run < 0) return false;
    at = Math.min(width, at + run);
    changes.push(at);
    black = !black;
  }
  return true;
}

/** Length of the next run of a colour: any number of make-up codes and a terminating one; −1 for an invalid code. */
function readRun(bits: BitReader, black: boolean): number {
  const table = black ? blackRuns : whiteRuns;
  let length = 0;
  for (;;) {
    const entry = table[bits.peek(windowBits)] ?? 0;
    if (entry === 0 || bits.ended()) return -1;
    bits.skip(entry & 15);
    length += entry >> 4;
    if (entry >> 4 < 64) return length;
  }
}

/** Reads a row by its differences from the row above. False when an invalid code ends it early. */
function readRow2d(bits: BitReader, above: number[], width: number, changes: number[]): boolean {
  let [at, black] = [0, false];
  let reference = 0; // index in `above`
  let begun = false; // the first change may lie at pixel 0, later ones only to the right
  while (at < width) {
    // b1: the first change above, right of `at`, to the opposite colour; white-to-black changes have even indexes
    while (reference > 0 && (above[reference - 1] ?? 0) > at) reference--;
    if ((reference & 1) !== Number(black)) reference++;
    while ((above[reference] ?? width) < width && ((above[reference] ?? 0) < at || (begun && above[reference] === at)))
      reference += 2;
    const b1 = above[reference] ?? width;
    const entry = modes[bits.peek(windowBits)] ?? 0;
    if (entry === 0 || bits.ended()) return false;
    const code = entry >> 4;
    if (code === mode.extension) return false;
    bits.skip(entry & 15);
    if (code === mode.pass) at = above[reference + 1] ?? width;
    else if (code === mode.horizontal) {
      for (let i = 0; i < 2; i++) {
        const run = readRun(bits, black !== (i === 1));
        if (run < 0) return false;
        at = Math.min(width, at + run);
        changes.push(at);
      }
    } else {
      at = Math.max(at, Math.min(width, b1 + code - mode.vertical));
      changes.push(at);
      black = !black;
    }
    begun = true;
  }
  return true;
}

/** Sets the bits of the black runs of one row. */
function fillBlack(data: Uint8Array, row: number, changes: number[]): void {
  for (let i = 0; i + 1 < changes.length; i += 2) {
    const from = changes[i] ?? 0;
    const to = changes[i + 1] ?? 0;
    for (let x = from; x < to; ) {
      if ((x & 7) === 0 && to - x >= 8) {
        data[row + (x >> 3)] = 255;
        x += 8;
      } else {
        const byte = row + (x >> 3);
        data[byte] = (data[byte] ?? 0) | (128 >> (x & 7));
        x++;
      }
    }
  }
}

function bitReader(bytes: Uint8Array, lowBitFirst: boolean): BitReader {
  const reversed = lowBitFirst ? bytes.map(reverseBits) : bytes;
  let at = 0; // in bits
  return {
    peek(count) {
      const byte = at >> 3;
      const window = ((reversed[byte] ?? 0) << 16) | ((reversed[byte + 1] ?? 0) << 8) | (reversed[byte + 2] ?? 0);
      return (window >> (24 - (at & 7) - count)) & ((1 << count) - 1);
    },
    skip(count) {
      at += count;
    },
    alignTo(bits) {
      at = Math.ceil(at / bits) * bits;
    },
    ended: () => at >= reversed.length * 8,
  };
}

/** A byte with its bits in the opposite order. */
export function reverseBits(byte: number): number {
  const nibbles = ((byte & 0x0f) << 4) | (byte >> 4);
  const pairs = ((nibbles & 0x33) << 2) | ((nibbles >> 2) & 0x33);
  return ((pairs & 0x55) << 1) | ((pairs >> 1) & 0x55);
}
