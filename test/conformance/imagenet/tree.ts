// Judges the reading of ImageNet's raw folders: samples, what is said of them, and the tables of words.
import { dbcollection } from '../../../src/formats/dbcollection/index.ts';
import { builtInSynsets, readSynsets } from '../../../src/formats/dbcollection/tables.ts';
import type { FormatOptions } from '../../../src/formats/types.ts';
import { extensionOf } from '../../../src/shared/paths.ts';
import { pictureExtensions } from '../../../src/source/names.ts';
import { datasetFiles, type ReadResult, readAll } from '../files.ts';
import { compare, compareError } from '../imagenet.ts';
import { type ConformanceCase, failed, type Outcome, passed } from '../types.ts';

type Files = Map<string, Uint8Array<ArrayBuffer>>;

interface Expected {
  samples?: { split: string; path: string; labels: string[] }[];
  warnings?: string[];
  ignored?: string[];
  classes_empty?: string[];
  splits_offered?: string[];
  error?: { contains: string };
  samples_unlabelled?: number;
}

/** What is read where the files show no tree at all. */
const NO_TREE: FormatOptions = { source: 'folders', root: '', train: 'train', val: 'val' };

export async function judgeTree({ expect: raw }: ConformanceCase, files: Files): Promise<Outcome> {
  const expect: Expected = raw;
  const dataset = datasetFiles(files);
  const [detection] = (await dbcollection.detect(dataset)).filter(({ options }) => options.source === 'folders');
  const options = detection?.options ?? NO_TREE;
  let result: ReadResult;
  try {
    result = await readAll(dbcollection, dataset, options);
  } catch (error) {
    return compareError(error, raw);
  }
  const root = String(options.root);
  const prefix = root === '' ? '' : `${root}/`;
  const { rows, issues, summary } = result;
  const said = [...issues.map(({ path, text }) => `${path ?? ''} ${text}`), ...summary.notes];
  const silent = (words: readonly string[]): string[] =>
    words.filter((word) => !said.some((text) => text.includes(word)));
  if (expect.error) {
    // A table that cannot be trusted refuses the labels, not the pictures.
    const unlabelled = rows.filter(({ labels }) => labels === undefined).length;
    if (silent([expect.error.contains]).length > 0) return failed(`nothing is said of “${expect.error.contains}”`);
    return expect.samples_unlabelled === undefined || unlabelled === expect.samples_unlabelled
      ? passed
      : failed(`${unlabelled} samples without a label`);
  }
  const samples = rows.map(({ path, split, labels = [] }) => ({
    split: split === 'validation' ? 'val' : split,
    path: path.slice(prefix.length),
    labels,
  }));
  // Pictures that were not read when the cases were made are samples as soon as Vitrine reads their format.
  const read = (expect.ignored ?? []).filter((path) => pictureExtensions.has(extensionOf(path)));
  const own = samples.filter(({ path }) => !read.includes(path));
  const outcome = compare(sorted(own), sorted(expect.samples ?? []), 'samples');
  if (outcome.status !== 'passed') return outcome;
  if (samples.length - own.length !== read.length) return failed(`of ${read.join(', ')} not all are samples`);
  const unsaid = silent(expect.warnings ?? []);
  if (unsaid.length > 0) return failed(`nothing is said of ${unsaid.join(', ')}`);
  const labelled = new Set(samples.flatMap(({ labels }) => labels));
  const empty = summary.classes.map(({ name }) => name).filter((name) => !labelled.has(name));
  if (expect.classes_empty && empty.join() !== expect.classes_empty.join())
    return failed(`empty classes ${empty.join()}`);
  if (!expect.splits_offered) return passed;
  const offered = (await dbcollection.importOptions(dataset, options)).flatMap(({ key, choices = [] }) =>
    key === 'train' || key === 'val' ? choices.map(({ value }) => value).filter((value) => value !== '') : [],
  );
  return compare(offered.sort(), [...expect.splits_offered].sort(), 'splits offered');
}

const sorted = <T extends { path: string }>(samples: readonly T[]): T[] =>
  [...samples].sort((a, b) => (a.path < b.path ? -1 : 1));

/** Words, ids and class ids that the tables beside the pictures give. */
export async function judgeTables({ expect }: ConformanceCase, files: Files): Promise<Outcome> {
  const dataset = datasetFiles(files);
  const table = await readSynsets(dataset);
  const entries = [...(table.from.length > 0 ? table.synsets : await builtInSynsets())];
  const got: Record<string, Record<string, unknown>> = {
    class_names: Object.fromEntries(entries.map(([wnid, { words }]) => [wnid, words])),
    ilsvrc2012_id: Object.fromEntries(entries.flatMap(([wnid, { id }]) => (id === undefined ? [] : [[wnid, id]]))),
    class_ids: {},
  };
  const [detection] = await dbcollection.detect(dataset);
  if (detection) {
    const { summary } = await readAll(dbcollection, dataset, detection.options);
    got.class_ids = Object.fromEntries(summary.classes.map(({ name, id }) => [name, id]));
  }
  for (const [key, wanted] of Object.entries(expect)) {
    const values = got[key];
    if (!values || typeof wanted !== 'object' || wanted === null) return failed(`${key} is not understood`);
    const different = Object.entries(wanted).filter(([wnid, value]) => values[wnid] !== value);
    if (different.length > 0)
      return failed(
        `${key}: ${JSON.stringify(different.map(([wnid]) => [wnid, values[wnid]]))} instead of ${JSON.stringify(different)}`,
      );
  }
  return passed;
}
