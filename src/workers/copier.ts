// Entry of the copier worker: writes the safety copy of one dataset. The catalog worker starts it with a dataset and ends it with it.
import type { Change } from '../store/copy/change.ts';
import { writeCopy } from '../store/copy/copy.ts';
import type { Copy } from '../store/copy/held.ts';
import { openStore } from '../store/schema.ts';
import { type Port, serve } from './rpc.ts';

export interface CopierCalls {
  /** Makes the copy equal to the database; what is told meanwhile is not lost. */
  hold(args: { database: string; dataset: string }): Promise<void>;
  follow(args: readonly Change[]): Promise<void>;
  close(args: null): Promise<void>;
}

/** Why there is no copy, or that there is one. */
export interface CopierEvent {
  trouble: string | undefined;
}

let copy: Promise<Copy> | undefined;

const owner = serve<CopierCalls, CopierEvent>(self as unknown as Port, {
  async hold({ database, dataset }) {
    copy = openStore(database).then((store) => writeCopy(store, dataset, (trouble) => owner.emit({ trouble })));
    await copy;
  },
  async follow(changes) {
    (await copy)?.follow(changes);
  },
  async close() {
    await (await copy)?.close();
  },
}); // a dedicated worker's scope; TypeScript's page library types `self` as a window
