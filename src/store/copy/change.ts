// One write to the database, as both the transaction and the safety copy read it.
import { type DATASET_STORES, type DatasetRecord, KEY_PATHS, type Schema } from '../schema.ts';

type DatasetStore = (typeof DATASET_STORES)[number];
/** What a copy holds: pictures are made again from the folder. */
export type CopiedStore = Exclude<DatasetStore | 'datasets', 'pictures'>;

/** A record, refused where there is one already if it `isNew`; or the removal of all keys from `from` to `to`. */
export type Change =
  | { [S in CopiedStore]: { put: S; record: Schema[S]['value']; isNew?: true } }[CopiedStore]
  | { remove: DatasetStore; from: IDBValidKey[]; to: IDBValidKey[] };

/** Stores that change together: a copy takes all of a checkpoint or nothing. */
const CHECKPOINT: readonly string[] = ['blocks', 'meta', 'leftOut', 'walked'] satisfies DatasetStore[];
export const isOfCheckpoint = (store: string): boolean => CHECKPOINT.includes(store);

/** Name among the small values: its value is another one after every write to the stores of a checkpoint. */
export const MARK = 'mark';

export const storeOf = (change: Change): DatasetStore | 'datasets' => ('put' in change ? change.put : change.remove);

/** A record's place in the copy: its object store and its key without the dataset. */
export type RecordKey = readonly [store: string, ...key: IDBValidKey[]];

export const nameOf = (key: RecordKey): string => JSON.stringify(key);

export function keyOf(store: CopiedStore, record: object): RecordKey {
  if (store === 'datasets') return ['datasets'];
  const values = record as Record<string, IDBValidKey>; // the names of KEY_PATHS are in every record of their store
  return [store, ...KEY_PATHS[store].slice(1).map((name) => values[name] ?? '')];
}

/** A record as it is copied: handles of folders can only be kept in IndexedDB. */
export function copiedRecord(record: object): object {
  const { handle: _, zipHandle: __, ...rest } = record as Partial<DatasetRecord>; // records of other stores have none
  return rest;
}

/** Names of the records of a store whose keys lie between two, both included. */
export function namesBetween(
  records: ReadonlyMap<string, { key: unknown }>,
  store: string,
  [from, to]: readonly IDBValidKey[],
): string[] {
  const names: string[] = [];
  for (const [name, record] of records) {
    const [of, ...key] = record.key as RecordKey; // of a record that was put
    if (of === store && indexedDB.cmp(from, key) <= 0 && indexedDB.cmp(key, to) <= 0) names.push(name);
  }
  return names;
}
