// Reads the folders of ILSVRC2012 as they are unpacked: train/<WordNet id>/…, and val/ in folders or flat with a table of solutions.
import { throwIfAborted, VitrineError } from '../../shared/errors.ts';
import { joinPath } from '../../shared/paths.ts';
import { byCodePoint } from '../pictures.ts';
import { splitOfWord } from '../split-words.ts';
import type { DatasetFiles, ImportBatch, ImportIssue, ImportRow, ImportSummary } from '../types.ts';
import { quoteSome } from '../words.ts';
import {
  builtInSynsets,
  filesNamed,
  readGroundTruth,
  readSolution,
  readSynsets,
  type Solution,
  type Synset,
  type SynsetTable,
  validationNumber,
  WNID,
} from './tables.ts';

/** Names of the two folders, as downloads and dbcollection's tasks have them; the first that is there is read. */
export const TRAIN_FOLDERS = ['train', 'ILSVRC2012_img_train', 'train256'];
/** Likewise of the validation pictures. */
export const VAL_FOLDERS = ['val', 'ILSVRC2012_img_val', 'val256'];

/** Where the tree stands and which of its folders are read; '' for a folder: none. */
export interface TreeOptions {
  root: string;
  train: string;
  val: string;
}

/** A tree among the files: pictures by folder name. */
export interface FoundTree {
  root: string;
  folders: ReadonlyMap<string, number>;
}

/** Every folder that holds ImageNet's folders, by their names; most pictures first. */
export function findTrees(files: DatasetFiles): FoundTree[] {
  const known = new Set([...TRAIN_FOLDERS, ...VAL_FOLDERS]);
  const trees = new Map<string, Map<string, number>>();
  for (const path of files.pictures.paths()) {
    const parts = path.split('/');
    const at = parts.findIndex(
      (part, i) =>
        known.has(part) && (WNID.test(parts[i + 1] ?? '') || (i === parts.length - 2 && isSolvable(part, path))),
    );
    if (at < 0) continue;
    const root = parts.slice(0, at).join('/');
    const folders = trees.get(root) ?? new Map<string, number>();
    trees.set(root, folders.set(parts[at] ?? '', (folders.get(parts[at] ?? '') ?? 0) + 1));
  }
  const count = ({ folders }: FoundTree): number => [...folders.values()].reduce((a, b) => a + b, 0);
  return [...trees].map(([root, folders]) => ({ root, folders })).sort((a, b) => count(b) - count(a));
}

const isSolvable = (folder: string, path: string): boolean =>
  VAL_FOLDERS.includes(folder) && validationNumber(path) !== null;

/** A picture below one of the read folders; `folder` is the class folder, null for a picture that stands beside them. */
interface Placed {
  path: string;
  split: string;
  folder: string | null;
}

const BATCH = 4096;

/**
 * Reads a tree: classes by folder, pictures in deeper folders included; flat validation pictures by their number. Errors: `no-data` when
 * neither folder has pictures, `aborted`.
 */
export async function* readTree(
  files: DatasetFiles,
  { root, train, val }: TreeOptions,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<ImportBatch, ImportSummary, undefined> {
  const table = await readSynsets(files);
  const builtIn = await builtInSynsets();
  const issues: ImportIssue[] = table.failed.map(({ file, text }) => ({
    kind: 'note',
    file,
    reason: 'unreadable-table',
    text,
  }));
  const flat = flatNumbers(files, { root, val });
  const solution = flat.size === 0 ? null : await solve(files, table, builtIn, flat, issues);
  const foreign = new Map<string, string>();
  const classes = new Set(emptyClasses(files, [joinPath(root, train), joinPath(root, val)]));
  let [found, elsewhere] = [0, 0];
  let rows: ImportRow[] = [];
  for (const path of files.pictures.paths()) {
    const placed = place(path, { root, train, val });
    if (placed === null) {
      elsewhere++;
      continue;
    }
    found++;
    const label = placed.folder ?? classOfFlat(placed, solution, issues);
    if (label !== null) classes.add(label);
    if (placed.folder !== null && !WNID.test(placed.folder) && !foreign.has(placed.folder))
      foreign.set(placed.folder, path);
    rows.push({
      path,
      split: splitOfWord(placed.split) ?? placed.split,
      file: path,
      ...(label === null ? {} : { labels: [label] }),
    });
    if (rows.length < BATCH) continue;
    throwIfAborted(signal);
    yield { rows, issues: issues.splice(0), progress: found / files.pictures.size };
    rows = [];
  }
  if (found === 0)
    throw new VitrineError(
      'no-data',
      `There is no picture below ${quoteSome([train || 'train', val || 'val'])} of ${root || files.name}. Choose the folder that holds train and val.`,
    );
  for (const [folder, path] of foreign)
    issues.push({
      kind: 'note',
      file: path,
      path: folder,
      reason: 'no-wordnet-id',
      text: `The folder “${folder}” is no WordNet id; it is a class all the same.`,
    });
  yield { rows, issues: issues.splice(0) };
  const names = [...classes].sort(byCodePoint);
  const titles = (name: string): string | undefined => (table.synsets.get(name) ?? builtIn.get(name))?.words;
  return {
    found,
    imported: found,
    leftOut: 0,
    classes: names.map((name, id) => ({
      name,
      id,
      ...(titles(name) === undefined ? {} : { title: titles(name) ?? '' }),
    })),
    fields: [],
    multiLabel: false,
    notes: notesOf(table, elsewhere),
  };
}

function place(path: string, { root, train, val }: TreeOptions): Placed | null {
  const from = root === '' ? 0 : root.length + 1;
  if (from > 0 && !path.startsWith(`${root}/`)) return null;
  const slash = path.indexOf('/', from);
  const folder = path.slice(from, slash < 0 ? from : slash);
  if (folder === '' || (folder !== train && folder !== val)) return null;
  const end = path.indexOf('/', slash + 1);
  const split = folder === train ? 'train' : 'val';
  return { path, split, folder: end < 0 ? null : path.slice(slash + 1, end) };
}

/** Numbers of the validation pictures that stand in no class folder, with their paths. */
function flatNumbers(files: DatasetFiles, { root, val }: { root: string; val: string }): Map<number, string> {
  const flat = new Map<number, string>();
  const prefix = joinPath(root, `${val}/`);
  if (val === '') return flat;
  for (const path of files.pictures.paths()) {
    const number = path.startsWith(prefix) && !path.includes('/', prefix.length) ? validationNumber(path) : null;
    if (number !== null) flat.set(number, path);
  }
  return flat;
}

/** The table that tells the classes of flat pictures; what is wrong with one is an issue, and then another or none counts. */
async function solve(
  files: DatasetFiles,
  table: SynsetTable,
  builtIn: ReadonlyMap<string, Synset>,
  flat: ReadonlyMap<number, string>,
  issues: ImportIssue[],
): Promise<Solution | null> {
  const ownIds = [...table.synsets.values()].some(({ id }) => id !== undefined);
  const synsets = ownIds ? table.synsets : builtIn;
  const highest = [...flat.keys()].reduce((a, b) => Math.max(a, b), 0);
  let solution: Solution | null = null;
  for (const file of filesNamed(files, 'ilsvrc2012_validation_ground_truth.txt'))
    try {
      solution ??= await readGroundTruth(files, file, { highest, synsets });
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'bad-input') throw error;
      issues.push({
        kind: 'note',
        file,
        reason: 'ground-truth',
        text: error.message,
        ...(error.line === undefined ? {} : { line: error.line }),
      });
    }
  for (const file of filesNamed(files, 'loc_val_solution.csv')) solution ??= await readSolution(files, file);
  if (solution === null) return null;
  for (const number of solution.classes.keys()) if (!flat.has(number)) issues.push(absent(solution, number));
  return solution;
}

const absent = ({ file, lineOf }: Solution, number: number): ImportIssue => {
  const path = `ILSVRC2012_val_${String(number).padStart(8, '0')}`;
  return {
    kind: 'note',
    file,
    line: lineOf(number),
    path,
    reason: 'missing-file',
    text: `${path} is not in the folder; the other pictures keep their classes.`,
  };
};

/** The class of a picture that stands in no class folder, or null with an issue. */
function classOfFlat({ path, split }: Placed, solution: Solution | null, issues: ImportIssue[]): string | null {
  const number = split === 'val' ? validationNumber(path) : null;
  const wnid = number === null ? undefined : solution?.classes.get(number);
  if (wnid !== undefined) return wnid;
  const text =
    number === null
      ? 'The picture stands in no class folder and gets no label.'
      : 'No table tells the class of this validation picture: it gets no label. Add ILSVRC2012_validation_ground_truth.txt or LOC_val_solution.csv to the folder.';
  issues.push({ kind: 'note', file: path, path, reason: 'no-class', text });
  return null;
}

/** Class folders that hold other files only. */
function emptyClasses(files: DatasetFiles, folders: readonly string[]): string[] {
  return files.others.flatMap((path) =>
    folders.flatMap((folder) => {
      if (!path.startsWith(`${folder}/`)) return [];
      const [name = '', rest] = path.slice(folder.length + 1).split('/');
      return rest !== undefined && WNID.test(name) ? [name] : [];
    }),
  );
}

function notesOf(table: SynsetTable, elsewhere: number): string[] {
  const notes: string[] = [];
  if (!table.from.some((file) => file.toLowerCase().endsWith('meta.mat')))
    notes.push(
      table.from.length > 0
        ? `There is no meta.mat: the words of the classes come from ${table.from.join(', ')} and Vitrine's own table.`
        : "There is no meta.mat: the words of the classes come from Vitrine's own table of the 1000 classes.",
    );
  if (elsewhere > 0)
    notes.push(`${elsewhere.toLocaleString('en')} pictures outside the two folders are not part of this reading.`);
  return notes;
}
