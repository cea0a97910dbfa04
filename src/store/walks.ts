// What a walk leaves behind in the store: the files it left out, and the directories it has completed so that it can go on later.
import type { LeftOut } from '../source/types.ts';
import { storing } from './quota.ts';
import { ofDataset, type Store } from './schema.ts';

/** Directories that an interrupted walk has completed. */
export async function readWalked(store: Store, dataset: string): Promise<{ chunks: number; directories: Set<string> }> {
  const records = await storing(() => store.getAll('walked', ofDataset(dataset)));
  return { chunks: records.length, directories: new Set(records.flatMap((record) => record.directories)) };
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
