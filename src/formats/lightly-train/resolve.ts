// Finds the picture that a path in a CSV means: relative to the file, or an absolute one of another machine by its end.
import { directoryOf } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import type { PictureIndex } from '../types.ts';

/** The picture, and what had to be done to find it; or those that fit, when they are none or several. */
export type Resolved =
  | { path: string; how?: 'backslashes' | 'elsewhere' }
  /** `also`: pictures that fit equally well. */
  | { missing: true; also: readonly string[] };

/** After so many pictures out of order the place is looked up again. */
const RESUME = 64;

/** True for paths of a whole machine: /data/a.png, C:\data\a.png, \\server\share\a.png. */
export const isAbsolute = (path: string): boolean => /^(\/|\\\\|[A-Za-z]:[\\/])/.test(path);

/**
 * A resolver for one CSV. Relative paths start at its folder; absolute ones are matched by the longest run of parts at their end, and the
 * folder that the first one tells is tried first for the rest.
 */
export function createResolver(pictures: PictureIndex, csv: string): (path: string) => Resolved {
  const base = directoryOf(csv);
  let root: string | undefined; // what stands before the opened folder in absolute paths
  const paths = pictures.paths();
  let next = 0; // many files are in the order of the pictures: a comparison is much cheaper than a look-up
  let missed = 0;
  const has = (path: string): boolean => {
    if (paths[next] === path) {
      next++;
      return true;
    }
    if (!pictures.has(path)) return false;
    if (missed++ % RESUME === 0) next = firstFrom(paths, path) + 1;
    return true;
  };
  return (path) => {
    if (isAbsolute(path)) {
      const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path;
      if (root !== undefined && slashed.startsWith(root) && has(slashed.slice(root.length)))
        return { path: slashed.slice(root.length) };
      const fits = pictures.longestSuffix(slashed);
      const [only] = fits;
      if (only === undefined || fits.length > 1) return { missing: true, also: fits };
      if (slashed.endsWith(`/${only}`)) root = slashed.slice(0, -only.length);
      return { path: only };
    }
    const direct = joinRelative(base, path);
    if (direct !== null && has(direct)) return { path: direct };
    if (path.includes('\\')) {
      const slashed = joinRelative(base, path.replaceAll('\\', '/'));
      if (slashed !== null && pictures.has(slashed)) return { path: slashed, how: 'backslashes' };
    }
    // The CSV may stand elsewhere than where it was written: all parts of its path must fit, and one picture only.
    const plain = joinRelative('', path);
    const fits = plain === null || plain === '' ? [] : pictures.endingWith(plain);
    const [only] = fits;
    return only !== undefined && fits.length === 1 ? { path: only, how: 'elsewhere' } : { missing: true, also: fits };
  };
}

/** `path` below `folder` without '.' and '..'; null when it leaves the opened folder. */
export function joinRelative(folder: string, path: string): string | null {
  const joined = folder === '' ? path : `${folder}/${path}`;
  const odd = joined.startsWith('.') || joined.startsWith('/') || joined.includes('/.') || joined.includes('//');
  if (!odd && !joined.endsWith('/')) return joined;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Index of the first path that is not before `path`; `paths` are in the order of their code points. */
export function firstFrom(paths: readonly string[], path: string): number {
  let [low, high] = [0, paths.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byCodePoint(paths[middle] ?? '', path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
