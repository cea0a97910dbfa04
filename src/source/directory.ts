// A dataset in an opened directory handle: lists names folder by folder without opening a file, and opens files by path.
import { throwIfAborted, toVitrineError, VitrineError } from '../shared/errors.ts';
import { compareNatural } from '../shared/natural.ts';
import { directoryOf, joinPath, nameOf } from '../shared/paths.ts';
import { createBatcher } from './batches.ts';
import { judgeFile, judgeFolder } from './names.ts';
import type { Source, WalkBatch } from './types.ts';

/** Handles kept open: enough for the folders of one screen and the jobs behind it; least recently used leaves first. */
const keptHandles = 64;

/** Opens a directory handle as a source. `writable` means that writing can be asked for, not that it was granted. */
export function openDirectory(root: FileSystemDirectoryHandle): Source {
  const folder = createFolderCache(root);
  return {
    kind: 'directory',
    name: root.name,
    writable: true,
    async file(path) {
      try {
        const handle = await (await folder.get(directoryOf(path))).getFileHandle(nameOf(path));
        return await handle.getFile();
      } catch (error) {
        folder.forget(directoryOf(path)); // the folder may have been replaced by another of its name
        throw fileError(error, path);
      }
    },
    walk: (options = {}) => walk(root, folder, options),
  };
}

/**
 * Depth first with natural order among siblings, so that a person sees folders fill in the order of the list. Folders of one
 * directory are remembered by path, not by handle: 100,000 handles cost more than asking again.
 */
async function* walk(
  root: FileSystemDirectoryHandle,
  cache: FolderCache,
  options: { from?: readonly string[]; signal?: AbortSignal },
): AsyncGenerator<WalkBatch> {
  const pending = [...(options.from ?? [''])].sort(compareNatural).reverse();
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const children: string[] = [];
    const next = pending.at(-1);
    if (next !== undefined) cache.get(next).catch(() => undefined); // at hand when its turn comes; asked again where it fails
    for await (const batch of list(root, cache, directory, options.signal)) {
      children.push(...batch.folders);
      yield batch;
    }
    pending.push(...children.sort(compareNatural).reverse());
  }
}

async function* list(
  root: FileSystemDirectoryHandle,
  cache: FolderCache,
  directory: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WalkBatch> {
  const batcher = createBatcher(directory);
  throwIfAborted(signal);
  try {
    const handle = await cache.get(directory);
    for await (const [name, child] of handle.entries()) {
      if (child.kind === 'file') {
        const reason = judgeFile(name);
        if (reason === null) batcher.addName(name);
        else batcher.addLeftOut({ path: joinPath(directory, name), reason });
      } else {
        const reason = judgeFolder(name);
        const path = joinPath(directory, name);
        if (reason === null) batcher.addFolder(path);
        else batcher.addLeftOut({ path, reason });
      }
      if (batcher.full()) {
        throwIfAborted(signal);
        yield batcher.take(false);
      }
    }
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof VitrineError && error.code === 'aborted') throw error;
    cache.forget(directory);
    // A subfolder that cannot be listed is reported and passed over; the rest of the dataset is still there.
    if (directory === '') throw rootError(error, root.name);
    await requireRoot(root);
    batcher.addLeftOut({ path: directory, reason: error instanceof TypeError ? 'refused-name' : 'unreadable-folder' });
  }
  yield batcher.take(true);
}

/** Tells a subfolder that went away from a root that did, or whose permission ended: the latter ends the walk. */
async function requireRoot(root: FileSystemDirectoryHandle): Promise<void> {
  try {
    await root.keys().next();
  } catch (error) {
    throw rootError(error, root.name);
  }
}

function rootError(error: unknown, name: string): VitrineError {
  const known = toVitrineError(error, name);
  if (known.code === 'not-found')
    return new VitrineError(
      'not-found',
      `The folder “${name}” was moved, renamed or deleted. Open it again from where it is now.`,
      { file: name, cause: error },
    );
  if (known.code === 'permission')
    return new VitrineError(
      'permission',
      `The browser no longer allows reading the folder “${name}”. Click “Allow” to go on.`,
      { file: name, cause: error },
    );
  if (known.code !== 'internal') return known;
  return new VitrineError('unreadable', `The folder “${name}” could not be listed (${known.message}).`, {
    file: name,
    cause: error,
  });
}

function fileError(error: unknown, path: string): VitrineError {
  const name = error instanceof Error ? error.name : '';
  // TypeError: a name the browser refuses ('a:b', 'con.txt'). TypeMismatchError: a folder took the file's name.
  if (name === 'TypeError' || name === 'TypeMismatchError')
    return new VitrineError('not-found', `${path} cannot be opened: the browser refuses its name. Rename the file.`, {
      file: path,
      cause: error,
    });
  return toVitrineError(error, path);
}

type FolderCache = ReturnType<typeof createFolderCache>;

/** Directory handles by path, least recently used out first. Promises are kept, so that parallel reads ask once. */
function createFolderCache(root: FileSystemDirectoryHandle) {
  const kept = new Map<string, Promise<FileSystemDirectoryHandle>>();
  const get = (directory: string): Promise<FileSystemDirectoryHandle> => {
    if (directory === '') return Promise.resolve(root);
    const known = kept.get(directory);
    const handle = known ?? get(directoryOf(directory)).then((parent) => parent.getDirectoryHandle(nameOf(directory)));
    kept.delete(directory);
    kept.set(directory, handle); // a Map keeps order of insertion: the first key is the least recently used
    if (known === undefined) {
      handle.catch(() => kept.delete(directory));
      const oldest = kept.keys().next().value;
      if (kept.size > keptHandles && oldest !== undefined) kept.delete(oldest);
    }
    return handle;
  };
  const forget = (directory: string): void => {
    // The ancestors too: any of them may be what moved.
    for (let path = directory; path !== ''; path = directoryOf(path)) kept.delete(path);
  };
  return { get, forget };
}
