// What a walk leaves behind in the store: the files it left out, and how far it is, so that it can go on later.
import type { Change } from './copy/change.ts';
import { storing } from './quota.ts';
import { type LeftOutItem, ofDataset, type Store } from './schema.ts';
import { writeChanges } from './write.ts';

/** How far an interrupted walk is; null when none was interrupted. `chunks`: how many its log has. */
export async function readWalk(
  store: Store,
  dataset: string,
): Promise<{ chunks: number; pending: Set<string>; completed: Set<string> } | null> {
  const records = await storing(() => store.getAll('walked', ofDataset(dataset)));
  if (records.length === 0) return null;
  const pending = new Set(['']);
  const completed = new Set<string>();
  for (const record of records) for (const folder of record.found) pending.add(folder);
  for (const record of records)
    for (const folder of record.completed) {
      pending.delete(folder);
      completed.add(folder);
    }
  return { chunks: records.length, pending, completed };
}

/** Calls `visit` with each chunk of the left-out list of one walk, in order, until it returns false. */
export async function eachLeftOut(
  store: Store,
  dataset: string,
  walk: number,
  visit: (items: LeftOutItem[]) => boolean,
): Promise<void> {
  await storing(async () => {
    const range = IDBKeyRange.bound([dataset, walk], [dataset, walk, []]);
    let cursor = await store.transaction('leftOut').store.openCursor(range);
    while (cursor && visit(cursor.value.items)) cursor = await cursor.continue();
  });
}

/** Forgets an interrupted walk, so that a new one starts from the root: its folders, and the left-out lists from `walk` on. */
export async function forgetWalk(store: Store, dataset: string, walk: number): Promise<void> {
  const changes: Change[] = [
    { remove: 'walked', from: [dataset], to: [dataset, []] },
    { remove: 'leftOut', from: [dataset, walk], to: [dataset, []] },
  ];
  await writeChanges(store, dataset, changes, 'relaxed');
}
