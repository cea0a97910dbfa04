// The journal of edits: appended one by one with strict durability, read back from any position, kept within a bound.
import { toVitrineError, VitrineError } from '../shared/errors.ts';
import { storing } from './quota.ts';
import { FORMAT_VERSION, type JournalRecord, type Store } from './schema.ts';
import { writeChanges } from './write.ts';

/**
 * Appends one entry and resolves when the disk has it. `seq` must be new: a second writer's entry is refused, never overwritten.
 * Errors: `storage-full` (nothing was written), `busy` (another tab wrote this position).
 */
export async function appendJournal(store: Store, dataset: string, seq: number, entry: unknown): Promise<void> {
  const record = { dataset, seq, format: FORMAT_VERSION, entry };
  await writeChanges(store, dataset, [{ put: 'journal', record, isNew: true }], 'strict').catch((error: unknown) => {
    const { cause } = toVitrineError(error);
    if (cause instanceof DOMException && cause.name === 'ConstraintError')
      throw new VitrineError('busy', 'Another tab edited this dataset. Reload to see its edits.', { cause });
    throw error;
  });
}

/** Entries after position `after`, in order. Errors: `newer-version` when one was written by a newer Vitrine. */
export async function readJournal(store: Store, dataset: string, after: number): Promise<JournalRecord[]> {
  const range = IDBKeyRange.bound([dataset, after], [dataset, Number.POSITIVE_INFINITY], true);
  const records = await storing(() => store.getAll('journal', range));
  if (records.some((record) => record.format > FORMAT_VERSION))
    throw new VitrineError(
      'newer-version',
      'The edits of this dataset were written by a newer Vitrine. Reload the page to get the newer version.',
    );
  return records;
}

/** Removes the entries up to and including `through`; they must be contained in written blocks. */
export async function trimJournal(store: Store, dataset: string, through: number): Promise<void> {
  await writeChanges(store, dataset, [{ remove: 'journal', from: [dataset, 0], to: [dataset, through] }], 'relaxed');
}
