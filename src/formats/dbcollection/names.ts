// Finds the picture that a name in a dbcollection file means: its paths are absolute, of another computer, and sometimes wrong.
import { directoryOf } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import type { PictureIndex } from '../types.ts';

/** The one picture, several equally good ones, or none. */
export type NameMatch = { path: string } | { several: readonly string[] } | null;

/**
 * The parts of a stored name as one path: '/' separates, and '\' too where the name has a drive letter, begins with '\\' or holds no '/'. Empty
 * and '.' parts are dropped, '..' takes back the part before it.
 */
export function partsOf(stored: string): string {
  const windows = /^[A-Za-z]:[\\/]/.test(stored) || stored.startsWith('\\\\') || !stored.includes('/');
  const path = windows && stored.includes('\\') ? stored.replaceAll('\\', '/') : stored;
  if (!needsFolding.test(path)) return path.startsWith('/') ? path.slice(1) : path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const needsFolding = /\/\/|\/\.{1,2}(\/|$)|^\.{1,2}(\/|$)/;

/**
 * The picture with the longest run of whole parts at its end that the stored name has too. Exactly; else equal in composed form (NFC); else
 * without case. Several equally good ones are not decided between.
 */
export function findPicture(stored: string, pictures: PictureIndex): NameMatch {
  const path = partsOf(stored);
  if (path === '') return null;
  const exact = pictures.longestSuffix(path);
  if (exact.length > 0) return decide(exact);
  const folded = pictures.longestSuffix(path, { folded: true });
  if (folded.length < 2) return decide(folded);
  const composed = path.normalize('NFC');
  const name = composed.slice(composed.lastIndexOf('/') + 1);
  const equal = folded.filter((one) => one.normalize('NFC').endsWith(`/${name}`) || one.normalize('NFC') === name);
  return decide(equal.length > 0 ? equal : folded);
}

const decide = ([first, ...others]: readonly string[]): NameMatch => {
  if (first === undefined) return null;
  return others.length === 0 ? { path: first } : { several: [first, ...others] };
};

/**
 * `findPicture` for many names: the folders of the pictures are few, so which of them fit a stored folder is found out once, and a name is
 * looked for in the best of them. Stored names mostly come in the order of the pictures: then the next one is the one, without a look-up. What
 * is not found so goes the long way.
 */
export function createNameFinder(pictures: PictureIndex): (stored: string) => NameMatch {
  const folders = foldersOf(pictures);
  const paths = pictures.paths();
  const fitting = new Map<string, string[][]>();
  let lastFolder: string | undefined;
  let lastFitting: string[][] = [];
  let next = 0;
  return (stored) => {
    const path = stored.includes('\\') ? partsOf(stored) : stored;
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    if (slash < 0 || name === '' || name === '.' || name === '..') return findPicture(stored, pictures);
    const folder = path.slice(0, slash);
    const moved = folder !== lastFolder;
    if (moved) {
      lastFolder = folder;
      lastFitting = fitting.get(folder) ?? fittingFolders(partsOf(`${folder}/x`).split('/').slice(0, -1), folders);
      fitting.set(folder, lastFitting);
    }
    const [best = []] = lastFitting;
    const [only = ''] = best;
    const expected = paths[next];
    if (best.length === 1 && expected !== undefined && isIn(only, name, expected)) {
      next++;
      return { path: expected };
    }
    for (const group of lastFitting) {
      const [first, ...others] = group.map((one) => `${one}/${name}`).filter((one) => pictures.has(one));
      if (first === undefined) continue;
      if (others.length > 0) return { several: [first, ...others] };
      if (moved) next = positionOf(first, paths) + 1;
      return { path: first };
    }
    return findPicture(stored, pictures);
  };
}

/** True for folder + '/' + name, without putting them together. */
const isIn = (folder: string, name: string, path: string): boolean =>
  path.length === folder.length + 1 + name.length &&
  path.endsWith(name) &&
  path.startsWith(folder) &&
  path[folder.length] === '/';

/** Where a path stands among those of the index. */
function positionOf(path: string, paths: readonly string[]): number {
  let [low, high] = [0, paths.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byCodePoint(paths[middle] ?? '', path) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Folders of the pictures by their last part. */
function foldersOf(pictures: PictureIndex): Map<string, string[][]> {
  const byName = new Map<string, string[][]>();
  const seen = new Set<string>();
  let last: string | undefined;
  for (const path of pictures.paths()) {
    if (last !== undefined && path.lastIndexOf('/') === last.length && path.startsWith(last)) continue;
    const folder = directoryOf(path);
    if (folder === '') continue;
    last = folder;
    if (seen.has(folder)) continue;
    seen.add(folder);
    const parts = folder.split('/');
    const name = parts.at(-1) ?? '';
    const list = byName.get(name);
    if (list) list.push(parts);
    else byName.set(name, [parts]);
  }
  return byName;
}

/** The folders that share at least their last part with `parts`, those that share most first; equally good ones together. */
function fittingFolders(parts: readonly string[], folders: ReadonlyMap<string, readonly string[][]>): string[][] {
  const groups = new Map<number, string[]>();
  for (const one of folders.get(parts.at(-1) ?? '') ?? []) {
    let shared = 0;
    while (shared < one.length && shared < parts.length && one.at(-1 - shared) === parts.at(-1 - shared)) shared++;
    const group = groups.get(shared);
    if (group) group.push(one.join('/'));
    else groups.set(shared, [one.join('/')]);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}
