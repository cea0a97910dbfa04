// Scans the raw text of JSON objects: where keys and values stand, as they are spelled, with the place of the first mistake.

/** Why a text is not one JSON object, and where; `offset` counts UTF-16 units from the start of the text. */
export interface JsonMistake {
  /** Stable word: 'syntax', 'control-character', 'nul', 'unterminated-string', 'trailing-comma', 'not-object', 'after-value'. */
  reason: string;
  offset: number;
  /** What stands there, the second half of a sentence: 'a comma is missing'. */
  text: string;
}

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

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [34, 92, 44, 58, 123, 125, 91, 93];

/** A scanner of objects by RFC 8259, with the three literals of Python's `json` let through and reported. */
export function createObjectScanner(): ObjectScanner {
  const keys: string[] = [];
  const keyStarts: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const rawKeys: string[] = []; // of the object before: lines of one file mostly have the same keys in the same order
  let knownShape = 0;
  let distinct = 0; // how many keys of that shape, from the first, are known to differ from each other

  const fail = (reason: string, offset: number, text: string): -1 => {
    scanner.mistake ??= { reason, offset, text };
    return -1;
  };

  /** One past the closing quote of the string that opens at `at`. */
  const string = (text: string, at: number, to: number): number => {
    for (let i = at + 1; i < to; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) return i + 1;
      if (code < 32) {
        return code === 0
          ? fail('nul', i, 'a NUL character stands in the text')
          : fail(
              'control-character',
              i,
              'a control character stands in a string; JSON wants it escaped, such as \\n or \\t',
            );
      }
      if (code !== BACKSLASH) continue;
      const escaped = text.charCodeAt(++i);
      if (escaped === 117) {
        for (let k = 1; k <= 4; k++)
          if (!isHex(text.charCodeAt(i + k)))
            return fail('syntax', i - 1, 'after \\u four hexadecimal digits are needed');
        i += 4;
      } else if (!ESCAPES.has(escaped) || i >= to) {
        if (i >= to) break;
        return fail('syntax', i - 1, 'a backslash is followed by a character that JSON does not know as an escape');
      }
    }
    return fail('unterminated-string', at, 'a string begins here and does not end');
  };

  const number = (text: string, at: number, to: number): number => {
    let i = at;
    if (text.charCodeAt(i) === 45) i++;
    const first = text.charCodeAt(i);
    if (first === 73 && text.startsWith('Infinity', i)) return literal(at, i + 8, to);
    if (!isDigit(first) || i >= to) return fail('syntax', at, 'a minus sign without a number stands here');
    i++;
    if (first !== 48) while (isDigit(text.charCodeAt(i))) i++;
    else if (isDigit(text.charCodeAt(i)) && i < to)
      return fail('syntax', at, 'a number begins with a zero; write it without, or in quotes');
    if (text.charCodeAt(i) === 46) {
      if (!isDigit(text.charCodeAt(++i))) return fail('syntax', i, 'a digit is missing after the decimal point');
      while (isDigit(text.charCodeAt(i))) i++;
    }
    const exponent = text.charCodeAt(i);
    if (exponent === 101 || exponent === 69) {
      const sign = text.charCodeAt(++i);
      if (sign === 43 || sign === 45) i++;
      if (!isDigit(text.charCodeAt(i))) return fail('syntax', i, 'a digit is missing after the exponent sign');
      while (isDigit(text.charCodeAt(i))) i++;
    }
    return i > to ? fail('syntax', at, 'the number is cut off') : i;
  };

  const literal = (at: number, end: number, to: number): number => {
    if (end > to) return fail('syntax', at, 'the text is cut off here');
    if (scanner.literalAt < 0) scanner.literalAt = at;
    return end;
  };

  const unexpected = (text: string, at: number, to: number, wanted: string): -1 => {
    if (at >= to) return fail('syntax', to, `the line ends where ${wanted} is expected`);
    const code = text.charCodeAt(at);
    if (code === 0) return fail('nul', at, 'a NUL character stands in the text');
    return fail(
      'syntax',
      at,
      `“${String.fromCodePoint(text.codePointAt(at) ?? code)}” stands where ${wanted} is expected`,
    );
  };

  /** One past a value that is no container. */
  const scalar = (text: string, at: number, to: number): number => {
    const code = at < to ? text.charCodeAt(at) : -1;
    if (code === QUOTE) return string(text, at, to);
    if (code === 45 || isDigit(code)) return number(text, at, to);
    if (code === 116 && text.startsWith('true', at)) return at + 4 <= to ? at + 4 : unexpected(text, to, to, 'a value');
    if (code === 102 && text.startsWith('false', at))
      return at + 5 <= to ? at + 5 : unexpected(text, to, to, 'a value');
    if (code === 110 && text.startsWith('null', at)) return at + 4 <= to ? at + 4 : unexpected(text, to, to, 'a value');
    if (code === 78 && text.startsWith('NaN', at)) return literal(at, at + 3, to);
    if (code === 73 && text.startsWith('Infinity', at)) return literal(at, at + 8, to);
    return unexpected(text, at, to, 'a value');
  };

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
      const end = container(text, at, to);
      return end < 0
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
      if (!scanner.scanNext(text, from, to)) return false;
      const rest = blank(text, scanner.end, to);
      if (rest >= to) return true;
      fail('after-value', rest, 'more text follows the object; write one object on a line');
      return false;
    },
    scanNext(text, from, to) {
      begin();
      scanner.end = object(text, blank(text, from, to), to);
      return scanner.end >= 0;
    },
  };
  return scanner;
}

/** The first position at or after `at` that is no white space of JSON. */
export function blank(text: string, at: number, to: number): number {
  let i = at;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    i++;
  }
  return i;
}

/** The text of the quoted string text[start, end), which a scanner has accepted. */
export function stringAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  // JSON.parse knows the escapes; the raw text has been checked, so it is a string.
  return inner.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inner;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isHex = (code: number): boolean => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
const ESCAPES: ReadonlySet<number> = new Set([...'"\\/bfnrt'].map((one) => one.charCodeAt(0)));
