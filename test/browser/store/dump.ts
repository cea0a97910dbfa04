// A whole database as JSON and back, so that a store which some version wrote can be kept as a file.
import type { Store } from '../../../src/store/schema.ts';

/** Everything in the database but folder handles, which belong to one browser. */
export async function dumpStore(store: Store): Promise<string> {
  const stores: Record<string, unknown[]> = {};
  for (const name of store.objectStoreNames) stores[name] = (await store.getAll(name)).map((record) => toPlain(record));
  return `${JSON.stringify({ version: store.version, stores }, null, 1)}\n`;
}

interface Dump {
  version: number;
  stores: Record<string, Record<string, unknown>[]>;
}

/** Makes a database of the dump's version with its object stores as they were then, and fills it. */
export async function restoreDump(
  name: string,
  text: string,
  keyPaths: Record<string, string | string[]>,
): Promise<void> {
  const dump: Dump = JSON.parse(text, (_, value) => fromPlain(value));
  const opening = indexedDB.open(name, dump.version);
  opening.onupgradeneeded = () => {
    for (const store of Object.keys(dump.stores))
      opening.result.createObjectStore(store, { keyPath: keyPaths[store] ?? null });
  };
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const tx = database.transaction(Object.keys(dump.stores), 'readwrite');
  for (const [store, records] of Object.entries(dump.stores))
    for (const record of records) tx.objectStore(store).put(record);
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onerror = () => reject(tx.error);
  });
  database.close();
}

const TYPES = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array, ArrayBuffer };

/** Binary values become `{ $: type, base64 }`; folder handles go. */
function toPlain(value: unknown): unknown {
  if (value instanceof FileSystemHandle) return undefined;
  if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', base64: encode(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value))
    return {
      $: value.constructor.name,
      base64: encode(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
    };
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toPlain(part)]));
}

function fromPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$' in value) || !('base64' in value)) return value;
  const bytes = Uint8Array.from(atob(String(value.base64)), (char) => char.charCodeAt(0));
  const make = TYPES[value.$ as keyof typeof TYPES]; // written by toPlain
  return make === ArrayBuffer ? bytes.buffer : new make(bytes.buffer);
}

const encode = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
