// The browser's storage limits: asking to be kept, and what a full or broken store means in words.
import { toVitrineError, VitrineError } from '../shared/errors.ts';

/** Whether the browser promised not to evict what is stored. Only a page may ask for that promise (`navigator.storage.persist`): the client does. */
export const isPersisted = (): Promise<boolean> => navigator.storage.persisted();

/**
 * Runs a piece of storage work and gives every failure its code. Errors: `storage-full` (quota), `newer-version` (the connection
 * was given up for a newer version), `storage-damaged` (the database itself fails), else what `toVitrineError` says.
 */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    if (name === 'InvalidStateError')
      throw new VitrineError(
        'busy',
        'The storage was closed by another tab or the browser. Reload the page to go on.',
        {
          cause,
        },
      );
    if (name === 'UnknownError' || name === 'DataError')
      throw new VitrineError(
        'storage-damaged',
        'The browser could not read or write its storage. Export the journal, then reload; if it happens again, remove the dataset and open the folder anew.',
        { cause },
      );
    throw toVitrineError(cause);
  }
}

/**
 * Makes the requests of one transaction and waits until it is complete. One that cannot even be made (the clone fails, the quota is
 * known to be used up) aborts those before it, which would be committed otherwise.
 */
export async function transact(
  tx: { abort(): void; done: Promise<void> },
  requests: () => Iterable<Promise<unknown>>,
): Promise<void> {
  const work: Promise<unknown>[] = [tx.done];
  try {
    for (const request of requests()) work.push(request);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // the browser has aborted it already, which is why the request could not be made
    }
    await Promise.allSettled(work);
    throw error;
  }
  await Promise.all(work);
}
