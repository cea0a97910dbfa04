// Entry of the catalog worker: serves the catalog's calls to the page and, on further ports, to other workers.
import { restoreLost } from '../jobs/restore.ts';
import { beginFreshLog } from '../store/fresh-log.ts';
import { openStore, type Store } from '../store/schema.ts';
import type { CatalogCalls, CatalogEvent } from './calls.ts';
import { createCatalogCalls } from './catalog-calls.ts';
import { copyIn } from './copy-elsewhere.ts';
import { type Port, serve } from './rpc.ts';

let store: Promise<Store> | undefined;

function openedStore(): Promise<Store> {
  // a failed or lost connection is tried again by the next call
  const forget = (): void => {
    store = undefined;
  };
  store ??= beginFreshLog()
    .then(() => openStore('vitrine', forget))
    .then(async (opened) => {
      await restoreLost(opened);
      return opened;
    })
    .catch((error: unknown) => {
      forget();
      throw error;
    });
  return store;
}

const implementation: CatalogCalls = createCatalogCalls(
  openedStore,
  (event) => page.emit(event),
  (port) => void serve(port, implementation),
  copyIn(() => new Worker(new URL('./copier.ts', import.meta.url), { type: 'module', name: 'copier' })),
);
const page = serve<CatalogCalls, CatalogEvent>(self as unknown as Port, implementation); // the DOM library types self as a window
