// At the start: datasets that the browser lost with its database come back from their safety copies.
import { listCopies } from '../store/copy/files.ts';
import { restoreCopy } from '../store/copy/restore.ts';
import type { Store } from '../store/schema.ts';
import { tryOwn } from './ownership.ts';

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

async function restoreOne(store: Store, dataset: string): Promise<void> {
  const release = await tryOwn(dataset);
  if (!release) return;
  try {
    await restoreCopy(store, dataset);
  } catch (error) {
    console.error(error);
  } finally {
    release();
  }
}
