// Brings the records of a file and the rows of the dataset together: which record says what of which row, and what must change.
import { createPictureIndex } from '../../pictures.ts';
import type { ExportDataset, ExportRow, FieldValue } from '../../types.ts';
import { normalize, resolvePicture } from '../resolve.ts';
import { type Change, changesOf, labelsOf, type RecordView } from './changes.ts';
import type { WriteOptions } from './options.ts';
import { createRowFinder } from './row-finder.ts';

/** What all records of one picture say together; kept only for pictures that have several. */
interface Merged {
  labels: Set<string>;
  values: Map<string, FieldValue>;
  /** Number of the first record, and of the first that has each key. */
  first: number;
  firstWith: Map<string, number>;
}

/** What becomes of a record: nothing, changes, or it goes because its picture is not written. */
export type Verdict = { keep: true; changes: readonly Change[] } | { keep: false };

/** Reads the records of a file twice at most before they are written: `records` starts a fresh pass over their contents. */
export async function prepareOriginals(
  dataset: ExportDataset,
  folder: string,
  options: WriteOptions,
  belongs: (path: string) => boolean,
  records: () => AsyncIterable<RecordView>,
  signal?: AbortSignal,
) {
  const several = await repeated(records, folder, signal);
  const merged =
    several.size === 0 ? new Map<string, Merged>() : await mergeRepeated(records, folder, several, options);
  const passing = (): AsyncIterable<readonly ExportRow[]> =>
    dataset.rows({ probabilities: false, ...(signal ? { signal } : {}) });
  const finder = createRowFinder(passing(), belongs);
  const partial = dataset.filtered || dataset.excluded > 0;
  let number = 0;
  let index: ReturnType<typeof createPictureIndex> | null = null;

  /** The row of a name that is no path as it stands: in the other Unicode form, or relative to another folder. */
  const findOtherwise = async (name: string, alias: boolean): Promise<ExportRow | null> => {
    if (index === null) {
      const paths: string[] = [];
      for await (const rows of passing()) for (const { path } of rows) if (belongs(path)) paths.push(path);
      index = createPictureIndex(paths);
    }
    const { path } = resolvePicture(index, folder, name, alias);
    return path === null ? null : finder.find(path, true);
  };

  return {
    /** For each record, in the order of the file. */
    async judge(record: RecordView): Promise<Verdict> {
      const at = number++;
      const named = nameIn(record);
      if (named === null) return { keep: true, changes: [] };
      const path = pathOf(folder, named.name);
      const together = merged.get(path);
      const row = (await finder.find(path, together !== undefined)) ?? (await findOtherwise(named.name, named.alias));
      if (row === null) return partial ? { keep: false } : { keep: true, changes: [] };
      if (!together) return { keep: true, changes: changesOf(row, record, options, dataset.multiLabel) };
      const view = viewOf(together, options);
      // The class goes into every record that has the key, so that none says what was; else, as any other key, into the first.
      const changes = changesOf(row, view, options, dataset.multiLabel).filter(({ key }) =>
        key === options.labelKey && together.firstWith.has(key)
          ? record.has(key)
          : (together.firstWith.get(key) ?? together.first) === at,
      );
      return { keep: true, changes };
    },
    /** Rows that no record speaks of. */
    rest: finder.rest,
  };
}

/** The picture that a record names; null where it names none, or several. */
function nameIn(record: RecordView): { name: string; alias: boolean } | null {
  const name = record.get('file_name');
  if (typeof name === 'string') return { name, alias: false };
  const alias = record.get('filepath');
  return typeof alias === 'string' ? { name: alias, alias: true } : null;
}

function pathOf(folder: string, name: string): string {
  const path = name.replaceAll('\\', '/');
  return normalize(folder === '' ? path : `${folder}/${path}`) ?? path;
}

/** Paths that several records name. Hashes of 53 bits stand for paths; two that collide only make a path count as repeated. */
async function repeated(
  records: () => AsyncIterable<RecordView>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const seen = new Set<number>();
  const twice = new Set<string>();
  for await (const record of records()) {
    signal?.throwIfAborted();
    const named = nameIn(record);
    if (!named) continue;
    const path = pathOf(folder, named.name);
    const hash = hashOf(path);
    if (seen.has(hash)) twice.add(path);
    else seen.add(hash);
  }
  return twice;
}

/** FNV-1a twice, with different starts. */
function hashOf(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x1234567;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x01000193);
  }
  return (a >>> 0) * 0x200000 + (b >>> 11);
}

async function mergeRepeated(
  records: () => AsyncIterable<RecordView>,
  folder: string,
  several: ReadonlySet<string>,
  { labelKey }: WriteOptions,
): Promise<Map<string, Merged>> {
  const merged = new Map<string, Merged>();
  let number = 0;
  for await (const record of records()) {
    const at = number++;
    const named = nameIn(record);
    const path = named ? pathOf(folder, named.name) : '';
    if (!several.has(path)) continue;
    const one = merged.get(path) ?? { labels: new Set(), values: new Map(), first: at, firstWith: new Map() };
    merged.set(path, one);
    for (const key of record.keys()) {
      const value = record.get(key) ?? null;
      if (key === labelKey) for (const name of labelsOf(value)) one.labels.add(name);
      if (!one.firstWith.has(key)) one.firstWith.set(key, at);
      if ((one.values.get(key) ?? null) === null) one.values.set(key, value);
    }
  }
  return merged;
}

function viewOf({ labels, values }: Merged, { labelKey }: WriteOptions): RecordView {
  const label = values.get(labelKey);
  const all: FieldValue =
    labels.size > 1 ? { json: `[${[...labels].map((name) => JSON.stringify(name)).join(', ')}]` } : (label ?? null);
  return {
    keys: () => values.keys(),
    has: (key) => values.has(key),
    get: (key) => (key === labelKey && values.has(key) ? all : values.get(key)),
  };
}
