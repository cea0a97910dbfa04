// The browser's storage limits: asking to be kept, and what a full or broken store means in words.
import { toVitrineError, VitrineError } from '../shared/errors.ts';

/** Whether the browser promised not to evict what is stored. Only a page may ask for that promise (`navigator.storage.persist`): the client does. */
export const isPersisted = (): Promise<boolean> => navigator.storage.persisted();

/**
 * Runs a piece of storage work and gives every failure its code. Errors: `storage-full` (quota), `busy` (the connection was given up),
 * `storage-damaged` (the database itself fails), else what `toVitrineError` says.
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
    // nobody can stop a transaction but the browser: this is no stop that was asked for, which would not be told
    if (name === 'AbortError')
      throw new VitrineError(
        'storage-damaged',
        'The browser broke off writing to its storage; nothing of this step was kept. Try again, and reload the page if it happens again.',
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
  const failures: unknown[] = [];
  try {
    for (const request of requests()) work.push(request);
  } catch (error) {
    failures.push(error);
    try {
      tx.abort();
    } catch {
      // the browser has aborted it already, which is why the request could not be made
    }
  }
  for (const done of await Promise.allSettled(work)) if (done.status === 'rejected') failures.push(done.reason);
  // one failure aborts all other requests, some of which say so before the transaction says why
  if (failures.length > 0) throw failures.find((failure) => !isConsequence(failure)) ?? failures.at(-1);
}

/** Names of what happens to requests of a transaction that has ended. */
const CONSEQUENCES = ['AbortError', 'TransactionInactiveError', 'InvalidStateError'];

const isConsequence = (failure: unknown): boolean =>
  failure instanceof DOMException && CONSEQUENCES.includes(failure.name);
