// Pictures kept on disk so that the start screen and a reopened grid show something before any permission: bounded per dataset.
import { storing, transact } from './quota.ts';
import type { Store } from './schema.ts';

/** Pictures of one shelf; a screen of small cells on a large display holds about this many. */
const LIMIT = { cover: 4, screen: 240 } as const;

export type Shelf = keyof typeof LIMIT;
export interface KeptPicture {
  id: number;
  blob: Blob;
}

const onShelf = (dataset: string, shelf: Shelf): IDBKeyRange =>
  IDBKeyRange.bound([dataset, shelf], [dataset, shelf, []]);

/** Replaces what is on the shelf; pictures beyond its limit are not kept. */
export async function keepPictures(
  store: Store,
  dataset: string,
  shelf: Shelf,
  pictures: KeptPicture[],
): Promise<void> {
  // read before the transaction: one that waits for something other than its own requests is closed by the browser
  const kept = await Promise.all(
    pictures
      .slice(0, LIMIT[shelf])
      .map(async ({ id, blob }) => ({ id, type: blob.type, bytes: await blob.arrayBuffer() })),
  );
  await storing(async () => {
    const tx = store.transaction('pictures', 'readwrite');
    await transact(tx, function* () {
      yield tx.store.delete(onShelf(dataset, shelf));
      for (const picture of kept) yield tx.store.put({ dataset, shelf, ...picture });
    });
  });
}

/** The pictures of a shelf by ascending row id. */
export async function readPictures(store: Store, dataset: string, shelf: Shelf): Promise<KeptPicture[]> {
  const records = await storing(() => store.getAll('pictures', onShelf(dataset, shelf)));
  return records.map(({ id, bytes, type }) => ({ id, blob: new Blob([bytes], { type }) }));
}
