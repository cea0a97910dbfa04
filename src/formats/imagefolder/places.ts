// Finds metadata files among the files of a dataset, and the split that the folder of each says.
import { directoryOf, extensionOf, nameOf } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import { huggingFaceSplit } from '../split-words.ts';
import type { MetadataPlace } from './records.ts';

const NAMES: readonly string[] = ['metadata.jsonl', 'metadata.csv', 'metadata.parquet'];
/** Kinds of metadata files, by their extension. */
export type MetadataKind = 'jsonl' | 'csv' | 'parquet';

/** Metadata files by kind, in path order. Case counts: Hugging Face does not know Metadata.jsonl. */
export function metadataFiles(others: readonly string[]): Map<MetadataKind, string[]> {
  const found = new Map<MetadataKind, string[]>();
  for (const path of [...others].sort(byCodePoint)) {
    if (!NAMES.includes(nameOf(path))) continue;
    const kind = kindOf(path);
    found.set(kind, [...(found.get(kind) ?? []), path]);
  }
  return found;
}

/** By the extension; what is neither CSV nor Parquet is read as JSON lines. */
export function kindOf(path: string): MetadataKind {
  const extension = extensionOf(path);
  return extension === 'csv' || extension === 'parquet' ? extension : 'jsonl';
}

/** Where the records of a file stand. `several`: there are other metadata files, so that opsml 2's folder names count as splits, too. */
export function placeOf(file: string, splits: boolean, several: boolean): MetadataPlace {
  const folder = directoryOf(file);
  return { file, folder, split: splits && folder !== '' ? folderSplit(folder, several) : null };
}

function folderSplit(folder: string, several: boolean): string | null {
  for (const part of folder.split('/')) {
    const split = huggingFaceSplit(part);
    if (split !== null) return split;
  }
  return several ? nameOf(folder) : null;
}
