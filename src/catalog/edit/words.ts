// Counts and lists in the words of the interface.

/** A whole number with thousands separators: 1,204. */
export function number(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** '1 picture', '1,204 pictures'. */
export function pictures(n: number): string {
  return n === 1 ? '1 picture' : `${number(n)} pictures`;
}

/** 'a', 'a and b', 'a, b and c'. */
export function joined(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
