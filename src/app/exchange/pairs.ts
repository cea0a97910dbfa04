// Pairs of number and name as lines of text, in their order: a class map as a person types it. Pure.

/** '0: cat' a line; an empty text for what is no list of pairs. */
export function textOfPairs(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value.flatMap((pair) => (Array.isArray(pair) ? [`${pair[0]}: ${pair[1]}`] : [])).join('\n');
}

/** The pairs of such a text; lines without a number and a name say nothing. */
export function pairsOf(text: string): [id: number, name: string][] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(-?\d+)\s*:\s*(.*?)\s*$/.exec(line);
    return found?.[2] ? [[Number(found[1]), found[2]] as [number, string]] : [];
  });
}
