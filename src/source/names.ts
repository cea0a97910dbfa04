// Which names are pictures and why the others are not: one table for walks of folders, file lists and zips.
import { extensionOf } from '../shared/paths.ts';
import type { LeftOutReason } from './types.ts';

/** Extensions of pictures, lower case. What a file really is, its bytes decide when it is decoded. */
export const pictureExtensions: ReadonlySet<string> = new Set(
  'jpg jpeg jpe jfif png apng ppm bmp dib pgm pbm pnm pam tif tiff webp dcm dicom gif avif'.split(' '),
);

/** Extensions of files that dataset tools keep beside the pictures. */
const metadataExtensions: ReadonlySet<string> = new Set(
  'csv tsv json jsonl ndjson yaml yml parquet arrow txt xml h5 hdf5 mat npy npz pkl toml'.split(' '),
);

/** What operating systems and archivers leave behind, lower case. */
const systemNames: ReadonlySet<string> = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '__macosx',
  '$recycle.bin',
  'system volume information',
  'icon\r',
]);

/** The copy that `save.ts` keeps of a file it replaces: `train.csv.bak-20261121-093000`. */
const backupName = /\.bak-\d{8}-\d{6}(-\d+)?$/;

/** Why a folder of this name is not walked, or null when it is. */
export function judgeFolder(name: string): LeftOutReason | null {
  if (name === '') return 'name-not-utf8';
  if (name.startsWith('.')) return 'hidden';
  return systemNames.has(name.toLowerCase()) ? 'system' : null;
}

/** Why a file of this name is not a picture, or null when it is one by its extension (any case). */
export function judgeFile(name: string): LeftOutReason | null {
  // The order of tests is by frequency: a walk of a million names comes through here.
  if (!name.startsWith('.') && pictureExtensions.has(extensionOf(name))) return null;
  if (name === '') return 'name-not-utf8'; // Chromium enumerates names that are not UTF-8 as ''
  if (name.endsWith('.crswap')) return 'swap';
  if (systemNames.has(name.toLowerCase())) return 'system';
  if (name.startsWith('.')) return 'hidden';
  if (metadataExtensions.has(extensionOf(name)) || backupName.test(name)) return 'metadata';
  return 'not-an-image';
}
