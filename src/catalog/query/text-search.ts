// Searches the bytes of a block of texts: contains (ignoring case), equals, begins with, and regular expressions.
import type { Words } from '../columns/block.ts';
import { type TextBlock, textEnd, textStart, utf8 } from '../columns/text.ts';
import { foldCodePoint, foldText } from './fold.ts';
import { andWords } from './words.ts';

/** Sets `out` to the rows of a block that hold. */
export type TextTest = (block: TextBlock | undefined, out: Words) => void;

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => foldCodePoint(byte < 0x80 ? byte : 0) || byte);
const mark = (out: Words, i: number): void => {
  out[i >>> 5] = (out[i >>> 5] ?? 0) | (1 << (i & 31));
};

function onBlock(search: (block: TextBlock, out: Words) => void): TextTest {
  return (block, out) => {
    out.fill(0);
    if (block === undefined) return;
    search(block, out);
    andWords(out, block.mask.view());
  };
}

/** Rows whose text contains `needle`, ignoring case as fold.ts says. The empty needle is in every text. */
export function containsTest(needle: string): TextTest {
  const folded = foldText(needle);
  if (folded.length === 0) return onBlock((_, out) => out.fill(0xffffffff));
  const slow = onCodePoints((codes, length) => indexOfCodes(codes, length, folded) >= 0);
  if (folded.some((code) => code > 0x7f)) return onBlock((block, out) => block.ascii || slow(block, out));
  const bytes = Uint8Array.from(folded);
  const skip = horspool(bytes);
  // the Kelvin sign and the dotted capital I are the only other characters that fold to ASCII
  const hasTwins = folded.includes(0x69) || folded.includes(0x6b);
  return onBlock((block, out) => {
    searchBytes(block, bytes, skip, out);
    if (hasTwins && !block.ascii) slow(block, out);
  });
}

/** Rows whose text begins with `start`, ignoring case. */
export function beginsTest(start: string): TextTest {
  const folded = foldText(start);
  return onBlock((block, out) => {
    for (let i = 0; i < block.rows; i++) {
      let at = textStart(block, i);
      const end = textEnd(block, i);
      let k = 0;
      while (k < folded.length && at < end) {
        at = decodeAt(block.bytes, at);
        if (foldCodePoint(decoded) !== folded[k]) break;
        k++;
      }
      if (k === folded.length) mark(out, i);
    }
  });
}

/** Rows whose text is one of `texts`. */
export function equalsTest(texts: readonly string[]): TextTest {
  const wanted = texts.map(utf8);
  return onBlock((block, out) => {
    for (let i = 0; i < block.rows; i++) {
      const start = textStart(block, i);
      const length = textEnd(block, i) - start;
      for (const bytes of wanted) if (bytes.length === length && sameBytes(block.bytes, start, bytes)) mark(out, i);
    }
  });
}

function sameBytes(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let k = 0; k < wanted.length; k++) if (bytes[start + k] !== wanted[k]) return false;
  return true;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Calls `visit` with the text of every row of a block. ASCII blocks are decoded once, and their rows are slices. */
export function eachText(block: TextBlock, visit: (text: string, i: number) => void): void {
  const whole = block.ascii ? decoder.decode(block.bytes.subarray(0, block.used)) : '';
  for (let i = 0; i < block.rows; i++) {
    const [start, end] = [textStart(block, i), textEnd(block, i)];
    visit(block.ascii ? whole.slice(start, end) : decoder.decode(block.bytes.subarray(start, end)), i);
  }
}

/** Rows whose text matches. */
export function matchesTest(pattern: RegExp): TextTest {
  return onBlock((block, out) => {
    eachText(block, (text, i) => {
      if (pattern.test(text)) mark(out, i);
    });
  });
}

/** How far to move when a byte stands under the needle's last one (Horspool 1980); 0: it is that byte. Both cases of letters. */
function horspool(needle: Uint8Array): Uint8Array {
  const furthest = Math.min(needle.length, 255);
  const skip = new Uint8Array(256).fill(furthest);
  for (let k = 0; k < needle.length; k++) {
    const step = Math.min(needle.length - 1 - k, 255);
    const byte = needle[k] ?? 0;
    for (let other = 0; other < 128; other++) if (LOWER[other] === byte) skip[other] = step;
  }
  return skip;
}

/** Searches the bytes of all rows as one, and keeps what lies within a row; after a hit it goes on with the next row. */
function searchBytes(block: TextBlock, needle: Uint8Array, skip: Uint8Array, out: Words): void {
  const { bytes, used, rows, starts } = block;
  const last = needle.length - 1;
  let at = last;
  let row = 0;
  while (at < used) {
    const step = skip[bytes[at] as number] as number; // inside both arrays
    if (step !== 0) {
      at += step;
      continue;
    }
    let k = 1;
    while (k <= last && LOWER[bytes[at - k] ?? 0] === needle[last - k]) k++;
    if (k <= last) {
      at++;
      continue;
    }
    while (row + 64 < rows && (starts[(row >>> 6) + 1] ?? 0) <= at) row = ((row >>> 6) + 1) << 6;
    while (textEnd(block, row) <= at) row++;
    if (textStart(block, row) > at - last) {
      at++; // begins in the row before
      continue;
    }
    mark(out, row);
    at = textEnd(block, row) + last;
  }
}

/** Runs a test on the folded code points of those rows that are not plain ASCII. */
function onCodePoints(test: (codes: Uint32Array, length: number) => boolean): (block: TextBlock, out: Words) => void {
  let codes = new Uint32Array(256);
  return (block, out) => {
    for (let i = 0; i < block.rows; i++) {
      const end = textEnd(block, i);
      let at = textStart(block, i);
      if (end - at > codes.length) codes = new Uint32Array(2 * (end - at));
      let length = 0;
      let plain = 0;
      while (at < end) {
        at = decodeAt(block.bytes, at);
        plain |= decoded;
        codes[length++] = foldCodePoint(decoded);
      }
      if (plain > 0x7f && test(codes, length)) mark(out, i);
    }
  };
}

let decoded = 0;

/** Decodes the code point at `at` into `decoded`; returns where the next one begins. The bytes are well-formed: we encoded them. */
function decodeAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) {
    decoded = first;
    return at + 1;
  }
  const second = (bytes[at + 1] ?? 0) & 0x3f;
  if (first < 0xe0) {
    decoded = ((first & 0x1f) << 6) | second;
    return at + 2;
  }
  const third = (bytes[at + 2] ?? 0) & 0x3f;
  if (first < 0xf0) {
    decoded = ((first & 0x0f) << 12) | (second << 6) | third;
    return at + 3;
  }
  decoded = ((first & 0x07) << 18) | (second << 12) | (third << 6) | ((bytes[at + 3] ?? 0) & 0x3f);
  return at + 4;
}

function indexOfCodes(codes: Uint32Array, length: number, needle: readonly number[]): number {
  for (let at = 0; at + needle.length <= length; at++) {
    let k = 0;
    while (k < needle.length && codes[at + k] === needle[k]) k++;
    if (k === needle.length) return at;
  }
  return -1;
}
