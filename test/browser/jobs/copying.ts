// A catalog worker whose database can be lost, and what a person would see before and after.
import { deleteDB } from 'idb';
import type { DatasetInfo } from '../../../src/catalog/types.ts';
import { MARK } from '../../../src/store/copy/change.ts';
import { decodeValue } from '../../../src/store/copy/codec.ts';
import { bytesOf, copyFolder, FILES, readCopyFile } from '../../../src/store/copy/files.ts';
import type { Frame } from '../../../src/store/copy/frames.ts';
import { openStore } from '../../../src/store/schema.ts';
import type { CatalogCalls } from '../../../src/workers/calls.ts';
import { type Client, connect } from '../../../src/workers/rpc.ts';
import { makeFolder } from './folder.ts';
import { until } from './open.ts';

export type Catalog = Client<CatalogCalls>;

/** As in copying.worker.ts. */
const DATABASE = 'vitrine-copying-test';
const running = new Set<Worker>();

export function startCatalog(): Catalog {
  const worker = new Worker(new URL('./copying.worker.ts', import.meta.url), { type: 'module' });
  running.add(worker);
  return connect<CatalogCalls>(worker).calls;
}

/** All tabs die. */
export function crash(): void {
  for (const worker of running) worker.terminate();
  running.clear();
}

/** All tabs die, and the browser throws its database away. */
export async function lose(): Promise<void> {
  crash();
  await deleteDB(DATABASE);
}

/** A folder that Vitrine does not find by itself, as those on the disk. */
export async function diskFolder(name: string, files: readonly string[]): Promise<FileSystemDirectoryHandle> {
  const disk = await makeFolder(
    `disk-${name}`,
    files.map((path) => `${name}/${path}`),
  );
  return disk.getDirectoryHandle(name);
}

/** What a person sees of the open dataset, rows by path. */
export async function seen(catalog: Catalog) {
  const state = await catalog.state({});
  if (!state) throw new Error('nothing is open');
  const names = new Map(state.classes.map(({ id, name }) => [id, name]));
  const { view, count } = await catalog.openView({ query: {} });
  const rows: Record<string, unknown> = {};
  for (const id of await catalog.ids({ view, from: 0, to: count })) {
    const { path, labels, excluded, fields } = await catalog.sample({ id });
    rows[path] = { id, excluded, labels: labels.map((label) => names.get(label)), split: fields.split };
  }
  await catalog.closeView({ view });
  const { journal, undo, redo } = state;
  return { rows, journal, undo, redo, classes: state.classes.map(({ name }) => name) };
}

export async function recentOf(catalog: Catalog, id: string): Promise<DatasetInfo | undefined> {
  return (await catalog.recent({})).find((info) => info.id === id);
}

/** The file of a copy that counts, as it lies on disk. */
export async function readCopy(id: string): Promise<{ file: string; bytes: Uint8Array<ArrayBuffer>; frames: Frame[] }> {
  const folder = await copyFolder(id);
  const files = await Promise.all(
    FILES.map(async (name) => {
      const bytes = new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer());
      return { file: name, bytes, ...(await readCopyFile(bytes.length, bytesOf(new Blob([bytes])))) };
    }),
  );
  const [newest] = files.sort((a, b) => b.start - a.start);
  if (!newest) throw new Error('there is no copy');
  return newest;
}

export async function writeCopy(id: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const writable = await (await (await copyFolder(id)).getFileHandle(file)).createWritable();
  await writable.write(bytes);
  await writable.close();
}

/** Resolves when the edit is in the copy, and the checkpoint that the database holds. */
export async function copied(id: string, seq: number): Promise<void> {
  const store = await openStore(DATABASE);
  await until(async () => {
    const { bytes, frames } = await readCopy(id).catch(() => ({ bytes: new Uint8Array(), frames: [] }));
    const last = (key: unknown[]): Frame | undefined =>
      frames.findLast((frame) => JSON.stringify(frame.key) === JSON.stringify(key));
    const mark = last(['meta', MARK]);
    const commit = frames.findLast(({ kind }) => kind === 'commit');
    if (!last(['journal', seq]) || !mark || !commit || commit.at < mark.at) return false;
    const inCopy = decodeValue(bytes.slice(mark.valueAt, mark.valueAt + mark.valueBytes));
    return JSON.stringify(inCopy) === JSON.stringify(await store.get('meta', [id, MARK]));
  });
  store.close();
}
