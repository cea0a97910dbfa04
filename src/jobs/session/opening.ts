// Opens a dataset's stored part: finds or makes its record, asks what may be read, tries to own it, and loads the rows.
import { toVitrineError, VitrineError } from '../../shared/errors.ts';
import { isInBrowser, openSource } from '../../source/open.ts';
import type { Source, SourceRef } from '../../source/types.ts';
import { findDataset, readDataset, writeDataset } from '../../store/registry.ts';
import type { DatasetRecord, Store } from '../../store/schema.ts';
import { tryOwn } from '../ownership.ts';
import type { Core, Loaded } from './core.ts';
import { findRestored, requireFolderOf } from './stored/adopting.ts';
import { type BlockName, loadDataset } from './stored/load.ts';

export interface Opened {
  loaded: Loaded & { lost: BlockName[] };
  place: Pick<Core, 'store' | 'record' | 'access' | 'permission' | 'source' | 'ref'>;
  /** Lets the lock go; null for a reader. */
  release: (() => void) | null;
}

/** A source, known or new, or the one that a restored dataset is said to be of; or a dataset by id. */
export type ToOpen = { source: SourceRef; dataset?: string } | { dataset: string };

/**
 * Opens by source or by id; `open` makes the source of what is found. Errors: `not-found`, `newer-version`,
 * `storage-damaged`, `storage-full`.
 */
export async function openDataset(
  store: Store,
  what: ToOpen,
  open: (ref: SourceRef) => Source = openSource,
): Promise<Opened> {
  const { record, ref, isNew } =
    'source' in what ? await bySource(store, what.source, what.dataset) : await byId(store, what.dataset);
  record.openedAt = Date.now();
  if (isNew) await writeDataset(store, record);
  // a folder without a handle came back from the safety copy: nothing leads to it but the person
  const asked = ref || record.kind === 'files' ? readPermission(ref) : ('lost' as const);
  const [permission, release] = await Promise.all([asked, tryOwn(record.id)]);
  try {
    const loaded = await loadDataset(store, record.id);
    const source = ref ? { ...open(ref), ...((await isInBrowser(ref)) ? { writable: false } : {}) } : null;
    const access = release ? 'owner' : 'reader';
    return { loaded, place: { store, record, access, permission, source, ref }, release };
  } catch (error) {
    release?.();
    throw error;
  }
}

interface Found {
  record: DatasetRecord;
  ref: SourceRef | null;
  isNew: boolean;
}

async function bySource(store: Store, ref: SourceRef, restored: string | undefined): Promise<Found> {
  const known = (await findDataset(store, ref)) ?? (await findAgain(store, ref, restored));
  const name = ref.kind === 'directory' ? ref.handle.name : ref.name;
  const way = wayBackTo(ref);
  if (known) {
    const { restored: _, ...rest } = known; // it has its folder again
    const again = ref.kind === 'zip' && known.codePage ? { codePage: known.codePage, ...ref } : ref;
    return { record: { ...rest, name, ...way }, ref: again, isNew: false };
  }
  const record = { id: crypto.randomUUID(), name, kind: ref.kind, size: 0, classes: 0, openedAt: 0, ...way };
  return { record, ref, isNew: true };
}

/** The dataset that lost its handle with the browser's database and got everything else back. */
async function findAgain(store: Store, ref: SourceRef, id: string | undefined): Promise<DatasetRecord | undefined> {
  if (ref.kind !== 'directory') return undefined;
  const chosen = id === undefined ? undefined : await readDataset(store, id);
  if (!chosen?.restored) return findRestored(store, ref.handle);
  await requireFolderOf(store, chosen, ref.handle);
  return chosen;
}

async function byId(store: Store, id: string): Promise<Found> {
  const record = await readDataset(store, id);
  if (!record) throw new VitrineError('not-found', 'This dataset was removed from the list. Open its folder again.');
  const { restored: _, ...rest } = record;
  return { record: refOf(record) ? rest : record, ref: refOf(record), isNew: false };
}

/** What a record keeps of its source, so that it can be opened again. */
function wayBackTo(ref: SourceRef): Pick<DatasetRecord, 'handle' | 'zipHandle' | 'codePage'> {
  if (ref.kind === 'directory') return { handle: ref.handle };
  if (ref.kind === 'files') return {};
  return {
    ...(ref.zip instanceof Blob ? {} : { zipHandle: ref.zip }),
    ...(ref.codePage ? { codePage: ref.codePage } : {}),
  };
}

/** The source that a record leads back to; null when the person has to choose it again. */
function refOf({ name, handle, zipHandle, codePage }: DatasetRecord): SourceRef | null {
  if (handle) return { kind: 'directory', handle };
  return zipHandle ? { kind: 'zip', name, zip: zipHandle, ...(codePage ? { codePage } : {}) } : null;
}

/** What may be read without asking: 'prompt' needs a click; a list of files or a zip that is not at hand needs to be chosen again. */
export async function readPermission(ref: SourceRef | null): Promise<Core['permission']> {
  if (!ref) return 'prompt';
  if (ref.kind === 'files') return 'granted';
  const handle = ref.kind === 'directory' ? ref.handle : ref.zip;
  if (handle instanceof Blob) return 'granted';
  try {
    return await handle.queryPermission({ mode: 'read' });
  } catch (error) {
    if (toVitrineError(error).code === 'not-found') return 'lost';
    throw error;
  }
}
