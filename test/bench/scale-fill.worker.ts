// Writes a generated dataset into the store of this origin as if it had been walked, with the folder behind it.
import { dirtyBlocks, encodeBlock, encodeMeta } from '../../src/catalog/snapshot.ts';
import { tableBytes } from '../../src/catalog/table.ts';
import { firstWalk, type WalkMeta } from '../../src/jobs/session/folder/walk-meta.ts';
import { writeCheckpoint } from '../../src/store/blocks.ts';
import { writeDataset } from '../../src/store/registry.ts';
import { openStore } from '../../src/store/schema.ts';
import { fillTable } from '../support/fill.ts';

export interface Filled {
  /** Bytes a row in memory. */
  row: number;
  /** Bytes of all blocks on disk. */
  stored: number;
}

/** Blocks of one transaction: encoded together they would be a second copy of everything. */
const AT_ONCE = 256;

addEventListener('message', ({ data }: MessageEvent<FillRequest>) => void fill(data));

interface FillRequest {
  handle: FileSystemDirectoryHandle;
  rows: number;
}

async function fill({ handle, rows }: FillRequest): Promise<void> {
  const table = fillTable(rows, 1, { metadata: true });
  const store = await openStore();
  const id = crypto.randomUUID();
  const record = { id, name: handle.name, kind: 'directory' as const, handle, size: rows, classes: 1000 };
  await writeDataset(store, { ...record, openedAt: Date.now() });
  const keys = dirtyBlocks(table);
  let stored = 0;
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const blocks = keys.slice(at, at + AT_ONCE).map((key) => ({ ...key, bytes: encodeBlock(table, key) }));
    stored += blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    await writeCheckpoint(store, id, { blocks, meta: {} }, 'relaxed');
  }
  const walk: WalkMeta = { ...firstWalk(), state: 'done', complete: true, added: rows };
  const meta = { table: encodeMeta(table), journal: 0, layout: { proposal: null, accepted: true }, walk };
  await writeCheckpoint(store, id, { blocks: [], meta }, 'strict');
  store.close();
  postMessage({ row: tableBytes(table) / rows, stored } satisfies Filled);
}
