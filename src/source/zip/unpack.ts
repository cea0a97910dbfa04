// Unpacks a zip into a folder, for the sample dataset: into the browser's private storage, never over existing pictures of a person.
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import { directoryOf, nameOf } from '../../shared/paths.ts';
import { createMeter, type JobOptions } from '../../shared/progress.ts';
import { listZip } from './list.ts';
import { readZipEntry } from './read.ts';

/** In all, unpacked: as much as fits the private storage of a phone. */
const maxBytes = 2 ** 31;

/** Files written at once: more brings nothing, each write waits for the browser process. */
const inFlight = 8;

/**
 * Unpacks every file of `zip` below `folder`; sizes and checksums are checked. The folder should be empty and the page's own (private
 * storage). Resolves with the number of files. Errors: those of `listZip` and `readZipEntry`, `too-large` over 2 GiB, `storage-full`,
 * `aborted`.
 */
export async function unpackZip(
  zip: Blob,
  folder: FileSystemDirectoryHandle,
  { signal, onProgress }: JobOptions = {},
): Promise<number> {
  const { entries: listed, refused } = await listZip(zip, zip instanceof File ? zip.name : 'The zip');
  const entries = [...listed];
  const [bad] = refused;
  if (bad) throw new VitrineError('bad-input', `The zip holds “${bad.name}”, which is not unpacked. Do not trust it.`);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > maxBytes)
    throw new VitrineError(
      'too-large',
      `The zip unpacks to ${Math.round(total / 2 ** 20).toLocaleString('en')} MiB; the limit is 2,048.`,
    );
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>([['', Promise.resolve(folder)]]);
  const folderAt = (path: string): Promise<FileSystemDirectoryHandle> => {
    const made =
      folders.get(path) ??
      folderAt(directoryOf(path)).then((parent) => parent.getDirectoryHandle(nameOf(path), { create: true }));
    folders.set(path, made);
    return made;
  };
  const meter = createMeter('files', entries.length);
  const queue = entries.values();
  let done = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (const entry of queue) {
      if (failed) return; // another file has failed: its error is the one to tell
      try {
        throwIfAborted(signal);
        const data = await readZipEntry(zip, entry, signal);
        const handle = await (await folderAt(directoryOf(entry.path))).getFileHandle(nameOf(entry.path), {
          create: true,
        });
        const writable = await handle.createWritable();
        await writable.write(data);
        await writable.close();
      } catch (error) {
        failed = true;
        throw toVitrineError(error, entry.path);
      }
      onProgress?.(meter(++done));
    }
  };
  // All writes have ended when this rejects: the caller may remove the folder at once.
  const ended = await Promise.allSettled(Array.from({ length: inFlight }, work));
  for (const { reason } of ended.filter((result) => result.status === 'rejected')) throw reason;
  return entries.length;
}
