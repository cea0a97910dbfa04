// Rebuilds a dataset around damaged blocks: labels and splits from folders and journal, the rest is read or computed anew.
import { storing, transact } from '../../../store/quota.ts';
import type { Core } from '../core.ts';
import type { Views } from '../views.ts';
import { type BlockName, loadDataset } from './load.ts';

/** Rows of a block, for the sentence. */
const BLOCK_ROWS = 16_384;

/** Replaces what is in memory by what the store holds without `blocks`, and says so. Rows found by a walk since the last checkpoint are found again. */
export async function recover(core: Core, views: Views, blocks: readonly BlockName[]): Promise<void> {
  const { lost, ...loaded } = await loadDataset(core.store, core.record.id, blocks);
  await storing(async () => {
    const tx = core.store.transaction('blocks', 'readwrite');
    await transact(tx, function* () {
      for (const { column, block } of blocks) yield tx.store.delete([core.record.id, column, block]);
    });
  });
  Object.assign(core, loaded);
  core.damage = damageSentence([...blocks, ...lost], core.table.rowCount);
  views.replaced();
  core.unsaved();
  core.stateChanged();
}

/** Names damaged blocks and what became of their values. */
export function damageSentence(blocks: readonly BlockName[], rows: number): string {
  const names = new Set(
    blocks.map(({ column, block }) => {
      const first = block * BLOCK_ROWS + 1;
      const last = Math.max(first, Math.min(rows, first + BLOCK_ROWS - 1));
      return `“${column}” of pictures ${first.toLocaleString('en')} to ${last.toLocaleString('en')}`;
    }),
  );
  return `The browser's storage damaged ${[...names].join(', ')}. Labels were restored from folders and edits; rescan the folder, and embed or train again where values are missing.`;
}
