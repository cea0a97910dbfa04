// What only the page may do with the person's files: the folder picker, dropped items, a file input, and asking for permission.
import { toVitrineError, VitrineError } from '../shared/errors.ts';
import { extensionOf } from '../shared/paths.ts';
import type { SourceRef } from './types.ts';

/** True when the browser can open a folder so that saving into it is possible too (Chrome and Edge on a computer). */
function canPickDirectory(): boolean {
  return typeof globalThis.showDirectoryPicker === 'function';
}

/**
 * Shows the browser's folder picker; null when the person cancels. Needs a click. Asks for reading only: writing is asked when
 * the person saves. Errors: `platform`, `permission`.
 */
export async function pickDirectory(): Promise<SourceRef | null> {
  if (!canPickDirectory())
    throw new VitrineError(
      'platform',
      'This browser has no folder picker. Use Chrome or Edge, or choose files instead.',
    );
  try {
    return { kind: 'directory', handle: await globalThis.showDirectoryPicker({ id: 'vitrine', mode: 'read' }) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw toVitrineError(error, 'the folder');
  }
}

/** What was dropped: one folder, or loose files for the page to judge (a backbone and its card, a zip, pictures). */
export type Dropped = { kind: 'folder'; source: SourceRef } | { kind: 'files'; files: File[] };

/**
 * Reads a drop. Call it in the drop event itself: the items are emptied after it, so all handles are asked for before the
 * first await. Errors: `bad-input` for several folders or a mix, `not-found` for a link, `no-data` for anything that is no file.
 */
export async function sourcesFromDrop(data: DataTransfer): Promise<Dropped> {
  const items = [...data.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  const files = items.map((item) => item.getAsFile());
  const handles = await Promise.all(items.map((item) => item.getAsFileSystemHandle?.() ?? null));
  if (items.length === 0)
    throw new VitrineError('no-data', 'Nothing that was dropped is a file or folder. Drop a folder.');

  const folders = handles.filter((handle) => handle instanceof FileSystemDirectoryHandle);
  const [folder] = folders;
  if (folder !== undefined && items.length === 1)
    return { kind: 'folder', source: { kind: 'directory', handle: folder } };
  if (folders.length > 0)
    throw new VitrineError(
      'bad-input',
      `${items.length} items were dropped. Drop one folder: the one that holds all the others.`,
    );

  // A link to a folder comes as a file handle whose entry is a folder, or whose bytes cannot be read.
  const link = entries.findIndex((entry, i) => entry?.isDirectory === true && handles[i] != null);
  const linkName = entries[link]?.name;
  if (linkName !== undefined)
    throw new VitrineError(
      'not-found',
      `“${linkName}” is a link to a folder, which browsers do not follow. Drop the folder itself.`,
    );
  if (entries.some((entry) => entry?.isDirectory))
    throw new VitrineError('platform', 'This browser cannot open a dropped folder. Use “Open folder”.');
  return { kind: 'files', files: files.filter((file) => file !== null) };
}

/** The sentence for dropped files that are neither a backbone nor a dataset. */
export function looseFiles(files: readonly File[]): VitrineError {
  const [first] = files;
  if (files.length === 1 && first !== undefined && extensionOf(first.name) === 'zip')
    return new VitrineError('unsupported', `${first.name} is a zip. Unpack it and drop the folder.`, {
      file: first.name,
    });
  const what = files.length === 1 ? `“${first?.name}” is a single file` : `${files.length} single files were dropped`;
  return new VitrineError('bad-input', `${what}. Drop the folder that holds the pictures.`);
}

/** The files of `<input type="file" webkitdirectory>`; null when none was chosen. Read-only: there are no handles. */
export function sourceFromInput(list: FileList): SourceRef | null {
  const [first] = list;
  if (first === undefined) return null;
  const name = first.webkitRelativePath.split('/')[0] || 'files';
  const files = [...list].map((file) => {
    const path = file.webkitRelativePath || `${name}/${file.name}`;
    return { path: path.slice(path.indexOf('/') + 1), file };
  });
  return { kind: 'files', name, files };
}

/**
 * Makes sure that a handle may be read or written, asking the person where needed. Call it in a click: without one the browser
 * refuses to ask, and the result is 'prompt'. Queried first, because a request that needs no question needs no click.
 */
export async function ensurePermission(
  handle: FileSystemDirectoryHandle,
  mode: 'read' | 'readwrite',
): Promise<PermissionState> {
  const state = await handle.queryPermission({ mode });
  if (state !== 'prompt') return state;
  try {
    return await handle.requestPermission({ mode });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return 'prompt';
    throw toVitrineError(error, handle.name);
  }
}

export { missingFeatures } from './features.ts';
