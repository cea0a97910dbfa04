// How warnings count and quote, so that all of them read alike.

/** '1 picture', '1,204 pictures'. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** Up to three names in quotes, and how many more: '“a”, “b”, “c” and 4 more'. */
export function quoteSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return names.length > 3
    ? `${shown.join(', ')} and ${(names.length - 3).toLocaleString('en')} more`
    : shown.join(', ');
}

/** A counter that keeps the first example of what it counted. */
export function createTally() {
  let n = 0;
  let example = '';
  return {
    add(text: string): void {
      if (n++ === 0) example = text;
    },
    /** The warning for what was counted, or nothing. */
    tell: (sentence: (n: number, example: string) => string): string[] => (n === 0 ? [] : [sentence(n, example)]),
  };
}
