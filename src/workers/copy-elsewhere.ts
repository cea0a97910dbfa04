// The safety copy is written in a worker of its own, so that neither the disk nor the checksums keep the catalog from answering.
import { type Copy, type HoldCopy, keepTelling, stopTelling } from '../store/copy/held.ts';
import type { CopierCalls, CopierEvent } from './copier.ts';
import { connect } from './rpc.ts';

/** Copies in a worker of `start`, one for each dataset that is held. */
export const copyIn =
  (start: () => Worker): HoldCopy =>
  (store, dataset, onTrouble) => {
    const worker = start();
    const { calls, onEvent } = connect<CopierCalls, CopierEvent>(worker);
    const failed = (): void => {
      stopTelling(dataset);
      onTrouble(
        'There is no safety copy of the latest edits: its worker stopped. They are saved all the same; reload the page.',
      );
    };
    const gone = new Promise<void>((resolve) => {
      worker.addEventListener('error', () => {
        failed();
        resolve();
      });
    });
    onEvent(({ trouble }) => onTrouble(trouble));
    calls.hold({ database: store.name, dataset }).catch(failed);
    const copy: Copy = {
      follow: (changes) => void calls.follow(changes).catch(failed),
      async close() {
        stopTelling(dataset);
        await Promise.race([calls.close(null).catch(() => undefined), gone]);
        worker.terminate();
      },
    };
    keepTelling(dataset, copy);
    return copy;
  };
