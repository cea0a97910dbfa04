// Which files Hugging Face imagefolder (datasets 5.0.1) takes into which split, and the labels it reads out of folders.
import { directoryOf, nameOf } from '../../../shared/paths.ts';
import { byCodePoint } from '../../pictures.ts';

/** A split and its files, a file once for every pattern that it fits. */
export interface ListedSplit {
  name: string;
  files: string[];
}

const WORDS: readonly (readonly [split: string, words: readonly string[]])[] = [
  ['train', ['train', 'training']],
  ['validation', ['validation', 'valid', 'dev', 'val']],
  ['test', ['test', 'testing', 'eval', 'evaluation']],
];
const SEPARATOR = '[-._ 0-9]';
const SHARD = /^data\/([^/]+)-\d{5}-of-\d{5}[^/]*\.[^/]*$/;
const IGNORED: ReadonlySet<string> = new Set([
  'README.md',
  'config.json',
  'dataset_info.json',
  'dataset_infos.json',
  'dummy_data.zip',
  'dataset_dict.json',
]);

/** The splits of all files of a folder: the first rule that matches anything is used alone. */
export function listSplits(paths: readonly string[]): ListedSplit[] {
  const files = paths.filter(isSeen);
  if (files.some((path, n) => n > 0 && byCodePoint(files[n - 1] ?? '', path) > 0)) files.sort(byCodePoint);
  const shards = groupBy(files, (path) => (path.startsWith('data/') ? SHARD.exec(path)?.[1] : undefined));
  if (shards.size > 0) {
    const known = WORDS.map(([split]) => split);
    return [...shards]
      .map(([name, list]) => ({ name, files: list }))
      .sort((a, b) => rank(a.name, known) - rank(b.name, known) || byCodePoint(a.name, b.name));
  }
  const logs = files.filter((path) => path.endsWith('.eval'));
  if (logs.length > 0) return [{ name: 'logs', files: logs }];
  const matching = [filesByFolder(files), (pattern: RegExp) => files.filter((path) => pattern.test(path))];
  for (const [n, patterns] of [folderPatterns, namePatterns].entries()) {
    const splits = WORDS.map(([name, words]) => ({
      name,
      files: words.flatMap(patterns).flatMap((pattern) => matching[n]?.(pattern) ?? []),
    })).filter((split) => split.files.length > 0);
    if (splits.length > 0) return splits;
  }
  return [{ name: 'train', files }];
}

/** Tests each folder once: there are far fewer than files. */
function filesByFolder(files: readonly string[]): (pattern: RegExp) => string[] {
  const folders = groupBy(files, (path) => `${directoryOf(path)}/`);
  return (pattern) => {
    const found = [...folders].flatMap(([folder, list]) => (pattern.test(folder) ? [list] : []));
    return found.length > 1 ? found.flat().sort(byCodePoint) : [...(found[0] ?? [])];
  };
}

const rank = (name: string, known: readonly string[]): number => known.indexOf(name) + 1 || known.length + 1;

/** A folder of the path is the word, or the word stands in it between separators. */
const folderPatterns = (word: string): RegExp[] => [
  new RegExp(`(^|/)${word}/`),
  new RegExp(`(^|/)${word}${SEPARATOR}[^/]*/`),
  new RegExp(`(^|/)[^/]*${SEPARATOR}${word}/`),
  new RegExp(`(^|/)[^/]*${SEPARATOR}${word}${SEPARATOR}[^/]*/`),
];
const namePatterns = (word: string): RegExp[] => [
  new RegExp(`(^|/)${word}${SEPARATOR}[^/]*$`),
  new RegExp(`(^|/)[^/]*${SEPARATOR}${word}${SEPARATOR}[^/]*$`),
];

/** Names with a dot in front, folders with `.` or `__` in front and a few files of its own are never looked at. */
function isSeen(path: string): boolean {
  if (path.startsWith('.') || path.includes('/.')) return false;
  if (path.startsWith('__') || path.includes('/__'))
    return !path
      .split('/')
      .slice(0, -1)
      .some((part) => part.startsWith('__'));
  return !(path.endsWith('.json') || path.endsWith('.md') || path.endsWith('.zip')) || !IGNORED.has(nameOf(path));
}

/** True for a file that imagefolder loads as a picture: by its last extension, or the one before. */
export function isLoaded(path: string): boolean {
  const [last = '', before = ''] = extensions(nameOf(path));
  return EXTENSIONS.has(last) || EXTENSIONS.has(before);
}

/** The last two extensions in lower case, as Python's `splitext` finds them. */
function extensions(name: string): string[] {
  const parts = name.replace(/^\.+/, '').split('.').slice(1);
  return parts
    .reverse()
    .slice(0, 2)
    .map((part) => part.toLowerCase());
}

/** What the pictures of the splits are labelled with. */
export interface FolderLabels {
  /** All names in the order of their ids; null: there is no label column. */
  names: string[] | null;
  /** Splits whose labels are null although the column exists: decided with the folders seen up to there. */
  without: ReadonlySet<string>;
}

/** Labels when there is no metadata. `drop`: `drop_labels`. */
export function folderLabels(splits: readonly ListedSplit[], drop?: boolean): FolderLabels {
  if (drop === true) return { names: null, without: new Set() };
  const names = new Set<string>();
  const depths = new Set<number>();
  const without = new Set<string>();
  let add = false;
  for (const { name, files } of splits) {
    for (const path of files) {
      if (!EXTENSIONS.has(extensions(nameOf(path))[0] ?? '')) continue;
      names.add(nameOf(directoryOf(path)));
      depths.add(path.split('/').length);
    }
    add = drop === false || (names.size > 1 && depths.size === 1);
    if (!add) without.add(name);
  }
  return { names: add ? [...names].sort(byCodePoint) : null, without };
}

function groupBy(paths: readonly string[], keyOf: (path: string) => string | undefined): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const key = keyOf(path);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(path);
    else groups.set(key, [path]);
  }
  return groups;
}

/** Fixed in `datasets` (imagefolder.py), without dots. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'blp bmp dib bufr cur pcx dcx dds ps eps fit fits fli flc ftc ftu gbr gif grib png apng jp2 j2k jpc jpf jpx j2c icns ico im iim ' +
    'tif tiff jfif jpe jpg jpeg mpg mpeg msp pcd pxr pbm pgm ppm pnm psd bw rgb rgba sgi ras tga icb vda vst webp wmf emf xbm xpm'
  ).split(' '),
);
