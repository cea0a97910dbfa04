// Rebuilds a dataset around what the browser's storage lost: labels and splits from folders and journal, the rest is read or computed anew.
import { removeBlocks } from '../../../store/blocks.ts';
import { writePresence } from '../../../store/presence.ts';
import { vectorBytes } from '../../../store/vectors.ts';
import type { Core } from '../core.ts';
import type { Views } from '../views.ts';
import { type BlockName, loadDataset } from './load.ts';

/** Rows of a block, for the sentence. */
const BLOCK_ROWS = 16_384;

/** Replaces what is in memory by what the store holds without `blocks`, and says so. Rows found by a walk since the last checkpoint are found again. */
export async function recover(core: Core, views: Views, blocks: readonly BlockName[]): Promise<void> {
  const { lost, ...loaded } = await loadDataset(core.store, core.record.id, blocks);
  await removeBlocks(core.store, core.record.id, blocks);
  Object.assign(core, loaded);
  core.damage = damageSentence([...blocks, ...lost], core.table.rowCount);
  views.replaced();
  core.unsaved();
  core.stateChanged();
}

/**
 * Forgets vectors that the file is too short to hold: reading beyond its end would give zeros, and a probe trained on them. Says so when there
 * were any. Their rows are missing again, so that embedding makes them anew.
 */
export async function recoverVectors(core: Core): Promise<void> {
  for (const presence of core.presence.values()) {
    const { key, dim, title } = presence.record;
    const ids = presence.rows.ids(); // before the size is read: those that are embedded meanwhile are none of its business
    const held = Math.floor((await vectorBytes(core.record.id, key)) / (dim * 2)); // half precision
    const lost = ids.filter((id) => id >= held);
    if (lost.length === 0) continue;
    for (const id of lost) presence.rows.delete(id);
    presence.record.unfinished = true;
    await writePresence(core.store, core.record.id, presence, lost);
    core.damage = `The browser's storage lost ${lost.length.toLocaleString('en')} embeddings of ${title}. Embed again to make them anew.`;
    core.stateChanged();
  }
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
