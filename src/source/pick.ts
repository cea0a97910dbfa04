// What only the page may do with the person's files: the folder picker, dropped items, a file input, and asking for permission.
import type { DatasetInfo } from '../catalog/types.ts';
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

/** What was dropped: one folder or zip, or loose files for the page to judge (a backbone and its card, pictures). */
export type Dropped = { kind: 'source'; source: SourceRef } | { kind: 'files'; files: File[] };

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
    return { kind: 'source', source: { kind: 'directory', handle: folder } };
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
  const [file] = files;
  const [handle] = handles;
  if (files.length === 1 && file && isZip(file))
    return { kind: 'source', source: zipSource(handle instanceof FileSystemFileHandle ? handle : file) };
  return { kind: 'files', files: files.filter((one) => one !== null) };
}

const isZip = ({ name }: { name: string }): boolean => extensionOf(name) === 'zip';

/** A zip as a source, named after the file without its extension. A handle lets the browser open it again later. */
export function zipSource(zip: File | FileSystemFileHandle): SourceRef {
  return { kind: 'zip', name: zip.name.replace(/\.zip$/i, '') || zip.name, zip };
}

/** Shows the browser's file picker for a zip; null when the person cancels. Needs a click. Errors: `platform`, `permission`. */
export async function pickZip(): Promise<SourceRef | null> {
  if (typeof globalThis.showOpenFilePicker !== 'function')
    throw new VitrineError('platform', 'This browser has no file picker for this. Drop the zip onto the page instead.');
  try {
    const [handle] = await globalThis.showOpenFilePicker({
      id: 'vitrine-zip',
      types: [{ description: 'Zip', accept: { 'application/zip': ['.zip'] } }],
    });
    return zipSource(handle);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw toVitrineError(error, 'the zip');
  }
}

/** The sentence for dropped files that are neither a backbone nor a dataset. */
export function looseFiles(files: readonly File[]): VitrineError {
  const [first] = files;
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

/** The source that a known dataset leads back to; null when the person has to choose it again. */
export function wayBackTo(info: DatasetInfo): SourceRef | null {
  if (info.handle) return { kind: 'directory', handle: info.handle };
  const { name, zipHandle, codePage } = info;
  return zipHandle ? { kind: 'zip', name, zip: zipHandle, ...(codePage ? { codePage } : {}) } : null;
}

/** What the browser may have to be asked for before a source can be read; null when it is at hand. */
export function handleOf(ref: SourceRef): FileSystemDirectoryHandle | FileSystemFileHandle | null {
  if (ref.kind === 'directory') return ref.handle;
  return ref.kind === 'zip' && !(ref.zip instanceof Blob) ? ref.zip : null;
}

/**
 * Makes sure that a handle may be read or written, asking the person where needed. Call it in a click: without one the browser
 * refuses to ask, and the result is 'prompt'. Queried first, because a request that needs no question needs no click.
 */
export async function ensurePermission(
  handle: FileSystemDirectoryHandle | FileSystemFileHandle,
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
