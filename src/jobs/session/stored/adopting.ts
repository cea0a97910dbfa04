// Finds the dataset that came back from its safety copy without its folder, when that folder is opened again.

import { presentRows } from '../../../catalog/query/filter.ts';
import { pathsOf } from '../../../catalog/rows.ts';
import { Bitset } from '../../../shared/bitset.ts';
import { toVitrineError, VitrineError } from '../../../shared/errors.ts';
import { openSource } from '../../../source/open.ts';
import { storing } from '../../../store/quota.ts';
import type { DatasetRecord, Store } from '../../../store/schema.ts';
import { loadDataset } from './load.ts';

/** Pictures that are looked for. */
const SAMPLES = 40;

/** A restored dataset with the folder's name of which the folder holds most pictures, or undefined. */
export async function findRestored(
  store: Store,
  handle: FileSystemDirectoryHandle,
): Promise<DatasetRecord | undefined> {
  for (const record of await storing(() => store.getAll('datasets')))
    if (
      record.restored &&
      !record.handle &&
      record.name === handle.name &&
      (await holdsPictures(store, record.id, handle))
    )
      return record;
  return undefined;
}

/** Whether the folder is the one that the dataset was made of, by most of some pictures spread over all. Errors: `not-found`, with what to do. */
export async function requireFolderOf(
  store: Store,
  { id, name }: DatasetRecord,
  handle: FileSystemDirectoryHandle,
): Promise<void> {
  if (await holdsPictures(store, id, handle)) return;
  throw new VitrineError(
    'not-found',
    `The folder “${handle.name}” does not hold the pictures of “${name}”. Choose the folder that was opened before.`,
  );
}

/** Whether the folder has most of some pictures of the dataset that are spread over all of it. Errors: `permission`. */
export async function holdsPictures(
  store: Store,
  dataset: string,
  handle: FileSystemDirectoryHandle,
): Promise<boolean> {
  const { table } = await loadDataset(store, dataset);
  const rows = new Bitset();
  rows.words = presentRows(table);
  const ids = rows.ids();
  if (ids.length === 0) return true; // nothing tells otherwise
  const step = Math.max(1, Math.floor(ids.length / SAMPLES));
  const paths = pathsOf(
    table,
    ids.filter((_, i) => i % step === 0),
  );
  const source = openSource({ kind: 'directory', handle });
  let found = 0;
  for (const path of paths) {
    try {
      await source.file(path);
      found++;
    } catch (error) {
      if (toVitrineError(error).code === 'permission') throw error;
    }
  }
  return found * 2 > paths.length;
}
