// At the start: datasets that the browser lost with its database come back from their safety copies.
import { listCopies } from '../store/copy/files.ts';
import { restoreCopy } from '../store/copy/restore.ts';
import { readDataset, writeDataset } from '../store/registry.ts';
import type { Store } from '../store/schema.ts';
import { tryOwn } from './ownership.ts';
import { holdsPictures } from './session/stored/adopting.ts';

/**
 * Restores every dataset that has a copy and no record. One tab at a time; datasets that another tab has open are not touched. Never
 * fails: a copy that cannot be restored now stays as it is, for the next start.
 */
export async function restoreLost(store: Store): Promise<void> {
  const lost = async (): Promise<string[]> => {
    const known = new Set(await store.getAllKeys('datasets'));
    return (await listCopies()).filter((dataset) => !known.has(dataset));
  };
  try {
    if ((await lost()).length === 0) return;
    await navigator.locks.request('vitrine-restore', async () => {
      for (const dataset of await lost()) await restoreOne(store, dataset);
    });
  } catch (error) {
    console.error(error);
  }
}

/** A folder in the browser's own storage, as the sample's, needs no person to be found again. */
async function findInBrowser(store: Store, dataset: string): Promise<void> {
  const record = await readDataset(store, dataset);
  if (record?.kind !== 'directory') return;
  const root = await navigator.storage.getDirectory();
  const handle = await root.getDirectoryHandle(record.name).catch(() => null); // it was another folder, on the disk
  if (handle && (await holdsPictures(store, dataset, handle))) await writeDataset(store, { ...record, handle });
}

async function restoreOne(store: Store, dataset: string): Promise<void> {
  const release = await tryOwn(dataset);
  if (!release) return;
  try {
    if (await restoreCopy(store, dataset)) await findInBrowser(store, dataset);
  } catch (error) {
    console.error(error);
  } finally {
    release();
  }
}
