// Who may change a dataset: one Web Lock each, held by the owner's tab; and the channel on which the owner tells the readers.
import { VitrineError } from '../shared/errors.ts';

const lockName = (dataset: string): string => `vitrine-dataset-${dataset}`;

/** Takes the lock if it is free and returns how to let go, or null when another tab holds it. */
export function tryOwn(dataset: string): Promise<(() => void) | null> {
  return request(dataset, { ifAvailable: true });
}

/** Waits for the lock. The browser frees it when the other tab closes, crashes or lets go. Errors: `aborted`. */
export async function waitToOwn(dataset: string, signal: AbortSignal): Promise<() => void> {
  const release = await request(dataset, { signal });
  if (!release) throw new VitrineError('internal', 'A lock that was waited for was not given.');
  return release;
}

function request(dataset: string, options: LockOptions): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockName(dataset), options, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release)); // held until this promise settles
      })
      .catch((cause: unknown) => {
        if (options.signal?.aborted) reject(new VitrineError('aborted', 'Stopped.', { cause }));
        else reject(cause);
      });
  });
}

/** What the owner tells: an edit is in the journal, or the stored rows changed. */
export type Announcement = { type: 'journal'; seq: number } | { type: 'checkpoint' };

/** The channel between the tabs that have one dataset open. */
export function openChannel(dataset: string, listen: (announcement: Announcement) => void) {
  const channel = new BroadcastChannel(lockName(dataset));
  channel.onmessage = (event: MessageEvent<Announcement>) => listen(event.data);
  let closed = false;
  return {
    tell(announcement: Announcement): void {
      if (!closed) channel.postMessage(announcement);
    },
    close(): void {
      closed = true;
      channel.close();
    },
  };
}
