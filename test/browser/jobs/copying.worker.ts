// The catalog worker on a database of the tests, with a copier whose disk can be full.
import { restoreLost } from '../../../src/jobs/restore.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import type { CatalogCalls, CatalogEvent } from '../../../src/workers/calls.ts';
import { createCatalogCalls } from '../../../src/workers/catalog-calls.ts';
import { copyIn } from '../../../src/workers/copy-elsewhere.ts';
import { type Port, serve } from '../../../src/workers/rpc.ts';

async function open(): Promise<Store> {
  const store = await openStore('vitrine-copying-test');
  await restoreLost(store);
  return store;
}
let store: Promise<Store> | undefined;
const opened = (): Promise<Store> => {
  store ??= open();
  return store;
};

const implementation: CatalogCalls = createCatalogCalls(
  opened,
  (event) => page.emit(event),
  () => undefined,
  copyIn(() => new Worker(new URL('./copying-full.worker.ts', import.meta.url), { type: 'module' })),
);
const page = serve<CatalogCalls, CatalogEvent>(self as unknown as Port, implementation); // the DOM library types self as a window
