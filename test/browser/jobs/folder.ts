// Folders for tests in the origin-private file system, which gives real directory handles without a prompt.

/** Makes (anew) a folder that holds files with these paths; the content of each is its own path unless given. */
export async function makeFolder(
  name: string,
  files: readonly string[] | Readonly<Record<string, string>>,
): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  const folder = await root.getDirectoryHandle(name, { create: true });
  const entries: [string, string][] = Array.isArray(files) ? files.map((path) => [path, path]) : Object.entries(files);
  for (const [path, content] of entries) await writeFile(folder, path, content);
  return folder;
}

export async function writeFile(folder: FileSystemDirectoryHandle, path: string, content: string): Promise<void> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let at = folder;
  for (const part of parts) at = await at.getDirectoryHandle(part, { create: true });
  const writable = await (await at.getFileHandle(name, { create: true })).createWritable();
  await writable.write(content);
  await writable.close();
}

export async function removeFile(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let at = folder;
  for (const part of parts) at = await at.getDirectoryHandle(part);
  await at.removeEntry(name, { recursive: true });
}

/** Writes what the model worker would have: the vectors of rows from 0 on, which have to be on disk before the session hears of them. */
export async function writeVectors(dataset: string, key: string, data: Float16Array<ArrayBuffer>): Promise<void> {
  const vectors = await (await navigator.storage.getDirectory()).getDirectoryHandle('vectors', { create: true });
  const file = await (await vectors.getDirectoryHandle(dataset, { create: true })).getFileHandle(`${key}.f16`, {
    create: true,
  });
  const writable = await file.createWritable();
  await writable.write(data);
  await writable.close();
}
