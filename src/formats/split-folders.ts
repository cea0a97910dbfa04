// Which folder holds the split of a picture, by the way that the folders were read.
import type { Layout } from '../catalog/types.ts';
import { directoryOf } from '../shared/paths.ts';

/**
 * The folder that holds a path's split: 'data/train' of 'data/train/cat/1.jpg'. '' where folders tell no splits; null for a picture
 * outside the split folders, whose line no reader would find.
 */
export function splitFolderOf(layout: Layout | null): (path: string) => string | null {
  if (layout?.splitLevel == null) return () => '';
  const { splitLevel } = layout;
  const folders = new Set(layout.splits.map(([folder]) => folder));
  const find = (directory: string): string | null => {
    const parts = directory.split('/');
    const folder = parts[splitLevel];
    return folder !== undefined && folders.has(folder) ? parts.slice(0, splitLevel + 1).join('/') : null;
  };
  let last = { directory: '', folder: find('') }; // rows come folder by folder
  return (path) => {
    const directory = directoryOf(path);
    if (directory !== last.directory) last = { directory, folder: find(directory) };
    return last.folder;
  };
}
