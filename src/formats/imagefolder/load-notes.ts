// What Hugging Face `datasets` would lose or refuse of the files that were read, in sentences.
import { extensionOf, nameOf } from '../../shared/paths.ts';
import type { DatasetFiles } from '../types.ts';
import { count, quoteSome } from '../words.ts';
import type { createColumns } from './columns.ts';
import { isLoaded, listSplits } from './peers/listing.ts';

/** `metadata`: the files that were read; `lost`: lines of them that are no records. */
export function loadNotes(
  files: DatasetFiles,
  metadata: readonly string[],
  { lost, columns }: { lost: number; columns: ReturnType<typeof createColumns> },
): string[] {
  const isJson = metadata.some((file) => extensionOf(file) === 'jsonl');
  const mixed = columns.mixed();
  const times = columns.times();
  return [
    ...(mixed.length > 0
      ? [`Values of ${quoteSome(mixed)} are of several types and kept as text; Hugging Face refuses such a file.`]
      : []),
    ...(lost > 0 ? [`Hugging Face stops at the first of the ${count(lost, 'record')} that cannot be read.`] : []),
    ...(isJson && times.length > 0
      ? [`All texts of ${quoteSome(times)} look like dates: Hugging Face turns them into times; here they stay text.`]
      : []),
    ...listingNotes(files, metadata),
  ];
}

function listingNotes({ pictures, others }: DatasetFiles, metadata: readonly string[]): string[] {
  const splits = listSplits([...pictures.paths(), ...others]);
  const listed = new Set(splits.flatMap(({ files }) => files));
  const outside = pictures.paths().filter((path) => !listed.has(path) && isLoaded(path));
  const unknown = pictures.paths().filter((path) => !isLoaded(path));
  const unseen = metadata.filter((file) => !listed.has(file));
  const names = new Set(metadata.map(nameOf));
  const without = splits.filter(({ files }) => !files.some((path) => names.has(nameOf(path)))).map(({ name }) => name);
  return [
    ...(outside.length > 0
      ? [
          `Hugging Face takes ${quoteSome(splits.map(({ name }) => name))} for the splits and does not load ${count(outside.length, 'picture')} outside of them, such as ${outside[0]}.`,
        ]
      : []),
    ...(unknown.length > 0
      ? [`Hugging Face does not list ${count(unknown.length, 'picture')} by the extension, such as ${unknown[0]}.`]
      : []),
    ...(unseen.length > 0
      ? [`Hugging Face does not see ${quoteSome(unseen)}: beside split folders it reads metadata only inside them.`]
      : []),
    ...(unseen.length === 0 && without.length > 0 && without.length < splits.length
      ? [`Hugging Face stops because the split ${quoteSome(without)} has no metadata file and others have one.`]
      : []),
  ];
}
