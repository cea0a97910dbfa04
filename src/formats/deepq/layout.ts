// How a DeepQ dataset lies in a zip or folder: its root, which of the guide's layouts it has, and what strays from them.
import { directoryOf, nameOf } from '../../shared/paths.ts';

/** 'empty': there is no picture. 'anywhere': pictures lie where they like (guide of 2023). */
export type DeepqLayout = 'image' | 'structured' | 'classes' | 'anywhere' | 'empty';

/** A dataset as its names tell it. */
export interface Understood {
  layout: DeepqLayout;
  /** Folders around the dataset, '' or with the last '/'. */
  root: string;
  /** Pictures below the root. */
  pictures: readonly string[];
  /** The folder of the layout as it is spelled, with root and last '/'; '' where there is none. */
  folder: string;
  /** Label files in the order in which they are read; empty: none. */
  labels: readonly string[];
  /** Other files below or beside the root that are not used. */
  unused: readonly string[];
  /** Sentences: what is otherwise than the guide says. */
  notes: readonly string[];
}

/** Roots of several datasets; a person chooses one. */
export interface SeveralRoots {
  roots: readonly string[];
}

const is = (name: string, word: string): boolean => name.toLowerCase() === word;
const isLabelFile = (name: string): boolean => is(name, 'label.csv');
const isTable = (name: string): boolean => /\.(csv|txt)$/i.test(name);

/** Pictures of a dataset whose names are compared with each other. */
const HINTED = 50_000;

/** The guide's folder of a series: `Series1`. */
const SERIES = /^Series\d+$/;
/** Animations and what DeepQ has never heard of; shown, but no pictures of a DeepQ dataset. */
const NEVER = /\.(gif|avif)$/i;

/**
 * Understands where things lie, by names alone. `root` (with its last '/'): the dataset that was chosen; absent: folders that hold everything
 * are passed through until `image`, `Classes`, `label.csv` or several names show.
 */
export function understandLayout(
  all: readonly string[],
  others: readonly string[],
  root?: string,
): Understood | SeveralRoots {
  const found = root ?? findRoot(all, others);
  if (typeof found === 'object') return found;
  const inside = (path: string): boolean => path.startsWith(found);
  const below = all.filter(inside);
  const pictures = below.filter((path) => !NEVER.test(path));
  const tables = others.filter((path) => inside(path));
  const folders = firstFolders(below, found);
  const notes: string[] = [];

  const image = folders.filter((name) => is(name, 'image'));
  const classes = folders.filter((name) => is(name, 'classes'));
  const labelFiles = tables.filter((path) => isLabelFile(nameOf(path)));
  const [imageFolder] = image;
  const [classFolder] = classes;
  let layout: DeepqLayout;
  let folder = '';
  if (pictures.length === 0) {
    layout = 'empty';
    notes.push('There are no images in it.');
  } else if (imageFolder !== undefined) {
    folder = `${found}${imageFolder}/`;
    layout = judgeSeries(pictures, folder, notes);
    if (image.length > 1) notes.push(`The folders ${image.join(' and ')} differ only in case; both are read.`);
    else if (imageFolder !== 'image')
      notes.push(`The folder is called ${imageFolder}; the guide's text says image in lower case.`);
    if (classFolder !== undefined)
      notes.push(
        `There are both ${imageFolder} and ${classFolder}: folders below ${classFolder} were not read as labels.`,
      );
  } else if (classFolder !== undefined) {
    folder = `${found}${classFolder}/`;
    layout = 'classes';
    noteClasses(pictures, folder, notes);
  } else {
    layout = 'anywhere';
    for (const name of folders.filter((one) => /^images?\d*$/i.test(one) || /^imgs?$/i.test(one)))
      notes.push(`The folder ${name} is not the guide's image; pictures are taken from anywhere.`);
  }

  const labels = labelsOf(labelFiles, layout, found, folder, notes);
  const unused = [...others.filter((path) => !labels.includes(path)), ...below.filter((path) => NEVER.test(path))];
  const unreadTables = unused.filter((path) => inside(path) && isTable(nameOf(path)));
  if (unreadTables.length > 0)
    notes.push(
      `Not read as labels, because ${unreadTables.length === 1 ? 'it is' : 'they are'} not called label.csv: ${some(unreadTables)}.`,
    );
  return { layout, root: found, pictures, folder, labels, unused, notes };
}

function findRoot(all: readonly string[], others: readonly string[]): string | SeveralRoots {
  const relevant = [...all, ...others.filter((path) => isTable(nameOf(path)) && !/readme/i.test(path))];
  let root = '';
  for (;;) {
    const folders = new Set<string>();
    const files = new Set<string>();
    for (const path of relevant) {
      if (!path.startsWith(root)) continue;
      const cut = path.indexOf('/', root.length);
      if (cut < 0) files.add(path.slice(root.length));
      else folders.add(path.slice(root.length, cut));
    }
    const isMarked =
      [...folders].some((name) => is(name, 'image') || is(name, 'classes')) || [...files].some(isLabelFile);
    if (isMarked) return root;
    const datasets = [...folders].map((name) => `${root}${name}/`).filter((path) => isDataset(relevant, path));
    if (datasets.length > 1) return { roots: datasets };
    const [only] = folders;
    if (folders.size !== 1 || files.size > 0 || only === undefined) return datasets[0] ?? root;
    root = `${root}${only}/`;
  }
}

/** True for a folder with `image` or `Classes` in it: a label file alone may belong to pictures anywhere. */
function isDataset(paths: readonly string[], folder: string): boolean {
  return paths.some((path) => path.startsWith(folder) && /^(image|classes)\//i.test(path.slice(folder.length)));
}

function firstFolders(paths: readonly string[], root: string): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    const cut = path.indexOf('/', root.length);
    if (cut >= 0) names.add(path.slice(root.length, cut));
  }
  return [...names];
}

/** Structured when every picture lies in a study's series. */
function judgeSeries(pictures: readonly string[], folder: string, notes: string[]): 'image' | 'structured' {
  const parts = pictures.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length).split('/'));
  const deep = parts.filter((one) => one.length === 3);
  if (deep.length > 0 && deep.length === parts.length && deep.every((one) => SERIES.test(one[1] ?? '')))
    return 'structured';
  const near = deep.find((one) => /series/i.test(one[1] ?? ''));
  if (near)
    notes.push(`Folders such as ${near[1]} are not spelled Series1, Series2, …, so they are not read as series.`);
  return 'image';
}

function noteClasses(pictures: readonly string[], folder: string, notes: string[]): void {
  const stray = pictures.filter((path) => classOf(path, folder) === null);
  if (stray.length > 0) notes.push(`Outside of a class folder, so without a label: ${some(stray)}.`);
}

/**
 * What the guide's readers may stumble over in names: file names that stand in several folders, and paths that differ only in case. Hints
 * only: of large datasets, where every name would be looked at twice, they are not given.
 */
export function noteNames({ pictures, layout }: Understood): string[] {
  const notes: string[] = [];
  if (pictures.length > HINTED) return notes;
  const twice = layout === 'structured' ? undefined : firstTwice(pictures, nameOf);
  if (twice !== undefined)
    notes.push(`The same file name stands in several folders (${nameOf(twice)}); they are told apart by their folder.`);
  const inCase = firstTwice(pictures, (path) => path.toLowerCase());
  if (inCase !== undefined)
    notes.push(`Some names differ only in case (${inCase}); Windows and macOS take them for one.`);
  return notes;
}

function firstTwice(paths: readonly string[], keyOf: (path: string) => string): string | undefined {
  const keys = new Set<string>();
  return paths.find((path) => keys.size === keys.add(keyOf(path)).size);
}

/** The class folder that a picture lies in; null outside of `Classes`, or directly in it. */
export function classOf(path: string, folder: string): string | null {
  if (!path.startsWith(folder)) return null;
  const cut = path.indexOf('/', folder.length);
  return cut < 0 ? null : path.slice(folder.length, cut);
}

/** Study and series of a picture in a structured dataset. */
export function seriesOf(path: string, folder: string): { study: string; series: number } | null {
  const [study = '', series = ''] = path.slice(folder.length).split('/');
  return path.startsWith(folder) && SERIES.test(series)
    ? { study, series: Number(series.slice('Series'.length)) }
    : null;
}

function labelsOf(
  files: readonly string[],
  layout: DeepqLayout,
  root: string,
  folder: string,
  notes: string[],
): string[] {
  const at = (directory: string): string[] =>
    files
      .filter((path) => directoryOf(path) === directory.replace(/\/$/, ''))
      .sort((a, b) => Number(b.endsWith('label.csv')) - Number(a.endsWith('label.csv')));
  const [first] = at(root);
  const spelled = (path: string): string[] => {
    if (nameOf(path) !== 'label.csv')
      notes.push(`The file is called ${nameOf(path)}; the guide's text says label.csv in lower case.`);
    return [path];
  };
  if (first !== undefined && layout !== 'anywhere') return spelled(first);
  if (layout === 'anywhere') return [...files].sort();
  const [inFolder] = folder === '' ? [] : at(folder);
  if (inFolder === undefined) return [];
  notes.push(`label.csv lies in ${folder}; the guide puts it beside that folder.`);
  return spelled(inFolder);
}

/** Up to three names, and how many more. */
const some = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
