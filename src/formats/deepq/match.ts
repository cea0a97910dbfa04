// Finds the picture that a name in label.csv means: the guide's versions write file names, paths, and names without extension.
import { nameOf } from '../../shared/paths.ts';
import type { PictureIndex } from '../types.ts';
import type { Understood } from './layout.ts';

/** The picture that a name means, or why it means none. */
export type Match =
  | { path: string /** Sentences: what had to be read into the name. */; notes: readonly string[] }
  | { path: null; why: 'missing' | 'ambiguous'; candidates: readonly string[] };

/** Matches names of one label file. `base`: the folder that the file lies in, with its last '/', when names are relative to it. */
export function createMatcher(
  pictures: PictureIndex,
  { root, folder, layout, pictures: known }: Pick<Understood, 'root' | 'folder' | 'layout' | 'pictures'>,
  base = root,
): (name: string) => Match {
  const isInside = (path: string): boolean => root === '' || path.startsWith(root);
  let stems: Map<string, string[]> | undefined;
  let folded: Map<string, string[]> | undefined;
  const found = (path: string, notes: readonly string[] = NO_NOTES): Match => ({ path, notes });

  const everywhere = [...new Set([base, root, folder])];
  const inFolder = [folder];
  const allInFolder = folder !== '' && base === root && known.every((path) => path.startsWith(folder));

  /** In the root, in the image folder, then as the end of a path by whole parts. */
  const exact = (name: string): Match | null => {
    // where every picture lies in the folder, only names that begin with it can mean one from the root
    const prefixes = allInFolder && !name.startsWith(folder.slice(root.length)) ? inFolder : everywhere;
    for (const prefix of prefixes) {
      const path = prefix + name;
      if (pictures.has(path)) return found(path, name.includes('/') ? NO_NOTES : sameNameNote(name, path));
    }
    const ends = pictures.endingWith(name).filter(isInside);
    return oneOf(ends);
  };
  const sameNameNote = (name: string, path: string): string[] => {
    const others = pictures.endingWith(name).filter((one) => one !== path && isInside(one));
    return others.length === 0 ? [] : [`${name} was taken for ${path}, not for ${others[0]}.`];
  };
  const withoutExtension = (name: string): Match | null => {
    stems ??= groupBy(known, (path) => stemOf(nameOf(path)));
    const candidates = (stems.get(nameOf(name)) ?? []).filter(isInside);
    for (const prefix of new Set([base, root, folder])) {
      const here = candidates.filter((path) => stemOf(path) === prefix + name);
      if (here.length > 0) return oneOf(here);
    }
    return oneOf(candidates.filter((path) => stemOf(path).endsWith(`/${name}`)));
  };
  const withoutCase = (name: string): Match | null => {
    folded ??= groupBy(known, (path) => fold(nameOf(path)));
    const wanted = fold(name);
    const ends = (folded.get(fold(nameOf(name))) ?? []).filter((path) => {
      const one = fold(path);
      return isInside(path) && (one === wanted || one.endsWith(`/${wanted}`));
    });
    const match = oneOf(ends);
    if (!match || match.path === null) return match;
    const why = sameInNfc(name, match.path) ? 'NFC' : 'case';
    return found(match.path, [
      why === 'NFC'
        ? `${name} is composed otherwise than ${match.path} (Unicode NFC and NFD); they were taken for the same.`
        : `${name} differs in case from ${match.path}; they were taken for the same.`,
    ]);
  };
  /** 'Study1/1/a.png' for 'Study1/Series1/a.png': the guide's text says Series_Number. */
  const bySeries = (name: string): Match | null => {
    if (layout !== 'structured') return null;
    const [study, number, ...rest] = name.split('/');
    if (rest.length !== 1 || !/^\d+$/.test(number ?? '')) return null;
    const match = exact(`${study}/Series${number}/${rest[0]}`);
    return match?.path ? found(match.path, [`${name} was read as ${study}/Series${number}/${rest[0]}.`]) : match;
  };
  return (written) => {
    const isPlain = !written.includes('\\') && !/^[./]/.test(written);
    const name = isPlain ? written : written.replaceAll('\\', '/').replace(/^(\.\/)+|^\/+/, '');
    const match =
      (!isPlain && pictures.has(root + written) ? found(root + written) : null) ??
      exact(name) ??
      withoutExtension(name) ??
      withoutCase(name) ??
      bySeries(name);
    return match ?? { path: null, why: 'missing', candidates: [] };
  };
}

const NO_NOTES: readonly string[] = [];

function oneOf(candidates: readonly string[]): Match | null {
  const [only] = candidates;
  if (only === undefined) return null;
  return candidates.length === 1 ? { path: only, notes: [] } : { path: null, why: 'ambiguous', candidates };
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

const sameInNfc = (name: string, path: string): boolean => {
  const [a, b] = [name.normalize('NFC'), path.normalize('NFC')];
  return a === b || b.endsWith(`/${a}`);
};

/** A path without its extension; a leading dot is none. */
function stemOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

function groupBy(paths: readonly string[], keyOf: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const key = keyOf(path);
    const group = groups.get(key);
    if (group) group.push(path);
    else groups.set(key, [path]);
  }
  return groups;
}
