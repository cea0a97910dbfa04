// Scans the raw text of JSON objects: where keys and values stand, as they are spelled, with the place of the first mistake.
import { blank, createTokens, type JsonMistake, QUOTE, stringAt } from './json-tokens.ts';

/**
 * A scanner that is used for line after line: its arrays hold the members of the last object, valid up to `count`. Raw text is never
 * interpreted, so numbers keep their spelling and keys their order.
 */
export interface ObjectScanner {
  count: number;
  readonly keys: string[];
  /** Where the quoted key starts, where its value starts, and one past the value. */
  readonly keyStarts: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** One past the closing brace. */
  end: number;
  /** Where NaN, Infinity or -Infinity first stands, which Python writes and JSON does not know; -1: nowhere. */
  literalAt: number;
  /** Where the second of two equal keys of one object first stands; -1: nowhere. */
  duplicateAt: number;
  duplicate: string;
  mistake: JsonMistake | null;
  /** Scans the one object in text[from, to), with white space around it. True: it is one; false: `mistake` says why not. */
  scan(text: string, from: number, to: number): boolean;
  /** Scans one object that starts at `from` or after white space and goes on until its brace, whatever follows. */
  scanNext(text: string, from: number, to: number): boolean;
}

const [COMMA, COLON, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [44, 58, 123, 125, 91, 93];

/** A scanner of objects by RFC 8259, with the three literals of Python's `json` let through and reported. */
export function createObjectScanner(): ObjectScanner {
  const keys: string[] = [];
  const keyStarts: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const rawKeys: string[] = []; // of the object before: lines of one file mostly have the same keys in the same order
  let knownShape = 0;
  let distinct = 0; // how many keys of that shape, from the first, are known to differ from each other
  let otherEnd = 0; // one past a value that is no object

  const scanner: ObjectScanner = {
    count: 0,
    keys,
    keyStarts,
    starts,
    ends,
    end: 0,
    literalAt: -1,
    duplicateAt: -1,
    duplicate: '',
    mistake: null,
    scan(text, from, to) {
      const read = scanner.scanNext(text, from, to);
      if (!read && scanner.mistake?.reason !== 'not-object') return false;
      const rest = blank(text, read ? scanner.end : otherEnd, to);
      if (rest >= to) return read;
      scanner.mistake = null;
      fail('after-value', rest, 'more text follows the value; write one object on a line');
      return false;
    },
    scanNext(text, from, to) {
      begin();
      scanner.end = object(text, blank(text, from, to), to);
      return scanner.end >= 0;
    },
  };
  const { fail, string, scalar, unexpected } = createTokens(scanner);

  /** One past the container that opens at `at`; without recursion, because depth is the file's choice. */
  const container = (text: string, at: number, to: number): number => {
    const seen: (string[] | null)[] = []; // keys of each open object; null: a list
    let i = at;
    for (;;) {
      // A value is expected at i.
      const code = i < to ? text.charCodeAt(i) : -1;
      if (code === OPEN || code === OPEN_LIST) {
        i = blank(text, i + 1, to);
        const closing = i < to ? text.charCodeAt(i) : -1;
        if (code === OPEN_LIST && closing === CLOSE_LIST) i++;
        else if (code === OPEN && closing === CLOSE) i++;
        else if (code === OPEN_LIST) {
          seen.push(null);
          continue;
        } else {
          const open: string[] = [];
          seen.push(open);
          i = nestedKey(text, i, to, open);
          if (i < 0) return -1;
          continue;
        }
      } else {
        i = scalar(text, i, to);
        if (i < 0) return -1;
      }
      // A value ended at i: go on in its container, or close it.
      for (;;) {
        if (seen.length === 0) return i;
        const open = seen[seen.length - 1] ?? null;
        i = blank(text, i, to);
        const next = i < to ? text.charCodeAt(i) : -1;
        if (next === COMMA) {
          const after = blank(text, i + 1, to);
          const closer = open === null ? CLOSE_LIST : CLOSE;
          if (after < to && text.charCodeAt(after) === closer)
            return fail('trailing-comma', i, 'a comma stands before the end; remove it');
          i = open === null ? after : nestedKey(text, after, to, open);
          if (i < 0) return -1;
          break;
        }
        if (next !== (open === null ? CLOSE_LIST : CLOSE))
          return unexpected(text, i, to, open === null ? 'a comma or ]' : 'a comma or }');
        seen.pop();
        i++;
      }
    }
  };

  const nestedKey = (text: string, at: number, to: number, open: string[]): number => {
    const end = key(text, at, to);
    if (end < 0) return -1;
    const name = stringAt(text, at, end);
    if (open.includes(name)) duplicate(name, at);
    open.push(name);
    return colon(text, end, to);
  };

  const key = (text: string, at: number, to: number): number =>
    at < to && text.charCodeAt(at) === QUOTE
      ? string(text, at, to)
      : unexpected(text, at, to, 'a key in double quotes');

  const colon = (text: string, at: number, to: number): number => {
    const i = blank(text, at, to);
    return i < to && text.charCodeAt(i) === COLON ? blank(text, i + 1, to) : unexpected(text, i, to, 'a colon');
  };

  const duplicate = (name: string, at: number): void => {
    if (scanner.duplicateAt >= 0) return;
    scanner.duplicateAt = at;
    scanner.duplicate = name;
  };

  /** One past the brace of the object at `at`, or -1. */
  const object = (text: string, at: number, to: number): number => {
    if (at >= to || text.charCodeAt(at) !== OPEN) {
      otherEnd = container(text, at, to);
      return otherEnd < 0
        ? -1
        : fail('not-object', at, 'it holds a value that is no object; a line needs keys and values in { }');
    }
    let i = blank(text, at + 1, to);
    let sameShape = true;
    if (i < to && text.charCodeAt(i) === CLOSE) return i + 1;
    for (;;) {
      const n = scanner.count;
      const raw = rawKeys[n];
      let end: number;
      if (raw !== undefined && text.startsWith(raw, i) && n < knownShape) end = i + raw.length;
      else {
        end = key(text, i, to);
        if (end < 0) return -1;
        rawKeys[n] = text.slice(i, end);
        keys[n] = stringAt(text, i, end);
        knownShape = n + 1;
        distinct = Math.min(distinct, n);
        sameShape = false;
      }
      keyStarts[n] = i;
      i = colon(text, end, to);
      if (i < 0) return -1;
      starts[n] = i;
      const code = i < to ? text.charCodeAt(i) : -1;
      i =
        code === QUOTE
          ? string(text, i, to)
          : code === OPEN || code === OPEN_LIST
            ? container(text, i, to)
            : scalar(text, i, to);
      if (i < 0) return -1;
      ends[n] = i;
      scanner.count = n + 1;
      i = blank(text, i, to);
      const next = i < to ? text.charCodeAt(i) : -1;
      if (next === COMMA) {
        const comma = i;
        i = blank(text, i + 1, to);
        if (i < to && text.charCodeAt(i) === CLOSE)
          return fail('trailing-comma', comma, 'a comma stands before the end; remove it');
      } else if (next === CLOSE) break;
      else return unexpected(text, i, to, 'a comma or }');
    }
    if (!sameShape || scanner.count > distinct) findDuplicates();
    return i + 1;
  };

  /** Compares the top-level keys; a shape that was seen without equal keys is not compared again. */
  const findDuplicates = (): void => {
    const seen = new Set<string>();
    for (let n = 0; n < scanner.count; n++) {
      const name = keys[n] ?? '';
      if (seen.has(name)) duplicate(name, keyStarts[n] ?? 0);
      seen.add(name);
    }
    if (seen.size === scanner.count) distinct = Math.max(distinct, scanner.count);
  };

  const begin = (): void => {
    scanner.count = 0;
    scanner.literalAt = -1;
    scanner.duplicateAt = -1;
    scanner.mistake = null;
  };

  return scanner;
}
