// Streams what a dbcollection file says of the pictures of the opened folder.
import { throwIfAborted } from '../../shared/errors.ts';
import { splitOfWord } from '../split-words.ts';
import type { DatasetFiles, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { type Hdf5File, openHdf5 } from './hdf5.ts';
import type { IdBase } from './labels.ts';
import { createNameFinder, type NameMatch } from './names.ts';
import type { Remarks } from './remarks.ts';
import { type OpenedSet, openSets } from './set.ts';
import { ROOT_SET } from './sets.ts';

/** Vitrine's name of a set's split; null: the datasets stand at the root, without a name. */
export const splitOfSet = (set: string): string | null => (set === ROOT_SET ? null : (splitOfWord(set) ?? set));

/** Opens a file of the dataset. Errors: those of `openHdf5`. */
export async function openDatasetFile(files: DatasetFiles, path: string): Promise<Hdf5File> {
  return openHdf5(files.blob ? await files.blob(path) : await files.bytes(path), path);
}

/**
 * Reads a file's sets: a row for every stored name that means one picture; the other names are left out with the reason. Errors: of the file
 * (`unreadable`, `unsupported`, `too-large`, `no-data`), `bad-input` (1-based ids and `base` is 'auto'), `aborted`.
 */
export async function* readHdf5(
  files: DatasetFiles,
  { file, base }: { file: string; base: IdBase },
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const hdf5 = await openDatasetFile(files, file);
  try {
    const { sets, remarks } = openSets(hdf5, file, base);
    const total = sets.reduce((sum, set) => sum + set.images, 0);
    let [told, found, imported] = [0, 0, 0];
    const news = (): ImportIssue[] => {
      const untold = remarks.slice(told);
      told = remarks.length;
      return untold.map((one) => note(file, one));
    };
    const find = createNameFinder(files.pictures);
    let multiLabel = false;
    for (const set of sets) {
      multiLabel ||= set.labels.further.size > 0;
      for (const { from, names } of set.names()) {
        throwIfAborted(signal);
        const { rows, issues } = match(find, file, set, from, names);
        found += names.length;
        imported += rows.length;
        yield { rows, issues: [...news(), ...issues], progress: found / Math.max(1, total) };
      }
    }
    if (told < remarks.length) yield { rows: [], issues: news() };
    return {
      found,
      imported,
      leftOut: found - imported,
      classes: classesOf(sets),
      fields: [],
      multiLabel,
      notes: notesOf(sets),
    };
  } finally {
    hdf5.close();
  }
}

function match(
  find: (stored: string) => NameMatch,
  file: string,
  set: OpenedSet,
  from: number,
  names: readonly string[],
): { rows: ImportRow[]; issues: ImportIssue[] } {
  const split = splitOfSet(set.name);
  const rows: ImportRow[] = [];
  const issues: ImportIssue[] = [];
  for (const [i, stored] of names.entries()) {
    const picture = find(stored);
    const line = from + i + 1;
    if (picture === null) issues.push(missing(file, set.name, stored, line));
    else if ('several' in picture) issues.push(ambiguous(file, set.name, stored, line, picture.several));
    else {
      const row: ImportRow = { path: picture.path, file, line };
      const labels = set.labelsOf(from + i);
      if (split !== null) row.split = split;
      if (labels.length > 0) row.labels = labels;
      rows.push(row);
    }
  }
  return { rows, issues };
}

const missing = (file: string, set: string, path: string, line: number): ImportIssue => ({
  kind: 'left-out',
  file,
  line,
  path,
  reason: 'missing-file',
  text: `No picture of the folder has the end of this path, which is row ${line} of ${set}. Open the folder that holds it.`,
});

const ambiguous = (file: string, set: string, path: string, line: number, several: readonly string[]): ImportIssue => ({
  kind: 'left-out',
  file,
  line,
  path,
  reason: 'ambiguous-file',
  text: `Row ${line} of ${set} fits ${several.length} pictures equally well: ${several.slice(0, 3).join(', ')}. Open the folder above them.`,
});

const note = (file: string, { place, about, text }: Remarks[number]): ImportIssue => ({
  kind: 'note',
  file,
  path: place,
  reason: about,
  text,
});

/** Classes of all sets by their first occurrence, with their ids where all sets agree, and the words that people know them by. */
function classesOf(sets: readonly OpenedSet[]): ImportSummary['classes'] {
  const classes = new Map<string, { name: string; id?: number; title?: string }>();
  for (const { classes: table, words, labels } of sets) {
    const names = table ?? Array.from({ length: highestClass(labels.first) + 1 }, (_, id) => `class ${id}`);
    for (const [id, name] of names.entries()) {
      const earlier = classes.get(name);
      const title = words?.[id];
      if (earlier === undefined) classes.set(name, { name, id, ...(title ? { title } : {}) });
      else if (earlier.id !== id) delete earlier.id;
    }
  }
  return [...classes.values()];
}

const highestClass = (ids: Int32Array): number => {
  let highest = -1;
  for (const id of ids) if (id > highest) highest = id;
  return highest;
};

function notesOf(sets: readonly OpenedSet[]): string[] {
  const shown = sets.map((set) => `${set.name} (${set.images.toLocaleString('en')})`).join(', ');
  return [`The file holds ${sets.length === 1 ? 'the set' : 'the sets'} ${shown}. Classes are WordNet ids.`];
}
