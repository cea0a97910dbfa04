// What `load_dataset("imagefolder")` gives, put together from the rules of formats/imagefolder/peers that Vitrine warns by.
import {
  folderLabels,
  isLoaded,
  type ListedSplit,
  listSplits,
} from '../../../src/formats/imagefolder/peers/listing.ts';
import { normalize } from '../../../src/formats/imagefolder/resolve.ts';
import { directoryOf, joinPath, nameOf } from '../../../src/shared/paths.ts';
import { isObject, PeerError, readTable, type Table } from './metadata-tables.ts';

export interface LoadOptions {
  drop_labels?: boolean;
  drop_metadata?: boolean;
  metadata_filenames?: string[];
  data_files?: Record<string, string>;
}

export type Splits = Record<string, { features: Record<string, unknown>; rows: Record<string, unknown>[] }>;

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The splits with features and rows. Errors: `PeerError`. */
export async function loadImagefolder(files: Files, options: LoadOptions): Promise<Splits> {
  const names = options.metadata_filenames ?? ['metadata.csv', 'metadata.jsonl', 'metadata.parquet'];
  const listed = options.data_files ? byPatterns([...files.keys()], options.data_files) : listSplits([...files.keys()]);
  const plans = planSplits(listed, names, options);
  const last = plans.at(-1);
  const features = last?.addMetadata === true ? await checkMetadata(plans, files) : null;
  const result: Splits = {};
  for (const plan of plans) {
    if (plan.addMetadata)
      result[plan.name] = { features: features ?? {}, rows: await metadataRows(plan, files, features ?? {}) };
    else
      result[plan.name] = {
        features: last?.labels ? { image: 'Image', label: { ClassLabel: last.labels } } : { image: 'Image' },
        rows: plan.pictures.map((path) => ({
          image: { path },
          ...(last?.labels ? { label: plan.labels ? last.labels.indexOf(nameOf(directoryOf(path))) : null } : {}),
        })),
      };
  }
  const empty = Object.entries(result).find(([, { rows }]) => rows.length === 0);
  if (empty) throw new PeerError('ValueError', [`Instruction "${empty[0]}" corresponds to no data!`]);
  return result;
}

interface Plan {
  name: string;
  pictures: string[];
  metadata: string[];
  addMetadata: boolean;
  /** Names of the labels with what was seen up to this split; null: none are added. */
  labels: string[] | null;
}

/** Decided split by split with what was seen so far, as `datasets` does. */
function planSplits(listed: readonly ListedSplit[], names: readonly string[], options: LoadOptions): Plan[] {
  const analyses = options.drop_labels !== true || options.drop_metadata !== true;
  let seen = false;
  return listed.map(({ name, files }, n) => {
    const pictures = files.filter(isLoaded);
    const metadata = [...new Set(files.filter((path) => !isLoaded(path) && names.includes(nameOf(path))))];
    seen ||= analyses && metadata.length > 0;
    const upToHere = listed.slice(0, n + 1).map((split) => ({ ...split, files: split.files.filter(isLoaded) }));
    const { names: labels, without } = folderLabels(upToHere, options.drop_labels);
    return {
      name,
      pictures,
      metadata,
      addMetadata: seen && options.drop_metadata !== true,
      labels: seen || without.has(name) ? null : labels,
    };
  });
}

async function checkMetadata(plans: readonly Plan[], files: Files): Promise<Record<string, unknown>> {
  const all = plans.flatMap(({ metadata }) => metadata);
  const extensions = new Set(all.map((path) => path.slice(path.lastIndexOf('.'))));
  if (extensions.size > 1) throw new PeerError('ValueError', ['Found metadata files with different extensions']);
  const tables: { path: string; features: Record<string, unknown> }[] = [];
  for (const { metadata } of plans)
    for (const path of metadata) {
      const table = await readTable(path, files.get(path) ?? new Uint8Array());
      if (!table) continue;
      tables.push({ path, features: table.features });
      break;
    }
  const [first] = tables;
  if (!first) throw new PeerError('IndexError', ['list index out of range']);
  const other = tables.find(
    ({ features }) => JSON.stringify(sorted(features)) !== JSON.stringify(sorted(first.features)),
  );
  if (other) throw new PeerError('ValueError', [other.path, first.path, 'have different features']);
  const renamed = rename(first.features);
  if (!renamed.found)
    throw new PeerError('ValueError', ['`file_name`, `*_file_name`, `file_names` or `*_file_names` must be present']);
  return renamed.features;
}

const sorted = (features: Record<string, unknown>): unknown =>
  Object.entries(features).sort(([a], [b]) => (a < b ? -1 : 1));
const isText = (type: unknown): boolean => type === 'string' || type === 'large_string';
const stem = (key: string, suffix: string): string => (key === suffix ? '' : key.slice(0, -suffix.length - 1));
const ends = (key: string, suffix: string): boolean => key === suffix || key.endsWith(`_${suffix}`);

/** Keys that name pictures become columns of pictures. */
function rename(features: Record<string, unknown>): { features: Record<string, unknown>; found: boolean } {
  let found = false;
  const renamed: Record<string, unknown> = {};
  for (const [key, type] of Object.entries(features)) {
    if (ends(key, 'file_name') && isText(type)) {
      renamed[stem(key, 'file_name') || 'image'] = 'Image';
      found = true;
    } else if (ends(key, 'file_names') && Array.isArray(type) && isText(type[0])) {
      renamed[stem(key, 'file_names') || 'images'] = ['Image'];
      found = true;
    } else if (isObject(type)) {
      const inner = rename(type);
      found ||= inner.found;
      renamed[key] = inner.features;
    } else renamed[key] = type;
  }
  return { features: renamed, found };
}

async function metadataRows(
  plan: Plan,
  files: Files,
  features: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (const path of plan.metadata) {
    const table: Table | null = await readTable(path, files.get(path) ?? new Uint8Array());
    if (table?.badText) throw new PeerError('DatasetGenerationError', ['UnicodeDecodeError']);
    for (const row of table?.rows ?? [])
      rows.push(only(features, pictureCells(features, { ...row }, directoryOf(path))));
  }
  return rows;
}

/** Puts pictures in place of their names; the keys are taken in the order of the columns. */
function pictureCells(
  features: Record<string, unknown>,
  row: Record<string, unknown>,
  folder: string,
): Record<string, unknown> {
  const take = (...keys: string[]): unknown => {
    for (const key of keys) {
      const value = row[key];
      delete row[key];
      if (value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
        return value;
    }
    return null;
  };
  for (const [key, type] of Object.entries(features)) {
    if (type === 'Image') row[key] = cell(take('file_name', `${key}_file_name`), folder);
    else if (Array.isArray(type) && type[0] === 'Image') {
      const names = take('file_names', `${key}_file_names`);
      if (!Array.isArray(names)) throw new PeerError('DatasetGenerationError', ['TypeError']);
      row[key] = names.map((name) => cell(name, folder));
    } else if (isObject(type)) {
      const inner = row[key];
      if (isObject(inner)) row[key] = pictureCells(type, { ...inner }, folder);
    }
  }
  return row;
}

function cell(name: unknown, folder: string): unknown {
  if (typeof name !== 'string') return null;
  const path = name.replaceAll('\\', '/');
  const inside = normalize(name) === null ? null : path;
  if (name.includes('://') || path.startsWith('/') || inside === null)
    throw new PeerError('DatasetGenerationError', ['ValueError', `'${name}'`]);
  return { path: normalize(joinPath(folder, path)) };
}

/** The row with exactly the keys of the columns. */
function only(features: Record<string, unknown>, row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(features).map((key) => [key, row[key] ?? null]));
}

function byPatterns(paths: readonly string[], patterns: Record<string, string>): ListedSplit[] {
  return Object.entries(patterns).map(([name, pattern]) => {
    const regular = pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**', '\u0000')
      .replaceAll('*', '[^/]*')
      .replaceAll('\u0000', '.*');
    return { name, files: paths.filter((path) => new RegExp(`^${regular}$`).test(path)).sort() };
  });
}
