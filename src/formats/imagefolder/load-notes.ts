// What Hugging Face `datasets` would lose or refuse of the files that were read, in sentences.
import { directoryOf, extensionOf, nameOf } from '../../shared/paths.ts';
import { huggingFaceSplit } from '../split-words.ts';
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
  const paths = pictures.paths();
  const folders = countFolders(paths);
  // Splits go by folders, else by names: where no name holds a word, one picture of a folder stands for all of it.
  const examples = [...folders.values()].map(({ example }) => example);
  const byName = !wordInFolder(examples) && paths.some((path) => WORD_IN_NAME.test(path));
  const splits = listSplits([...(byName ? paths : examples), ...others]);
  const listed = new Set(splits.flatMap(({ files }) => files));
  let outside = 0;
  let outsideExample = '';
  if (byName) {
    const lost = paths.filter((path) => !listed.has(path) && isLoaded(path));
    [outside, outsideExample] = [lost.length, lost[0] ?? ''];
  } else
    for (const { pictures: n, example } of folders.values()) {
      if (listed.has(example)) continue;
      if (outside === 0) outsideExample = example;
      outside += n;
    }
  const byExtension = new Map<string, boolean>(); // few there are
  const unknown = paths.filter((path) => !isKnown(path, byExtension));
  const unseen = metadata.filter((file) => !listed.has(file));
  const names = new Set(metadata.map(nameOf));
  const without = splits.filter(({ files }) => !files.some((path) => names.has(nameOf(path)))).map(({ name }) => name);
  return [
    ...(outside > 0
      ? [
          `Hugging Face takes ${quoteSome(splits.map(({ name }) => name))} for the splits and does not load ${count(outside, 'picture')} outside of them, such as ${outsideExample}.`,
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

const WORD_IN_NAME = /(train|val|dev|test|eval)[^/]*$/;

const wordInFolder = (paths: readonly string[]): boolean =>
  paths.some((path) =>
    directoryOf(path)
      .split('/')
      .some((part) => huggingFaceSplit(part) !== null),
  );

/** Pictures of each folder, and one of them. */
function countFolders(paths: readonly string[]): Map<string, { pictures: number; example: string }> {
  const folders = new Map<string, { pictures: number; example: string }>();
  for (const path of paths) {
    const directory = directoryOf(path);
    const folder = folders.get(directory);
    if (folder) folder.pictures++;
    else folders.set(directory, { pictures: 1, example: path });
  }
  return folders;
}

/** `isLoaded`, asked once for each extension; a name with two is asked again. */
function isKnown(path: string, known: Map<string, boolean>): boolean {
  const extension = path.slice(path.lastIndexOf('.'));
  let answer = known.get(extension);
  if (answer === undefined) {
    answer = isLoaded(`x${extension}`);
    if (known.size < 1000) known.set(extension, answer);
  }
  return answer || isLoaded(path);
}
