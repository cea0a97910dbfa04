// The one IndexedDB database: which object stores there are, what each record holds, and how an older version becomes this one.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CodePage } from '../shared/code-page.ts';
import { VitrineError } from '../shared/errors.ts';

/** Version of the object stores. A newer one in the browser means that a newer Vitrine has been here. */
const DATABASE_VERSION = 1;
/** Version of the bytes inside blocks and of journal entries; written beside each of them. */
export const FORMAT_VERSION = 1;

/** A dataset as the registry knows it: enough for the start screen before anything else is read. */
export interface DatasetRecord {
  id: string;
  name: string;
  kind: 'directory' | 'files' | 'zip';
  /** Root folder; absent for file lists, which cannot be opened again without the person. */
  handle?: FileSystemDirectoryHandle;
  /** The zip, where the browser gave a way back to it. */
  zipHandle?: FileSystemFileHandle;
  /** What a person chose for the names in the zip. */
  codePage?: CodePage;
  size: number;
  classes: number;
  /** Milliseconds since 1970. */
  openedAt: number;
  /** Came back from the safety copy and waits for its folder; `damaged`: not all of the copy could be read. */
  restored?: { edits: number; damaged: boolean };
}

/** Bytes of up to 16,384 rows of one column, as the catalog encoded them. */
export interface BlockRecord {
  dataset: string;
  column: string;
  block: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** xxHash32 of `bytes`. */
  checksum: number;
  format: number;
}

export interface JournalRecord {
  dataset: string;
  seq: number;
  format: number;
  entry: unknown;
}

/** One small value of a dataset by name: classes and dictionaries, layout, place, evaluations. */
export interface MetaRecord {
  dataset: string;
  name: string;
  value: unknown;
}

/** A file or folder that a walk left out, with the source's word for why. */
export interface LeftOutItem {
  path: string;
  reason: string;
}

/** A run of left-out files of one walk, in the order in which they were found. */
export interface LeftOutRecord {
  dataset: string;
  walk: number;
  chunk: number;
  items: LeftOutItem[];
}

/** How far an unfinished walk is, as a log: folders it found and folders whose listing is complete. */
export interface WalkedRecord {
  dataset: string;
  chunk: number;
  found: string[];
  completed: string[];
}

/** A kept thumbnail, encoded; bytes instead of a Blob so that a record is whole in one place. */
export interface PictureRecord {
  dataset: string;
  shelf: 'cover' | 'screen';
  id: number;
  bytes: ArrayBuffer;
  type: string;
}

/** What is known of the vectors of one key. */
export interface EmbeddingRecord {
  dataset: string;
  key: string;
  backbone: string;
  title: string;
  dim: number;
  unfinished: boolean;
  /** Milliseconds since 1970 of the last commit; the latest one is the current backbone's. */
  at: number;
  /** How deep pictures were looked at; absent in records of an older version: as the files say. */
  view?: unknown;
}

/** Which of 16,384 rows have a vector: one bit each. */
export interface PresenceRecord {
  dataset: string;
  key: string;
  block: number;
  bits: Uint32Array<ArrayBuffer>;
  checksum: number;
}

export interface Schema extends DBSchema {
  datasets: { key: string; value: DatasetRecord };
  blocks: { key: [dataset: string, column: string, block: number]; value: BlockRecord };
  journal: { key: [dataset: string, seq: number]; value: JournalRecord };
  meta: { key: [dataset: string, name: string]; value: MetaRecord };
  leftOut: { key: [dataset: string, walk: number, chunk: number]; value: LeftOutRecord };
  walked: { key: [dataset: string, chunk: number]; value: WalkedRecord };
  pictures: { key: [dataset: string, shelf: string, id: number]; value: PictureRecord };
  embeddings: { key: [dataset: string, key: string]; value: EmbeddingRecord };
  presence: { key: [dataset: string, key: string, block: number]; value: PresenceRecord };
}

export type Store = IDBPDatabase<Schema>;

/** Of what each key is made. */
export const KEY_PATHS = {
  datasets: 'id',
  blocks: ['dataset', 'column', 'block'],
  journal: ['dataset', 'seq'],
  meta: ['dataset', 'name'],
  leftOut: ['dataset', 'walk', 'chunk'],
  walked: ['dataset', 'chunk'],
  pictures: ['dataset', 'shelf', 'id'],
  embeddings: ['dataset', 'key'],
  presence: ['dataset', 'key', 'block'],
} as const;

/** Object stores whose keys begin with the dataset's id: what `forget` empties. */
export const DATASET_STORES = [
  'blocks',
  'journal',
  'meta',
  'leftOut',
  'walked',
  'pictures',
  'embeddings',
  'presence',
] as const;

/** Every key of a dataset in a store whose keys begin with its id: an array sorts after every string and number. */
export const ofDataset = (dataset: string): IDBKeyRange => IDBKeyRange.bound([dataset], [dataset, []]);

/**
 * Opens the database, creating or upgrading it. `onLost` is told once when the connection ends without `close`: a newer version
 * wants to upgrade, or the browser closed it. Errors: `newer-version`, `platform`.
 */
export async function openStore(name = 'vitrine', onLost: (error: VitrineError) => void = () => {}): Promise<Store> {
  try {
    const store = await openDB<Schema>(name, DATABASE_VERSION, {
      upgrade(db, from) {
        if (from < 1) {
          db.createObjectStore('datasets', { keyPath: KEY_PATHS.datasets });
          for (const name of DATASET_STORES) db.createObjectStore(name, { keyPath: [...KEY_PATHS[name]] });
        }
      },
      blocking(_current, _blocked, event) {
        // holding on would keep the newer version from opening at all
        (event.target as IDBDatabase).close(); // the target of versionchange is the database (IndexedDB 3.0, 5.4)
        onLost(
          new VitrineError(
            'newer-version',
            'A newer Vitrine was opened in another tab. Reload this tab to go on with it.',
          ),
        );
      },
      terminated() {
        onLost(
          new VitrineError(
            'storage-damaged',
            'The browser closed the storage of Vitrine. Reload the page; every edit shown as saved is kept.',
          ),
        );
      },
    });
    return store;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'VersionError')
      throw new VitrineError(
        'newer-version',
        'The datasets in this browser were written by a newer Vitrine. Reload the page to get the newer version.',
        { cause },
      );
    throw new VitrineError(
      'platform',
      'The browser does not let Vitrine store anything here. Leave private browsing or allow site data, then reload.',
      { cause },
    );
  }
}
