// Bare IndexedDB: reads every block of a dataset, or writes one value and waits for the disk; nothing else.

/** `blocks`: reads those of a dataset. `lastEdit`: gives its newest journal record. `write`: puts a value, strict. */
export type Task = { blocks: string } | { lastEdit: string } | { write: unknown };

const scope = self as unknown as { postMessage(answer: unknown): void }; // a worker's scope; TypeScript's page library types `self` as a window

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open(name: string, store?: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => store && request.result.createObjectStore(store, { autoIncrement: true });
  return settled(request);
}

const range = (dataset: string): IDBKeyRange => IDBKeyRange.bound([dataset], [dataset, []]);
let vitrine: Promise<IDBDatabase> | undefined;
let own: Promise<IDBDatabase> | undefined;

async function work(task: Task): Promise<unknown> {
  if ('write' in task) {
    own ??= open('bench', 'values');
    const transaction = (await own).transaction('values', 'readwrite', { durability: 'strict' });
    transaction.objectStore('values').put(task.write);
    return new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
  vitrine ??= open('vitrine');
  const database = await vitrine;
  if ('blocks' in task) {
    const blocks = await settled(database.transaction('blocks').objectStore('blocks').getAll(range(task.blocks)));
    return blocks.length;
  }
  const cursor = await settled(
    database.transaction('journal').objectStore('journal').openCursor(range(task.lastEdit), 'prev'),
  );
  return cursor?.value;
}

self.onmessage = async ({ data }: MessageEvent<Task>) => scope.postMessage(await work(data));
