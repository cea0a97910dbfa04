// Makes a safety copy equal to what the database holds, a little at a time, while both go on being written.
import { checksum } from '../checksum.ts';
import { storing } from '../quota.ts';
import { DATASET_STORES, ofDataset, type Store } from '../schema.ts';
import { type CopiedStore, copiedRecord, isOfCheckpoint, keyOf, MARK, nameOf, type RecordKey } from './change.ts';
import { encodeValue } from './codec.ts';
import type { Frame } from './frames.ts';
import type { CopyLog } from './log.ts';

/** Records read at once: about half a megabyte of blocks. */
const AT_ONCE = 8;

/**
 * Puts and removes what differs; resolves with the mark of the state that the copy holds now. Blocks that the database has damaged
 * are left as the copy has them.
 */
export async function catchUp(store: Store, dataset: string, log: CopyLog): Promise<unknown> {
  await log.verify();
  // first, because without it nobody would know what the rest is of
  const record = await storing(() => store.get('datasets', dataset));
  if (record) putIfOther(log, ['datasets'], copiedRecord(record));
  await follow(store, dataset, log, 'embeddings');
  await follow(store, dataset, log, 'presence');
  await followJournal(store, dataset, log);
  for (;;) {
    const mark = await markOf(store, dataset);
    if (log.whole && isSame(log, ['meta', MARK], { dataset, name: MARK, value: mark })) return mark;
    for (const name of DATASET_STORES)
      if (name !== 'pictures' && isOfCheckpoint(name)) await follow(store, dataset, log, name);
    // else a checkpoint was written while its parts were read: those that it changed are read again
    if ((await markOf(store, dataset)) === mark) {
      log.commit();
      return mark;
    }
  }
}

/** The mark of the newest checkpoint; one that an older version wrote gets its mark now. */
async function markOf(store: Store, dataset: string): Promise<unknown> {
  return storing(async () => {
    const tx = store.transaction('meta', 'readwrite');
    const known = await tx.store.get([dataset, MARK]);
    const record = known ?? { dataset, name: MARK, value: crypto.randomUUID() };
    if (!known) await tx.store.put(record);
    await tx.done;
    return record.value;
  });
}

/** Makes the records of one store equal. */
async function follow(
  store: Store,
  dataset: string,
  log: CopyLog,
  name: Exclude<CopiedStore, 'datasets'>,
): Promise<void> {
  const seen = new Set<string>();
  const before = new Map(log.records);
  let range = ofDataset(dataset);
  for (;;) {
    const known = new Map(log.records);
    const [records, keys] = await storing(() =>
      Promise.all([store.getAll(name, range, AT_ONCE), store.getAllKeys(name, range, AT_ONCE)]),
    );
    for (const record of records) {
      const key = keyOf(name, record);
      seen.add(nameOf(key));
      // the copy may have got a newer one while this was read
      if (log.records.get(nameOf(key)) !== known.get(nameOf(key))) continue;
      if ('bytes' in record && checksum(record.bytes) !== record.checksum) continue;
      putIfOther(log, key, record);
    }
    const last = keys.at(-1);
    if (!last || records.length < AT_ONCE) break;
    range = IDBKeyRange.bound(last, [dataset, []], true);
    await new Promise((resolve) => setTimeout(resolve)); // what a person waits for goes first
  }
  removeOthers(log, name, seen, before);
}

/** Entries never change: only those that the copy does not have are read. */
async function followJournal(store: Store, dataset: string, log: CopyLog): Promise<void> {
  const before = new Map(log.records);
  const keys = await storing(() => store.getAllKeys('journal', ofDataset(dataset)));
  const seen = new Set(keys.map(([, seq]) => nameOf(['journal', seq])));
  for (const key of keys) {
    const [, seq] = key;
    if (log.records.has(nameOf(['journal', seq]))) continue;
    const record = await storing(() => store.get('journal', key));
    if (record && !log.records.has(nameOf(['journal', seq]))) log.put(['journal', seq], record);
  }
  removeOthers(log, 'journal', seen, before);
}

/** Removes the records that were in the copy `before` the database was read, and that it does not have. */
function removeOthers(log: CopyLog, store: string, seen: ReadonlySet<string>, before: ReadonlyMap<string, Frame>) {
  for (const [name, frame] of before) {
    const [of, ...key] = frame.key as RecordKey; // written by `put`
    if (of === store && !seen.has(name) && log.records.get(name) === frame) log.remove(store, key, key);
  }
}

function putIfOther(log: CopyLog, key: RecordKey, record: object): void {
  if (!isSame(log, key, record)) log.put(key, record);
}

const isSame = (log: CopyLog, key: RecordKey, record: object): boolean =>
  log.records.get(nameOf(key))?.stamp === checksum(encodeValue(record));
