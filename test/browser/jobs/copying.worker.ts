// The catalog worker on a database of the tests, whose files for the safety copy fail while the test says so.
import { restoreLost } from '../../../src/jobs/restore.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import type { CatalogCalls, CatalogEvent } from '../../../src/workers/calls.ts';
import { createCatalogCalls } from '../../../src/workers/catalog-calls.ts';
import { type Port, serve } from '../../../src/workers/rpc.ts';

/** Of the class that only workers have, and the library of pages does not know. */
interface SyncAccess {
  write(bytes: ArrayBufferView, options: { at: number }): number;
}
declare const FileSystemSyncAccessHandle: { prototype: SyncAccess };

const { write } = FileSystemSyncAccessHandle.prototype;
let full = false;
FileSystemSyncAccessHandle.prototype.write = function (this: SyncAccess, bytes, options) {
  // a full disk takes a part of what it is given
  return full
    ? write.call(this, new Uint8Array(bytes.buffer, bytes.byteOffset, 4), options)
    : write.call(this, bytes, options);
};
new BroadcastChannel('copying-full').onmessage = ({ data }) => {
  full = data === true;
};

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
);
const page = serve<CatalogCalls, CatalogEvent>(self as unknown as Port, implementation); // the DOM library types self as a window
