// Column blocks: written together with the journal position they contain, read in one go, checked against their checksums.

import { VitrineError } from '../shared/errors.ts';
import { checksum } from './checksum.ts';
import type { Change } from './copy/change.ts';
import { storing } from './quota.ts';
import { type BlockRecord, FORMAT_VERSION, type LeftOutItem, ofDataset, type Store } from './schema.ts';
import { writeChanges } from './write.ts';

/** One block as the catalog encodes it. */
export interface Block {
  column: string;
  block: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Everything that must change together: a crash leaves either all of it or nothing. */
export interface Checkpoint {
  blocks: readonly Block[];
  /** Small values by name; the journal position that the blocks contain is one of them. */
  meta: Readonly<Record<string, unknown>>;
  /** What the walk left out since the last checkpoint, appended to the list of this walk. */
  leftOut?: { walk: number; chunk: number; items: LeftOutItem[] };
  /** Folders that the walk found and completed since the last checkpoint. */
  walked?: { chunk: number; found: string[]; completed: string[] };
  /** The walk is complete: forgets its folders and the left-out lists of earlier walks. */
  walkDone?: { walk: number };
}

/**
 * Writes a checkpoint in one transaction. The bytes are copied before this returns its promise, so that the caller may go on changing
 * them. `strict` asks the disk; rebuildable values do not need it. Errors: `storage-full` (nothing was written).
 */
export async function writeCheckpoint(
  store: Store,
  dataset: string,
  checkpoint: Checkpoint,
  durability: 'strict' | 'relaxed',
): Promise<void> {
  const { blocks, meta, leftOut, walked, walkDone } = checkpoint;
  const changes: Change[] = blocks.map(({ column, block, bytes }) => ({
    put: 'blocks',
    record: { dataset, column, block, bytes, checksum: checksum(bytes), format: FORMAT_VERSION },
  }));
  for (const [name, value] of Object.entries(meta)) changes.push({ put: 'meta', record: { dataset, name, value } });
  if (leftOut) changes.push({ put: 'leftOut', record: { dataset, ...leftOut } });
  if (walked) changes.push({ put: 'walked', record: { dataset, ...walked } });
  if (walkDone)
    changes.push(
      { remove: 'walked', from: [dataset], to: [dataset, []] },
      { remove: 'leftOut', from: [dataset], to: [dataset, walkDone.walk] }, // of earlier walks
    );
  await writeChanges(store, dataset, changes, durability);
}

/** Forgets blocks, because they are damaged. */
export async function removeBlocks(
  store: Store,
  dataset: string,
  blocks: readonly { column: string; block: number }[],
): Promise<void> {
  const changes = blocks.map(({ column, block }): Change => {
    const key = [dataset, column, block];
    return { remove: 'blocks', from: key, to: key };
  });
  await writeChanges(store, dataset, changes, 'relaxed');
}

/** All blocks of a dataset, unchecked: checksums are verified later, in idle time. Errors: `newer-version`. */
export async function readBlocks(store: Store, dataset: string): Promise<BlockRecord[]> {
  const records = await storing(() => store.getAll('blocks', ofDataset(dataset)));
  if (records.some((record) => record.format > FORMAT_VERSION))
    throw new VitrineError(
      'newer-version',
      'This dataset was written by a newer Vitrine. Reload the page to get the newer version.',
    );
  return records;
}

/** Whether the bytes are what was written. */
export const isWhole = (record: BlockRecord): boolean => checksum(record.bytes) === record.checksum;

/** Named values of a dataset; one that was never kept is undefined. */
export async function readMeta<Name extends string>(
  store: Store,
  dataset: string,
  names: readonly Name[],
): Promise<{ [name in Name]?: unknown }> {
  const records = await storing(() => {
    const meta = store.transaction('meta').store;
    return Promise.all(names.map((name) => meta.get([dataset, name])));
  });
  const values: { [name in Name]?: unknown } = {};
  names.forEach((name, i) => {
    values[name] = records[i]?.value;
  });
  return values;
}
