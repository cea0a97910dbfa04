// Reads the tables that stand beside ImageNet's pictures: the words and numbers of synsets, and the classes of the validation pictures.
import { VitrineError } from '../../shared/errors.ts';
import { nameOf } from '../../shared/paths.ts';
import type { DatasetFiles } from '../types.ts';
import { readMatStruct } from './mat5.ts';

/** One synset; `id` is ImageNet's ILSVRC2012_ID, which is not the class id. */
export interface Synset {
  words: string;
  gloss?: string;
  id?: number;
}

/** Synsets by WordNet id, and the files that they come from. */
export interface SynsetTable {
  synsets: ReadonlyMap<string, Synset>;
  from: readonly string[];
  /** Files that could not be used. */
  failed: readonly { file: string; text: string }[];
}

/** A WordNet id, as folders and tables have it. */
export const WNID = /^n\d{8}$/;

/** Files of tables; the first in this list that says something of a synset counts. */
const TABLES: readonly {
  name: string;
  read: (bytes: Uint8Array<ArrayBuffer>, file: string) => Promise<[string, Synset][]>;
}[] = [
  { name: 'meta.mat', read: readMeta },
  { name: 'loc_synset_mapping.txt', read: async (bytes) => lines(bytes).flatMap(mappingLine) },
  { name: 'map_clsloc.txt', read: async (bytes) => lines(bytes).flatMap(clslocLine) },
  { name: 'synset_words.txt', read: async (bytes) => lines(bytes).flatMap(mappingLine) },
];

/** Largest table that is read; the real ones have 2 MB. */
const MAX_TABLE_BYTES = 2 ** 26;

/** Reads every table among the files. A table that cannot be read is told, the others count. */
export async function readSynsets(files: DatasetFiles): Promise<SynsetTable> {
  const synsets = new Map<string, Synset>();
  const from: string[] = [];
  const failed: { file: string; text: string }[] = [];
  for (const { name, read } of TABLES)
    for (const file of filesNamed(files, name)) {
      try {
        for (const [wnid, synset] of await read(await smallFile(files, file), file))
          synsets.set(wnid, { ...synset, ...synsets.get(wnid) });
        from.push(file);
      } catch (error) {
        if (!(error instanceof VitrineError) || error.code === 'permission' || error.code === 'aborted') throw error;
        failed.push({ file, text: error.message });
      }
    }
  return { synsets, from, failed };
}

/** Files of a name, in any case, wherever they stand. */
export const filesNamed = (files: DatasetFiles, name: string): string[] =>
  files.others.filter((file) => nameOf(file).toLowerCase() === name);

async function smallFile(files: DatasetFiles, file: string): Promise<Uint8Array<ArrayBuffer>> {
  if ((await files.size(file)) > MAX_TABLE_BYTES)
    throw new VitrineError('too-large', `${file} is too large for a table of synsets.`, { file });
  return files.bytes(file);
}

/** The 1000 classes of ILSVRC2012 as Vitrine knows them, for what no file says. */
export async function builtInSynsets(): Promise<ReadonlyMap<string, Synset>> {
  const { SYNSETS } = await import('./synsets.ts');
  const rows = SYNSETS.trim().split(/[¦\n]/);
  return new Map(
    rows.map((row) => {
      const [wnid = '', id = '', words = '', gloss = ''] = row.split('\t');
      return [wnid, { id: Number(id), words, gloss }];
    }),
  );
}

async function readMeta(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<[string, Synset][]> {
  const synsets = await readMatStruct(bytes, 'synsets', file);
  if (!synsets) throw new VitrineError('bad-input', `${file} holds no synsets.`, { file });
  return synsets.flatMap(({ WNID: wnid, words, gloss, ILSVRC2012_ID: id }): [string, Synset][] =>
    typeof wnid === 'string' && typeof words === 'string'
      ? [[wnid, { words, ...(typeof gloss === 'string' ? { gloss } : {}), ...(typeof id === 'number' ? { id } : {}) }]]
      : [],
  );
}

const decoder = new TextDecoder();
const lines = (bytes: Uint8Array): string[] => decoder.decode(bytes).split(/\r\n|\r|\n/);

/** `n01440764 tench, Tinca tinca`; an edited copy has a colon in between. */
function mappingLine(line: string): [string, Synset][] {
  const match = /^(n\d{8})\s+(?::\s*)?(.*\S)\s*$/.exec(line);
  return match?.[1] && match[2] ? [[match[1], { words: match[2] }]] : [];
}

/** `n02119789 1 kit_fox`. */
function clslocLine(line: string): [string, Synset][] {
  const match = /^(n\d{8})\s+(\d+)\s+(.*\S)\s*$/.exec(line);
  return match?.[1] && match[3] ? [[match[1], { id: Number(match[2]), words: match[3].replaceAll('_', ' ') }]] : [];
}

/** Classes of flat validation pictures by their number; `refused` says why a table cannot be trusted. */
export interface Solution {
  file: string;
  classes: ReadonlyMap<number, string>;
  /** Line of the file by number, 1-based. */
  lineOf: (number: number) => number;
}

/** How the validation pictures are named: the number decides, not the place in a listing. */
export const validationNumber = (path: string): number | null => {
  const match = /_val_0*(\d+)\./i.exec(nameOf(path));
  return match?.[1] ? Number(match[1]) : null;
};

/**
 * The ground truth of ILSVRC2012: line k has the ILSVRC2012_ID of picture k. `highest` is the greatest number among the pictures. Errors:
 * `bad-input` when it has fewer lines, or an id that is no class: then none of it can be trusted.
 */
export async function readGroundTruth(
  files: DatasetFiles,
  file: string,
  { highest, synsets }: { highest: number; synsets: ReadonlyMap<string, Synset> },
): Promise<Solution> {
  const all = lines(await smallFile(files, file));
  while (all.at(-1)?.trim() === '') all.pop();
  const refuse = (text: string, line?: number): VitrineError =>
    new VitrineError('bad-input', `The ground truth ${file} ${text}: no validation picture gets a label from it.`, {
      file,
      ...(line === undefined ? {} : { line }),
    });
  if (all.length < highest) throw refuse(`has ${all.length} lines, but picture ${highest} exists`);
  const wnids = new Map([...synsets].flatMap(([wnid, { id }]) => (id === undefined ? [] : [[id, wnid] as const])));
  const classes = new Map<number, string>();
  for (const [i, text] of all.entries()) {
    const id = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
    const wnid = id >= 1 && id <= 1000 ? wnids.get(id) : undefined;
    if (wnid === undefined)
      throw refuse(`has “${text.trim()}” in line ${i + 1}, which is no class of 1 to 1000`, i + 1);
    classes.set(i + 1, wnid);
  }
  return { file, classes, lineOf: (number) => number };
}

/** Kaggle's solution: `ImageId,PredictionString`, the prediction beginning with a WordNet id. Null: the file has another form. */
export async function readSolution(files: DatasetFiles, file: string): Promise<Solution | null> {
  const [head = '', ...rows] = lines(await smallFile(files, file));
  if (!/^ImageId\s*,\s*PredictionString/i.test(head)) return null;
  const classes = new Map<number, string>();
  const lineOf = new Map<number, number>();
  for (const [i, row] of rows.entries()) {
    const match = /^\s*"?([^",]+)"?\s*,\s*"?\s*(n\d{8})\b/.exec(row);
    const number = match?.[1] ? validationNumber(`${match[1]}.`) : null;
    if (number === null || !match?.[2]) continue;
    classes.set(number, match[2]);
    lineOf.set(number, i + 2);
  }
  return { file, classes, lineOf: (number) => lineOf.get(number) ?? 0 };
}
