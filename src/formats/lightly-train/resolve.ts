// Finds the picture that a path in a CSV means: relative to the file, or an absolute one of another machine by its end.
import { directoryOf } from '../../shared/paths.ts';
import type { PictureIndex } from '../types.ts';

export type Resolved =
  | { path: string; how?: 'backslashes' | 'elsewhere' }
  /** `also`: pictures that fit equally well. */
  | { missing: true; also: readonly string[] };

/** True for paths of a whole machine: /data/a.png, C:\data\a.png, \\server\share\a.png. */
export const isAbsolute = (path: string): boolean => /^(\/|\\\\|[A-Za-z]:[\\/])/.test(path);

/**
 * A resolver for one CSV. Relative paths start at its folder; absolute ones are matched by the longest run of parts at their end, and the
 * folder that the first one tells is tried first for the rest.
 */
export function createResolver(pictures: PictureIndex, csv: string): (path: string) => Resolved {
  const base = directoryOf(csv);
  let root: string | undefined; // what stands before the opened folder in absolute paths
  return (path) => {
    if (isAbsolute(path)) {
      const slashed = path.includes('\\') ? path.replaceAll('\\', '/') : path;
      if (root !== undefined && slashed.startsWith(root) && pictures.has(slashed.slice(root.length)))
        return { path: slashed.slice(root.length) };
      const fits = pictures.longestSuffix(slashed);
      const [only] = fits;
      if (only === undefined || fits.length > 1) return { missing: true, also: fits };
      if (slashed.endsWith(`/${only}`)) root = slashed.slice(0, -only.length);
      return { path: only };
    }
    const direct = joinRelative(base, path);
    if (direct !== null && pictures.has(direct)) return { path: direct };
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
  if (!/(^|\/)\.{0,2}(\/|$)/.test(joined)) return joined;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
