// Everything that is written of a dataset goes through here (but pictures): one transaction, then its safety copy.
import { type Change, isOfCheckpoint, MARK, storeOf } from './copy/change.ts';
import { copyOf } from './copy/held.ts';
import { storing, transact } from './quota.ts';
import type { Store } from './schema.ts';

/**
 * Writes changes in one transaction; `strict` asks the disk. Bytes are copied before this returns its promise. The safety copy follows
 * without being waited for. Errors: `storage-full` (nothing was written); caused by a `ConstraintError` for a record that is not new.
 */
export async function writeChanges(
  store: Store,
  dataset: string,
  changes: readonly Change[],
  durability: 'strict' | 'relaxed',
): Promise<void> {
  const all = [...changes];
  if (changes.some((change) => isOfCheckpoint(storeOf(change))))
    all.push({ put: 'meta', record: { dataset, name: MARK, value: crypto.randomUUID() } });
  await storing(async () => {
    const tx = store.transaction([...new Set(all.map(storeOf))], 'readwrite', { durability });
    await transact(tx, function* () {
      for (const change of all) {
        if ('remove' in change) yield tx.objectStore(change.remove).delete(IDBKeyRange.bound(change.from, change.to));
        else {
          const records = tx.objectStore(change.put);
          const record = change.record as never; // the record of this very store
          yield change.isNew ? records.add(record) : records.put(record);
        }
      }
    });
  });
  copyOf(dataset)?.follow(all);
}
