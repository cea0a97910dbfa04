// What a walk leaves behind in the store: the files it left out, and how far it is, so that it can go on later.
import type { LeftOut } from '../source/types.ts';
import { storing } from './quota.ts';
import { ofDataset, type Store } from './schema.ts';

/** Folders that an interrupted walk has still to list, and how many chunks its log has; null when no walk was interrupted. */
export async function readPendingFolders(
  store: Store,
  dataset: string,
): Promise<{ chunks: number; pending: Set<string> } | null> {
  const records = await storing(() => store.getAll('walked', ofDataset(dataset)));
  if (records.length === 0) return null;
  const pending = new Set(['']);
  for (const record of records) for (const folder of record.found) pending.add(folder);
  for (const record of records) for (const folder of record.completed) pending.delete(folder);
  return { chunks: records.length, pending };
}

/** Calls `visit` with each chunk of the left-out list of one walk, in order, until it returns false. */
export async function eachLeftOut(
  store: Store,
  dataset: string,
  walk: number,
  visit: (items: LeftOut[]) => boolean,
): Promise<void> {
  await storing(async () => {
    const range = IDBKeyRange.bound([dataset, walk], [dataset, walk, []]);
    let cursor = await store.transaction('leftOut').store.openCursor(range);
    while (cursor && visit(cursor.value.items)) cursor = await cursor.continue();
  });
}
