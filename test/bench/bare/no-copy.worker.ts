// The application's catalog worker without a safety copy.
import { openStore, type Store } from '../../../src/store/schema.ts';
import type { CatalogCalls, CatalogEvent } from '../../../src/workers/calls.ts';
import { createCatalogCalls } from '../../../src/workers/catalog-calls.ts';
import { type Port, serve } from '../../../src/workers/rpc.ts';

let store: Promise<Store> | undefined;
const opened = (): Promise<Store> => {
  store ??= openStore();
  return store;
};

const implementation: CatalogCalls = createCatalogCalls(
  opened,
  (event) => page.emit(event),
  () => undefined,
);
const page = serve<CatalogCalls, CatalogEvent>(self as unknown as Port, implementation); // the DOM library types self as a window
