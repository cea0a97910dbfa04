// Paths inside a dataset: '/'-separated, relative to the opened folder, never starting with '/' and never holding '..'.

/** The folder part of a path, without the last '/'; '' for a file at the root. */
export function directoryOf(path: string): string {
  const i = path.lastIndexOf('/');
  return i < 0 ? '' : path.slice(0, i);
}

/** The last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Folder and name as one path. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** The extension in lower case without its dot; '' when there is none ('.png' is a hidden name, not an extension). */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const i = name.lastIndexOf('.');
  return i <= 0 ? '' : name.slice(i + 1).toLowerCase();
}
