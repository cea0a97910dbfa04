// A dataset in a list of files from a folder input: no handles, so read-only, but walked and opened like a folder.
import { throwIfAborted, VitrineError } from '../shared/errors.ts';
import { compareNatural } from '../shared/natural.ts';
import { directoryOf, joinPath, nameOf } from '../shared/paths.ts';
import { createBatcher } from './batches.ts';
import { judgeFile, judgeFolder } from './names.ts';
import type { LeftOut, Source, WalkBatch } from './types.ts';

/** Opens a list of files; paths are relative to the chosen folder. Of two files with one path the later one counts. */
export function openFiles(name: string, files: readonly { path: string; file: File }[]): Source {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  return {
    kind: 'files',
    name,
    writable: false,
    async file(path) {
      const file = byPath.get(path);
      if (file === undefined)
        throw new VitrineError('not-found', `${path} is not among the chosen files. Choose the folder again.`, {
          file: path,
        });
      return file;
    },
    walk: (options = {}) => walkPaths(byPath.keys(), options),
  };
}

/**
 * Walks a flat list of paths as the folders that it came from. `isPicture` may tell that a file whose name says nothing is one;
 * `leftOut` comes with the first batch of the root.
 */
export async function* walkPaths(
  paths: Iterable<string>,
  options: { from?: readonly string[]; signal?: AbortSignal },
  {
    isPicture,
    leftOut: more = [],
  }: { isPicture?: (path: string) => Promise<boolean>; leftOut?: readonly LeftOut[] } = {},
): AsyncGenerator<WalkBatch> {
  const tree = groupByFolder(paths);
  const pending = [...(options.from ?? [''])].sort(compareNatural).reverse();
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    throwIfAborted(options.signal);
    const { names = [], folders = [], leftOut = [] } = tree.get(directory) ?? {};
    const batcher = createBatcher(directory);
    for (const path of folders) batcher.addFolder(path);
    if (directory === '') for (const item of more) batcher.addLeftOut(item);
    for (const item of leftOut) {
      throwIfAborted(options.signal);
      if (item.reason === 'not-an-image' && (await isPicture?.(item.path))) names.push(nameOf(item.path));
      else batcher.addLeftOut(item);
    }
    for (const name of names) {
      batcher.addName(name);
      if (batcher.full()) yield batcher.take(false);
    }
    yield batcher.take(true);
    pending.push(...folders.sort(compareNatural).reverse());
  }
}

interface Folder {
  names: string[];
  folders: string[];
  leftOut: LeftOut[];
}

/** Rebuilds the folders that the flat list came from; what lies below a left-out folder is left out with it, as one item. */
function groupByFolder(paths: Iterable<string>): Map<string, Folder> {
  const tree = new Map<string, Folder>([['', { names: [], folders: [], leftOut: [] }]]);
  const refused = new Set<string>();
  const folderAt = (directory: string): Folder | null => {
    const known = tree.get(directory);
    if (known) return known;
    if (refused.has(directory)) return null;
    const parent = folderAt(directoryOf(directory));
    if (parent === null) return null;
    const reason = judgeFolder(nameOf(directory));
    if (reason !== null) {
      refused.add(directory);
      parent.leftOut.push({ path: directory, reason });
      return null;
    }
    const folder: Folder = { names: [], folders: [], leftOut: [] };
    tree.set(directory, folder);
    parent.folders.push(directory);
    return folder;
  };
  for (const path of paths) {
    const directory = directoryOf(path);
    const folder = folderAt(directory);
    if (folder === null) continue;
    const name = nameOf(path);
    const reason = judgeFile(name);
    if (reason === null) folder.names.push(name);
    else folder.leftOut.push({ path: joinPath(directory, name), reason });
  }
  return tree;
}
