// Natural order of names: digits compare by value, so that 9.jpg stands before 10.jpg.

/** Compares two names by code units, runs of ASCII digits by their value (shorter run first when equal). Total and locale-free. */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      const [startA, startB] = [i, j];
      while (i < a.length && isDigit(a.charCodeAt(i))) i++;
      while (j < b.length && isDigit(b.charCodeAt(j))) j++;
      const order = compareDigits(a.slice(startA, i), b.slice(startB, j));
      if (order !== 0) return order;
    } else {
      if (x !== y) return x - y;
      i++;
      j++;
    }
  }
  return a.length - i - (b.length - j);
}

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** By value first, then by length, so that 7 < 07 and the order stays total. */
function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+(?=.)/, '');
  const y = b.replace(/^0+(?=.)/, '');
  if (x.length !== y.length) return x.length - y.length;
  if (x !== y) return x < y ? -1 : 1;
  return a.length - b.length;
}
