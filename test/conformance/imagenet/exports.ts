// Judges files that Vitrine writes, by reading them afresh with h5wasm, and the round trip of a file that was imported.
import { type Hdf5File, openHdf5 } from '../../../src/formats/dbcollection/hdf5.ts';
import { readHdf5 } from '../../../src/formats/dbcollection/read.ts';
import { openSets } from '../../../src/formats/dbcollection/set.ts';
import { decodeColumn } from '../../../src/formats/dbcollection/strings.ts';
import { writer } from '../../../src/formats/dbcollection/writer.ts';
import { createPictureIndex } from '../../../src/formats/pictures.ts';
import type { ExportDataset, ExportRow, FormatOptions, WriteContext } from '../../../src/formats/types.ts';
import { datasetFiles } from '../files.ts';
import { compareError } from '../imagenet.ts';
import { type ConformanceCase, failed, type Outcome, passed } from '../types.ts';
import { layoutVersions } from './layout.ts';

interface ExpectedDataset {
  shape?: number[];
  dtype?: string;
  strings?: string[];
  bytes?: number[][];
  data?: number[][];
}

export async function judgeExport({ input, expect }: ConformanceCase): Promise<Outcome> {
  const { rows, classes, prefix } = input.options as {
    rows: [string, string, string[] | null][];
    classes: string[];
    prefix?: string;
  };
  const dataset = datasetOf(
    rows.map(([split, path, labels]) => rowOf(path, split, labels ?? [])),
    classes,
  );
  const options = { ...writer.defaults(dataset), ...(prefix === undefined ? {} : { prefix }) };
  let bytes: Uint8Array<ArrayBuffer>;
  let warnings: string[];
  try {
    const lint = writer.lint(dataset, options);
    for await (const batch of dataset.rows({ probabilities: false })) for (const row of batch) lint.add(row);
    warnings = lint.warnings();
    bytes = await firstFile(dataset, options);
  } catch (error) {
    return compareError(error, expect);
  }
  const unsaid = ((expect.warnings ?? []) as string[]).filter((word) => !warnings.some((text) => text.includes(word)));
  if (unsaid.length > 0) return failed(`no warning of ${unsaid.join(', ')}: ${warnings.join(' ')}`);
  if (expect.error) return failed('no error');
  if ('superblock_max' in expect) return judgeVersions(bytes, expect);
  return within(bytes, (file) => {
    for (const [set, datasets] of Object.entries(expect.hdf5 as Record<string, Record<string, ExpectedDataset>>))
      for (const [name, wanted] of Object.entries(datasets)) {
        const why = differs(file, `/${set}/${name}`, wanted);
        if (why !== null) return failed(`${set}/${name}: ${why}`);
      }
    return passed;
  });
}

function judgeVersions(bytes: Uint8Array, expect: Record<string, unknown>): Outcome {
  const { superblock, layouts } = layoutVersions(bytes);
  const [most, mostLayout] = [Number(expect.superblock_max), Number(expect.layout_message_max)];
  if (superblock > most) return failed(`superblock ${superblock}`);
  if (layouts.length === 0 || layouts.some((version) => version > mostLayout))
    return failed(`layouts ${layouts.join()}`);
  return passed;
}

/** What differs between a dataset and its expectation, or null. */
function differs(file: Hdf5File, path: string, wanted: ExpectedDataset): string | null {
  const { shape, typeName, read } = file.dataset(path);
  const [rows = 0, width = 0] = shape;
  const values = Array.from<string | number | bigint, number>(read(0, rows), Number);
  const got: Required<ExpectedDataset> = {
    shape: [...shape],
    dtype: typeName,
    strings: typeName === 'uint8' ? decodeColumn(Uint8Array.from(values), width).values : [],
    bytes: rowsOf(values, width),
    data: rowsOf(values, width),
  };
  for (const key of Object.keys(wanted)) {
    if (!(key in got)) return `${key} is not understood`;
    const known = key as keyof ExpectedDataset; // it is in `got`
    const [a, b] = [JSON.stringify(got[known]), JSON.stringify(wanted[known])];
    if (a !== b) return `${key} ${a} instead of ${b}`;
  }
  return null;
}

const rowsOf = (values: readonly number[], width: number): number[][] =>
  Array.from({ length: width === 0 ? 0 : values.length / width }, (_, i) => values.slice(i * width, (i + 1) * width));

/** Imports a file into pictures of the names in it, edits a row if the case says so, and writes it again. */
export async function judgeRoundTrip(
  { input, expect }: ConformanceCase,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Outcome> {
  const edit = input.options.edit as { set: string; row: number; label: string } | null;
  const { dataset, pathOf } = await importFile(bytes, edit);
  const written = await firstFile(dataset, { ...writer.defaults(dataset), original: 'case.h5' }, bytes);
  return within(bytes, (before) =>
    within(written, (after) => {
      const differences: string[] = [];
      for (const set of ['train', 'val'])
        for (const { name } of before.entries(`/${set}`)) {
          const [a, b] = [before, after].map((file) => all(file, `/${set}/${name}`));
          if (a !== b) differences.push(`${set}/${name}`);
        }
      if (edit === null) return differences.length === 0 ? passed : failed(`${differences.join()} changed`);
      const ids = `${edit.set}/object_ids`;
      const list = `${edit.set}/list_image_filenames_per_class`;
      if (differences.sort().join() !== [list, ids].sort().join()) return failed(`changed: ${differences.join()}`);
      const changed = (expect.changed as Record<string, { row: number; from: number[]; to: number[] }>)[ids];
      const row = (file: Hdf5File) =>
        JSON.stringify(Array.from<unknown>(file.dataset(`/${ids}`).read(edit.row, edit.row + 1)));
      if (row(before) !== JSON.stringify(changed?.from) || row(after) !== JSON.stringify(changed?.to))
        return failed(`${pathOf(edit.set, edit.row)}: ${row(before)} became ${row(after)}`);
      const why = differs(after, `/${list}`, { data: expect.list_image_filenames_per_class as number[][] });
      return why === null ? passed : failed(why);
    }),
  );
}

/** A dataset whose rows are in `object_ids`, as text: shape and values. */
function all(file: Hdf5File, path: string): string {
  const { shape, read } = file.dataset(path);
  return JSON.stringify([shape, Array.from<string | number | bigint, number>(read(0, shape[0] ?? 0), Number)]);
}

async function importFile(bytes: Uint8Array<ArrayBuffer>, edit: { set: string; row: number; label: string } | null) {
  const hdf5 = await openHdf5(bytes.slice(), 'case.h5');
  const { sets } = openSets(hdf5, 'case.h5', 'auto');
  const stored = new Map(sets.map((set) => [set.name, [...set.names()].flatMap(({ names }) => names)]));
  hdf5.close();
  const pathOf = (set: string, row: number): string => stored.get(set)?.[row]?.replace(/^\//, '') ?? '';
  const paths = [...stored.values()].flat().map((path) => path.replace(/^\//, ''));
  const files = { ...datasetFiles(new Map([['case.h5', bytes.slice()]])), pictures: createPictureIndex(paths) };
  const rows: ExportRow[] = [];
  const reader = readHdf5(files, { file: 'case.h5', base: 'auto' });
  let step = await reader.next();
  for (; !step.done; step = await reader.next())
    for (const { path, split = null, labels = [] } of step.value.rows)
      rows.push(rowOf(path, split, edit && path === pathOf(edit.set, edit.row) ? [edit.label] : labels));
  // In the order that a person sees, which is not that of the file.
  rows.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    dataset: datasetOf(
      rows,
      step.value.classes.map(({ name }) => name),
    ),
    pathOf,
  };
}

const rowOf = (path: string, split: string | null, labels: readonly string[]): ExportRow => ({
  path,
  split,
  labels,
  predicted: null,
  confidence: null,
});

const datasetOf = (rows: readonly ExportRow[], classes: readonly string[]): ExportDataset => ({
  name: 'case',
  classes,
  splits: [...new Set(rows.flatMap(({ split }) => split ?? []))],
  multiLabel: rows.some(({ labels }) => labels.length > 1),
  layout: null,
  size: rows.length,
  excluded: 0,
  filtered: false,
  async *rows() {
    for (let at = 0; at < rows.length; at += 2) yield rows.slice(at, at + 2);
  },
});

async function firstFile(
  dataset: ExportDataset,
  options: FormatOptions,
  original?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const context: WriteContext = {
    original: () => Promise.resolve(original ? chunks(original) : null),
    picture: () => Promise.reject(new Error('no pictures here')),
  };
  for await (const { content } of writer.write(dataset, options, context)) {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of content) parts.push(part);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }
  throw new Error('nothing was written');
}

async function* chunks(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes.slice();
}

async function within(
  bytes: Uint8Array<ArrayBuffer>,
  judge: (file: Hdf5File) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  const file = await openHdf5(bytes.slice(), 'written.h5');
  try {
    return await judge(file);
  } finally {
    file.close();
  }
}
