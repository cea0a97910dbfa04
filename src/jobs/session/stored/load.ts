// Opens a stored dataset: newest blocks, then the tail of the journal; and builds it anew around blocks that are damaged.
import { forgetLostDetails } from '../../../catalog/details.ts';
import { type JournalRecord, replayJournal } from '../../../catalog/edit/history.ts';
import { applyLayout } from '../../../catalog/layout.ts';
import { restoreTable } from '../../../catalog/snapshot.ts';
import { createTable } from '../../../catalog/table.ts';
import type { DeepView } from '../../../catalog/types.ts';
import { readBlocks, readMeta } from '../../../store/blocks.ts';
import { readJournal } from '../../../store/journal.ts';
import { readPresence } from '../../../store/presence.ts';
import type { Store } from '../../../store/schema.ts';
import type { ImportRecipe } from '../../import/types.ts';
import type { LayoutState, Loaded } from '../core.ts';
import { firstWalk, type WalkMeta } from '../folder/walk-meta.ts';
import type { StoredEvaluation } from '../model/learning.ts';

/** A block by its place. */
export interface BlockName {
  column: string;
  block: number;
}

const nameOf = ({ column, block }: BlockName): string => `${column} ${block}`;

/**
 * Reads a dataset. `damaged` blocks are left out: their rows get back what the folders and the kept journal tell. `lost` names
 * blocks whose bytes made no sense. Errors: `newer-version`, `storage-damaged`.
 */
export async function loadDataset(
  store: Store,
  dataset: string,
  damaged: readonly BlockName[] = [],
): Promise<Loaded & { lost: BlockName[] }> {
  const [stored, meta, journal, presence] = await Promise.all([
    readBlocks(store, dataset),
    readMeta(store, dataset, [
      'table',
      'journal',
      'layout',
      'walk',
      'evaluations',
      'place',
      'view',
      'recipe',
      'exported',
    ]),
    readJournal(store, dataset, 0),
    readPresence(store, dataset),
  ]);
  const skip = new Set(damaged.map(nameOf));
  const blocks = skip.size === 0 ? stored : stored.filter((block) => !skip.has(nameOf(block)));
  const { table, lost } =
    meta.table === undefined ? { table: createTable(), lost: [] } : restoreTable(meta.table, blocks);
  // the values below were written by checkpoints.ts, learning.ts and keeping.ts
  const contained = (meta.journal as number | undefined) ?? 0;
  const layout = (meta.layout as LayoutState | undefined) ?? { proposal: null, accepted: false };
  const records = journal.map((record) => record.entry as JournalRecord); // written by edits.ts
  const incomplete = skip.size > 0 || lost.length > 0;
  // rows that are not edited get their label from their folder, edited ones from the journal
  if (incomplete) applyLayout(table, table.layout);
  if (incomplete) forgetLostDetails(table, [...damaged, ...lost]);
  const history = replayJournal(table, records, incomplete ? 0 : contained);
  const position = Math.max(contained, journal.at(-1)?.seq ?? 0);
  return {
    table,
    history,
    position,
    contained,
    // an edit accepts what was recognised, also one that came after the newest checkpoint
    layout: { ...layout, accepted: layout.accepted || position > 0 },
    walk: (meta.walk as WalkMeta | undefined) ?? firstWalk(),
    presence,
    evaluations: (meta.evaluations as StoredEvaluation[] | undefined) ?? [],
    place: meta.place ?? null,
    view: (meta.view as DeepView | undefined) ?? {},
    recipe: followed((meta.recipe as ImportRecipe | null | undefined) ?? null, records, contained),
    exported: (meta.exported as number | undefined) ?? 0,
    lost: lost.map(({ column, block }) => ({ column, block })),
  };
}

/** A recipe as the journal's tail left it: its edit may have been taken back, or done again, after the newest checkpoint. */
function followed(
  recipe: ImportRecipe | null,
  records: readonly JournalRecord[],
  contained: number,
): ImportRecipe | null {
  if (!recipe) return null;
  const last = records.findLast((record) => record.id > contained && record.kind !== 'do' && record.of === recipe.edit);
  return last ? { ...recipe, undone: last.kind === 'undo' } : recipe;
}
