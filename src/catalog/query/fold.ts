// Text without case: what `contains` compares, code point by code point, so that bytes can be searched without making strings.

/** Folds by code point below U+10000; 0: not asked for yet. Made when the first text beyond ASCII is searched. */
let memo: Uint16Array | undefined;

/** The code point without case. Every character folds to one character, so that a match has one place; hence İ is i, and ς is σ. */
export function foldCodePoint(code: number): number {
  if (code < 0x80) return code >= 65 && code <= 90 ? code + 32 : code;
  if (code >= 0x10000) return lower(code);
  memo ??= new Uint16Array(0x10000);
  const known = memo[code] ?? 0;
  if (known !== 0) return known;
  const folded = code === 0x130 ? 0x69 : code === 0x3c2 ? 0x3c3 : lower(code);
  memo[code] = folded;
  return folded;
}

function lower(code: number): number {
  const [first, second] = Array.from(String.fromCodePoint(code).toLowerCase());
  return second === undefined ? (first?.codePointAt(0) ?? code) : code;
}

/** The folded code points of a text. */
export function foldText(text: string): number[] {
  return Array.from(text, (character) => foldCodePoint(character.codePointAt(0) ?? 0));
}

/** A test whether a text contains `needle`, ignoring case. */
export function containsFolded(needle: string): (text: string) => boolean {
  const join = (text: string): string => String.fromCodePoint(...foldText(text));
  const wanted = join(needle);
  return (text) => join(text).includes(wanted);
}
