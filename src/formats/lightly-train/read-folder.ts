// Reads a split that is a folder: one folder for each class below it, walked to any depth.
import { throwIfAborted } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import type { DatasetFiles, ImportIssue, ImportRow } from '../types.ts';
import { isListed } from './extensions.ts';
import type { LightlyTrainOptions } from './options.ts';
import type { Reading, SplitStep } from './read.ts';
import { firstFrom } from './resolve.ts';

const BATCH = 4096;

/** True when a file stands in or below this folder. '.' is the opened folder. */
export function isFolder(files: DatasetFiles, path: string): boolean {
  if (path === '.') return files.pictures.size > 0 || files.others.length > 0;
  const start = `${path}/`;
  return hasPrefix(files.pictures.paths(), start) || files.others.some((other) => other.startsWith(start));
}

/** The folders directly below these, in the order of their code points: the classes where no map is given. */
export function classFoldersOf(files: DatasetFiles, folders: readonly string[]): [id: number, name: string][] | null {
  if (folders.length === 0) return null;
  const names = new Set<string>();
  for (const folder of folders)
    for (const path of below(files.pictures.paths(), folder)) {
      const rest = inside(path, folder);
      const end = rest.indexOf('/');
      if (end > 0) names.add(rest.slice(0, end));
    }
  return [...names].sort(byCodePoint).map((name, id) => [id, name]);
}

/**
 * Every picture below the folder. Its class is each name of the map that is the beginning of its path, so that `animal` and `animal/cat` both
 * get it, as in LightlyTrain. The rest is left out with a reason.
 */
export async function* readFolderSplit(
  reading: Reading,
  folder: string,
  split: string,
  classes: LightlyTrainOptions['classes'],
): AsyncGenerator<SplitStep, void, undefined> {
  const { files, options, counts, signal } = reading;
  const ignore = new Set(options.ignore_classes);
  const byFolder = foldersOfClasses(classes ?? []);
  const pictures = [...below(files.pictures.paths(), folder)];
  // Files that LightlyTrain would list although they are no pictures for Vitrine.
  const others = files.others.filter((path) => isBelow(path, folder) && isListed(path));
  const all = pictures.length + others.length;
  let rows: ImportRow[] = [];
  let issues: ImportIssue[] = [];
  let done = 0;
  const leaveOut = (path: string, reason: string, text: string): void => {
    counts.leftOut++;
    issues.push({ kind: 'left-out', file: path, path, reason, text });
  };
  for (const path of [...pictures, ...others]) {
    counts.found++;
    const found = classesAlong(inside(path, folder), byFolder);
    const kept = found.filter(({ id }) => !ignore.has(id));
    if (!isListed(path)) leaveOut(path, 'extension', 'LightlyTrain does not read files with this extension.');
    else if (found.length === 0) {
      const { reason, text } = noClass(inside(path, folder), folder, byFolder);
      leaveOut(path, reason, text);
    } else if (kept.length === 0) leaveOut(path, 'ignored-class', `Its class “${found[0]?.name}” is to be ignored.`);
    else if (done >= pictures.length)
      leaveOut(path, 'not-a-picture', 'LightlyTrain would list this file, but Vitrine does not read it as a picture.');
    else {
      const labels = [...new Set(kept.map(({ name }) => name))];
      if (labels.length > 1) {
        reading.severalLabels = true;
        const names = labels.map((name) => `“${name}”`).join(' and ');
        issues.push(
          note(path, 'several-classes', `It is in the folders of ${names}; LightlyTrain lists it once for each.`),
        );
      }
      if (nameOf(path).startsWith('._'))
        issues.push(
          note(path, 'macos-file', 'A file of macOS beside a picture, hardly a picture; LightlyTrain lists it.'),
        );
      rows.push({ path, split, labels, file: path });
      counts.imported++;
    }
    if (++done % BATCH === 0) {
      throwIfAborted(signal);
      yield { rows, issues, share: done / all };
      [rows, issues] = [[], []];
    }
  }
  yield { rows, issues, share: 1 };
}

const note = (path: string, reason: string, text: string): ImportIssue => ({
  kind: 'note',
  file: path,
  path,
  reason,
  text,
});

interface ClassFolder {
  id: number;
  name: string;
}

/** Classes by their folder below the split; names that are no folder below it are absent. Of two ids with one name the later counts. */
function foldersOfClasses(classes: readonly (readonly [number, string])[]): Map<string, ClassFolder> {
  const byFolder = new Map<string, ClassFolder>();
  for (const [id, name] of classes) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length > 0 && !parts.includes('..') && !name.startsWith('/')) byFolder.set(parts.join('/'), { id, name });
  }
  return byFolder;
}

function classesAlong(path: string, byFolder: ReadonlyMap<string, ClassFolder>): ClassFolder[] {
  const found: ClassFolder[] = [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const entry = byFolder.get(path.slice(0, end));
    if (entry) found.push(entry);
  }
  return found;
}

function noClass(
  path: string,
  folder: string,
  byFolder: ReadonlyMap<string, ClassFolder>,
): { reason: string; text: string } {
  const end = path.indexOf('/');
  if (end < 0) return { reason: 'outside-classes', text: `It lies directly in ${folder}, in the folder of no class.` };
  const name = path.slice(0, end);
  const fold = (text: string): string => text.normalize('NFC').toLowerCase().trim();
  const alike = [...byFolder.values()].find((one) => fold(one.name) === fold(name));
  const hint = alike ? ` “${alike.name}” is one; the two are not written alike.` : '';
  return { reason: 'unknown-folder', text: `The folder “${name}” is no class.${hint}` };
}

const inside = (path: string, folder: string): string => (folder === '.' ? path : path.slice(folder.length + 1));
const isBelow = (path: string, folder: string): boolean => folder === '.' || path.startsWith(`${folder}/`);

/** Paths below a folder; `paths` are in the order of their code points, in which they stand together. */
function* below(paths: readonly string[], folder: string): Generator<string> {
  if (folder === '.') {
    yield* paths;
    return;
  }
  const start = `${folder}/`;
  for (let i = firstFrom(paths, start); i < paths.length; i++) {
    const path = paths[i] ?? '';
    if (!path.startsWith(start)) return;
    yield path;
  }
}

const hasPrefix = (paths: readonly string[], start: string): boolean =>
  paths[firstFrom(paths, start)]?.startsWith(start) ?? false;
