// Finds the picture that a path in somebody's file means: exactly, by the end of the path, or without case.
import { groupBy } from '../shared/group.ts';
import { nameOf } from '../shared/paths.ts';
import type { PictureIndex } from './types.ts';

/** An index over the paths of all pictures. Made once an import; the lists by name are built when first asked for. */
export function createPictureIndex(pictures: Iterable<string>): PictureIndex {
  const paths = [...pictures].sort(byCodePoint);
  const exact = new Set(paths);
  let byName: Map<string, string[]> | undefined;
  let byFoldedName: Map<string, string[]> | undefined;
  return {
    size: paths.length,
    paths: () => paths,
    has: (path) => exact.has(path),
    endingWith(path) {
      byName ??= groupBy(paths, (one) => nameOf(one));
      return (byName.get(nameOf(path)) ?? []).filter((one) => one === path || one.endsWith(`/${path}`));
    },
    longestSuffix(path, { folded = false } = {}) {
      const key = folded ? fold : (text: string): string => text;
      byName ??= groupBy(paths, (one) => nameOf(one));
      if (folded) byFoldedName ??= groupBy(paths, (one) => fold(nameOf(one)));
      const candidates = (folded ? byFoldedName : byName)?.get(key(nameOf(path))) ?? [];
      const parts = key(path).split('/');
      let longest = 0;
      let best: string[] = [];
      for (const one of candidates) {
        const shared = sharedEnd(key(one).split('/'), parts);
        if (shared > longest) [longest, best] = [shared, []];
        if (shared === longest) best.push(one);
      }
      return best;
    },
  };
}

/** How many parts at the end are equal. */
function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}

/** Without case and in composed form: macOS writes names decomposed, Windows ignores case. */
const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Order by code point, not by UTF-16 unit: Python and Hugging Face sort so. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const [highX, highY] = [isSurrogate(x), isSurrogate(y)];
    if (highX !== highY) return highX ? 1 : -1; // a surrogate stands for a code point above all others
    return x - y;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
