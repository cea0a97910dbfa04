// Replaces a file in the person's folder safely: written beside it, swapped in as a whole, the old one kept under another name.

import { crc32 } from '../shared/crc32.ts';
import { throwIfAborted, toVitrineError, VitrineError } from '../shared/errors.ts';
import { directoryOf, extensionOf, nameOf } from '../shared/paths.ts';
import { pictureExtensions } from './names.ts';

/** Text handed to one `write` of a file: one call a line costs 1 ms (1.33 million lines: 22 min), one a MiB 12 ms. */
export const saveChunk = 1 << 20;

/** A file that is being written. Until `commit` the old file is untouched; after `discard` nothing has changed. */
export interface Replacement {
  /** Appends text (as UTF-8) or bytes; best in pieces of `saveChunk`. Errors: `storage-full`, `permission`. */
  write(content: string | Uint8Array<ArrayBuffer>): Promise<void>;
  /** Swaps the new file in; not stopped by the signal, so that of several files not only some are swapped. `backup` names the copy of the file that was replaced, where one was made. */
  commit(): Promise<{ bytes: number; backup?: string }>;
  /** Drops what was written. */
  discard(): Promise<void>;
}

/** What a save would replace, for the plan. `backup` is the name the copy would get. */
export interface Replaced {
  bytes: number;
  backup: string;
  file: File;
}

/** The file at `path` (relative to `root`), or null when there is none. Errors: `permission`, `bad-input` for a picture. */
export async function findReplaced(
  root: FileSystemDirectoryHandle,
  path: string,
  now: Date = new Date(),
): Promise<Replaced | null> {
  refusePictures(path);
  try {
    let folder = root;
    for (const name of folderNames(path)) folder = await folder.getDirectoryHandle(name);
    const file = await (await folder.getFileHandle(nameOf(path))).getFile();
    return { bytes: file.size, backup: backupName(path, now), file };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw saveError(error, path);
  }
}

/**
 * Starts writing the file at `path`; missing folders are made. The browser writes into `NAME.crswap` and renames it over the
 * target in `commit`, so a crash leaves the old file whole. A Web Lock keeps other tabs from the same file until then.
 * Errors: `permission` (ask before, in the page), `busy` (another tab saves it), `bad-input` (a picture or a folder has the name).
 */
export async function openReplacement(
  root: FileSystemDirectoryHandle,
  path: string,
  options: { now?: Date; signal?: AbortSignal } = {},
): Promise<Replacement> {
  refusePictures(path);
  await requireWritable(root);
  const release = await lockFile(`${root.name}/${path}`, path);
  try {
    let folder = root;
    for (const name of folderNames(path)) folder = await folder.getDirectoryHandle(name, { create: true });
    const name = nameOf(path);
    const existed = await exists(folder, name);
    const handle = await folder.getFileHandle(name, { create: true });
    const writable = await handle.createWritable();
    let checksum = 0;
    let bytes = 0;
    let open = true;
    const encoder = new TextEncoder();
    const discard = async (): Promise<void> => {
      if (!open) return;
      open = false;
      await writable.abort().catch(() => undefined); // already failed: there is nothing more to drop
      if (!existed) await folder.removeEntry(name).catch(() => undefined); // the empty file that opening made
      release();
    };
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (error) {
        await discard();
        throw saveError(error, path);
      }
    };
    return {
      write: (content) =>
        guarded(async () => {
          throwIfAborted(options.signal);
          const data = typeof content === 'string' ? encoder.encode(content) : content;
          checksum = crc32(data, checksum);
          bytes += data.length;
          await writable.write(data);
        }),
      commit: () =>
        guarded(async () => {
          const backup = existed ? await keepCopy(folder, handle, { bytes, checksum }, options.now) : undefined;
          await writable.close();
          open = false;
          release();
          return { bytes, ...(backup === undefined ? {} : { backup }) };
        }),
      discard,
    };
  } catch (error) {
    release();
    throw saveError(error, path);
  }
}

/** `train.csv` → `train.csv.bak-20261121-093000` (local time). At the end, so that tools which read every *.csv pass it over. */
function backupName(path: string, now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${path}.bak-${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

/**
 * Copies the old file under its backup name, unless the new content is the same (size and CRC-32). Resolves with the name of
 * the copy. Earlier copies are not searched for: listing a folder of a million pictures would take minutes.
 */
async function keepCopy(
  folder: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
  written: { bytes: number; checksum: number },
  now: Date = new Date(),
): Promise<string | undefined> {
  const old = await handle.getFile();
  if (old.size === 0) return undefined;
  if (old.size === written.bytes && (await fileChecksum(old)) === written.checksum) return undefined;
  const base = backupName(handle.name, now);
  let name = base;
  for (let n = 2; await exists(folder, name); n++) name = `${base}-${n}`; // two saves in one second
  const copy = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await old.stream().pipeTo(copy); // closes the copy, and aborts it when reading fails
  return name;
}

async function fileChecksum(file: Blob): Promise<number> {
  let checksum = 0;
  for await (const chunk of file.stream()) checksum = crc32(chunk, checksum);
  return checksum;
}

async function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return false;
    throw error;
  }
}

/** Without a granted write permission, Chromium's calls wait for a prompt that a worker can never show: asked first. */
async function requireWritable(root: FileSystemDirectoryHandle): Promise<void> {
  if ((await root.queryPermission({ mode: 'readwrite' })) === 'granted') return;
  throw new VitrineError(
    'permission',
    `The browser does not allow saving into “${root.name}” yet. Click “Save” again and allow it.`,
    { file: root.name },
  );
}

/** Takes the lock of a file and resolves with the function that gives it back. */
function lockFile(id: string, path: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const request = navigator.locks.request(`vitrine save ${id}`, { ifAvailable: true }, (lock) => {
      if (lock === null)
        throw new VitrineError('busy', `Another tab is saving ${path} just now. Try again when it has finished.`, {
          file: path,
        });
      return new Promise<void>((release) => resolve(release));
    });
    request.catch(reject);
  });
}

function refusePictures(path: string): void {
  if (pictureExtensions.has(extensionOf(path)))
    throw new VitrineError('bad-input', `${path} has the name of a picture, and Vitrine never writes over pictures.`, {
      file: path,
    });
}

function folderNames(path: string): string[] {
  const directory = directoryOf(path);
  return directory === '' ? [] : directory.split('/');
}

function saveError(error: unknown, path: string): VitrineError {
  const name = error instanceof Error ? error.name : '';
  const place = { file: path, cause: error };
  if (name === 'TypeMismatchError')
    return new VitrineError('bad-input', `A folder has the name ${path}. Rename it, or save somewhere else.`, place);
  if (name === 'TypeError')
    return new VitrineError(
      'bad-input',
      `The browser refuses the file name ${path}. Rename the split it is made of.`,
      place,
    );
  if (name === 'NoModificationAllowedError')
    return new VitrineError('busy', `${path} is open for writing elsewhere. Close it there and save again.`, place);
  if (name === 'NotFoundError')
    return new VitrineError(
      'not-found',
      `The folder for ${path} is no longer there. Open the dataset's folder again.`,
      place,
    );
  if (name === 'QuotaExceededError')
    return new VitrineError(
      'storage-full',
      `The disk is full: ${path} was not written, the old file is unchanged.`,
      place,
    );
  return toVitrineError(error, path);
}
