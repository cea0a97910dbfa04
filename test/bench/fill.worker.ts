// Writes a dataset of ImageNet's size into the store, with the store's and the catalog's own code, as a walk and a training would leave it.
import { dirtyBlocks, encodeBlock, encodeMeta } from '../../src/catalog/snapshot.ts';
import { firstWalk, type WalkMeta } from '../../src/jobs/session/folder/walk-meta.ts';
import { writeCheckpoint } from '../../src/store/blocks.ts';
import { writeDataset } from '../../src/store/registry.ts';
import { openStore } from '../../src/store/schema.ts';
import { buildImageNet, ROWS } from './imagenet.ts';

const scope = self as unknown as { postMessage(filled: { id: string; bytes: number }): void }; // a worker's scope; TypeScript's page library types `self` as a window

async function fill(): Promise<void> {
  const { table } = buildImageNet();
  const store = await openStore();
  const id = crypto.randomUUID();
  // a list of files: there is no folder behind it, and nothing of it is read here
  await writeDataset(store, { id, name: 'ImageNet', kind: 'files', size: ROWS, classes: 1000, openedAt: Date.now() });
  const blocks = dirtyBlocks(table).map((key) => ({ ...key, bytes: encodeBlock(table, key) }));
  const walk: WalkMeta = { ...firstWalk(), state: 'done', complete: true, added: ROWS };
  const layout = { proposal: null, accepted: true };
  await writeCheckpoint(store, id, { blocks, meta: { table: encodeMeta(table), journal: 0, layout, walk } }, 'strict');
  store.close();
  scope.postMessage({ id, bytes: blocks.reduce((sum, { bytes }) => sum + bytes.length, 0) });
}

void fill();
