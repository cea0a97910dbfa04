// The list of known datasets: finding the one that a folder belongs to, showing them with their pictures, forgetting one.
import type { DatasetInfo } from '../catalog/types.ts';
import { removeCopy } from './copy/files.ts';
import { removeImported } from './imported.ts';
import { readPictures } from './pictures.ts';
import { storing, transact } from './quota.ts';
import { DATASET_STORES, type DatasetRecord, ofDataset, type Store } from './schema.ts';
import { removeThumbnails } from './thumbnails.ts';
import { removeVectors } from './vectors.ts';
import { writeChanges } from './write.ts';

/** What a dataset is recognised by. */
export type Origin =
  | { kind: 'directory'; handle: FileSystemDirectoryHandle }
  | { kind: 'files'; name: string }
  | { kind: 'zip'; name: string; zip: Blob | FileSystemFileHandle };

/**
 * The dataset of a source, or undefined. Folders and zips are the same when the browser says so (`isSameEntry`); lists of files, and zips
 * without a handle, carry no identity, so the name has to do.
 */
export async function findDataset(store: Store, source: Origin): Promise<DatasetRecord | undefined> {
  for (const record of await storing(() => store.getAll('datasets'))) {
    if (await isOf(record, source)) return record;
  }
  return undefined;
}

async function isOf(record: DatasetRecord, source: Origin): Promise<boolean> {
  switch (source.kind) {
    case 'directory':
      return record.handle !== undefined && (await record.handle.isSameEntry(source.handle));
    case 'files':
      return record.kind === 'files' && record.name === source.name;
    case 'zip':
      if (record.kind !== 'zip') return false;
      return record.zipHandle === undefined || source.zip instanceof Blob
        ? record.name === source.name
        : record.zipHandle.isSameEntry(source.zip);
  }
}

export async function readDataset(store: Store, id: string): Promise<DatasetRecord | undefined> {
  return storing(() => store.get('datasets', id));
}

export async function writeDataset(store: Store, record: DatasetRecord): Promise<void> {
  await writeChanges(store, record.id, [{ put: 'datasets', record: { ...record } }], 'relaxed');
}

/** Known datasets with their cover pictures, last opened first. */
export async function recentDatasets(store: Store): Promise<DatasetInfo[]> {
  const records = await storing(() => store.getAll('datasets'));
  records.sort((a, b) => b.openedAt - a.openedAt);
  return Promise.all(
    records.map(async (record) => {
      const pictures = (await readPictures(store, record.id, 'cover')).map((picture) => picture.blob);
      return { ...record, pictures };
    }),
  );
}

/**
 * Removes everything of a dataset: rows, edits, pictures, vectors, thumbnails, imported files, safety copy. The person's folder is not touched. The copy goes first:
 * without the rest it would bring the dataset back.
 */
export async function forgetDataset(store: Store, id: string): Promise<void> {
  await storing(async () => {
    await removeCopy(id);
    const tx = store.transaction(['datasets', ...DATASET_STORES], 'readwrite', { durability: 'strict' });
    await transact(tx, function* () {
      yield tx.objectStore('datasets').delete(id);
      for (const name of DATASET_STORES) yield tx.objectStore(name).delete(ofDataset(id));
    });
    await removeVectors(id);
    await removeThumbnails(id);
    await removeImported(id);
  });
}
