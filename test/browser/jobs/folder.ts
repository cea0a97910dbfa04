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
