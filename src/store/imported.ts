// Files that were imported from outside a dataset's folder, kept so that the import can be repeated and its lines written back.
import { toVitrineError } from '../shared/errors.ts';

const FOLDER = 'imported';

/** Keeps files under their names, in place of those of the same name. Errors: `storage-full`. */
export async function keepImported(dataset: string, files: ReadonlyMap<string, File>): Promise<void> {
  if (files.size === 0) return;
  const folder = await folderOf(dataset, true);
  for (const [name, file] of files) {
    const writable = await (await folder.getFileHandle(encodeURIComponent(name), { create: true })).createWritable();
    await file.stream().pipeTo(writable);
  }
}

/** Those of the named files that are kept, under their own names. */
export async function readImported(dataset: string, names: readonly string[]): Promise<Map<string, File>> {
  const found = new Map<string, File>();
  if (names.length === 0) return found;
  try {
    const folder = await folderOf(dataset, false);
    for (const name of names) {
      const file = await (await folder.getFileHandle(encodeURIComponent(name))).getFile();
      found.set(name, file);
    }
  } catch (error) {
    if (toVitrineError(error).code !== 'not-found') throw error;
  }
  return found;
}

/** Forgets all kept files of a dataset. */
export async function removeImported(dataset: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle(FOLDER)).removeEntry(dataset, { recursive: true });
  } catch (error) {
    if (toVitrineError(error).code !== 'not-found') throw error;
  }
}

async function folderOf(dataset: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return (await root.getDirectoryHandle(FOLDER, { create })).getDirectoryHandle(dataset, { create });
}
