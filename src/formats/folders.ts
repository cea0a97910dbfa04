// Recognises how a dataset's folders tell splits and classes, and proposes that reading; a person may choose another.
import type { Layout, LayoutProposal } from '../catalog/types.ts';
import { compareNatural } from '../shared/natural.ts';
import { splitOfWord } from './split-words.ts';

/** A folder that directly holds `pictures` pictures; path relative to the opened folder, '' the opened folder itself. */
export interface FolderCount {
  path: string;
  pictures: number;
}

/** The names at one level of the tree, with the pictures below each. */
type Level = Map<string, number>;

/**
 * Proposes how folders are read. Pure; the same folders in any order give the same proposal.
 *
 * Splits: the first level where most of all pictures lie below split words (any case), and these stand alone or are at least two
 * different splits and most of the names. A class folder called "test" among other classes is therefore no split.
 *
 * Classes: of the other levels with two names or more, the deepest when all pictures lie equally deep (as Hugging Face reads folders),
 * else the first, because only that one gives the shallow pictures a class too. A level with fewer than two pictures a name is passed
 * over, and where there is a choice also one whose names do not come back in a second split (folders per video, patient or day).
 */
export function proposeLayout(directories: readonly FolderCount[]): LayoutProposal {
  const folders = directories
    .filter(({ pictures }) => pictures > 0)
    .map(({ path, pictures }) => ({ parts: path === '' ? [] : path.split('/'), pictures }));
  const total = folders.reduce((sum, { pictures }) => sum + pictures, 0);
  const depth = folders.reduce((deepest, { parts }) => Math.max(deepest, parts.length), 0);
  const levels = Array.from({ length: depth }, (_, level) => namesAt(folders, level));

  const splitAt = levels.findIndex((names) => isSplitLevel(names, total));
  const splitLevel = splitAt < 0 ? null : splitAt;
  const splits = splitLevel === null ? [] : splitFolders(levels[splitLevel]);
  const classLevel = chooseClassLevel(folders, levels, splitLevel);

  const layout: Layout = { splitLevel, classLevel, splits: splits.map(({ folder, split }) => [folder, split]) };
  const classes = classLevel === null ? undefined : levels[classLevel];
  const labelled = classes === undefined ? 0 : sum(classes.values());
  return {
    layout,
    kind: splitLevel !== null ? 'split-folders' : classLevel !== null ? 'class-folders' : 'flat',
    depth,
    classes: classes?.size ?? 0,
    splits,
    unlabelled: total - labelled,
  };
}

type Folder = { parts: string[]; pictures: number };

function namesAt(folders: readonly Folder[], level: number): Level {
  const names: Level = new Map();
  for (const { parts, pictures } of folders) {
    const name = parts[level];
    if (name !== undefined) names.set(name, (names.get(name) ?? 0) + pictures);
  }
  return names;
}

function isSplitLevel(names: Level, total: number): boolean {
  const words = [...names].filter(([name]) => splitOfWord(name) !== null);
  if (sum(words.map(([, pictures]) => pictures)) * 2 <= total) return false;
  const splits = new Set(words.map(([name]) => splitOfWord(name)));
  return words.length === names.size || (splits.size >= 2 && words.length * 2 > names.size);
}

function splitFolders(names: Level | undefined): LayoutProposal['splits'] {
  const order = ['train', 'validation', 'test'];
  return [...(names ?? [])]
    .flatMap(([folder, count]) => {
      const split = splitOfWord(folder);
      return split === null ? [] : [{ split, folder, count }];
    })
    .sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split) || compareNatural(a.folder, b.folder));
}

function chooseClassLevel(
  folders: readonly Folder[],
  levels: readonly Level[],
  splitLevel: number | null,
): number | null {
  const possible = levels.flatMap((names, level) => {
    const pictures = sum(names.values());
    const enough = pictures >= 2 * names.size || pictures < fewPictures;
    return level !== splitLevel && names.size >= 2 && enough ? [level] : [];
  });
  const comingBack = possible.filter((level) => comesBack(folders, level, splitLevel));
  const candidates = comingBack.length > 0 ? comingBack : possible;
  const everyEquallyDeep = folders.every(({ parts }) => parts.length === levels.length);
  return (everyEquallyDeep ? candidates.at(-1) : candidates[0]) ?? null;
}

/** Below this many pictures the folders are too few to judge by counts: a first try has one picture a class. */
const fewPictures = 20;

/** The names that occur in two splits or more are at least half as many as the smallest split has. True where there is one split. */
function comesBack(folders: readonly Folder[], level: number, splitLevel: number | null): boolean {
  if (splitLevel === null) return true;
  const splitsOf = new Map<string, Set<string>>(); // of a name
  const namesOf = new Map<string, Set<string>>(); // of a split
  for (const { parts } of folders) {
    const name = parts[level];
    const split = splitOfWord(parts[splitLevel] ?? '');
    if (name === undefined || split === null) continue;
    splitsOf.set(name, (splitsOf.get(name) ?? new Set()).add(split));
    namesOf.set(split, (namesOf.get(split) ?? new Set()).add(name));
  }
  if (namesOf.size < 2) return true;
  const shared = [...splitsOf.values()].filter((splits) => splits.size > 1).length;
  return shared * 2 >= Math.min(...[...namesOf.values()].map((names) => names.size));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
