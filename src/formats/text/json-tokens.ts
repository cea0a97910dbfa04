// Reads the tokens of raw JSON: strings, numbers and literals, checked by RFC 8259 and left as they are spelled.

/** Why a text is not one JSON object, and where; `offset` counts UTF-16 units from the start of the text. */
export interface JsonMistake {
  /** Stable word: 'syntax', 'control-character', 'nul', 'unterminated-string', 'trailing-comma', 'not-object', 'after-value'. */
  reason: string;
  offset: number;
  /** What stands there, the second half of a sentence: 'a comma is missing'. */
  text: string;
}

/** What is noted while tokens are read; `literalAt` is where NaN or Infinity first stands, -1: nowhere. */
export interface TokenNotes {
  mistake: JsonMistake | null;
  literalAt: number;
}

/** U+0022 */
export const QUOTE = 34;
const BACKSLASH = 92;

/** Readers of tokens; each gives the position one past the token at `at`, or -1 with the first mistake in `notes`. */
export function createTokens(notes: TokenNotes) {
  const fail = (reason: string, offset: number, text: string): -1 => {
    notes.mistake ??= { reason, offset, text };
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
    if (notes.literalAt < 0) notes.literalAt = at;
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

  return { fail, string, scalar, unexpected };
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

/** True for a line that holds nothing to see: white space of JSON, or any other, such as a byte order mark in the middle of a file. */
export function isBlankLine(text: string, from: number, to: number): boolean {
  const at = blank(text, from, to);
  return at >= to || (text.charCodeAt(at) > 0x7f && text.slice(at, to).trim() === '');
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
