// The state of the open dataset as the page mirrors it, assembled from the parts that know.
import { summarize } from '../../catalog/summary.ts';
import type { DatasetState } from '../../catalog/types.ts';
import { activeRecipe, type Core } from './core.ts';
import type { Walking } from './folder/walking.ts';
import type { Embeddings } from './model/embeddings.ts';
import type { Learning } from './model/learning.ts';

export function datasetState(core: Core, walking: Walking, embeddings: Embeddings, learning: Learning): DatasetState {
  const recipe = activeRecipe(core);
  const summary = summarize(core.table);
  const undoable = core.history.undoable();
  const redoable = core.history.redoable();
  return {
    id: core.record.id,
    name: core.record.name,
    kind: core.record.kind,
    access: core.access,
    permission: core.permission,
    writable: core.source?.writable === true && core.access === 'owner',
    ...summary,
    multiLabel: summary.multiLabel || recipe?.multiLabel === true,
    proposal: core.layout.proposal,
    layoutAccepted: core.layout.accepted,
    scan: walking.state(),
    embeddings: embeddings.states(),
    ...(Object.keys(core.view).length === 0 ? {} : { view: core.view }),
    ...(recipe ? { imported: recipe.format } : {}),
    probe: learning.state(),
    undo: undoable?.entry.text ?? null,
    redo: redoable?.entry.text ?? null,
    unsavedExports: core.position - core.exported,
    journal: core.position,
    persisted: core.persisted,
    ...(core.damage === undefined ? {} : { damage: core.damage }),
    ...(core.copyTrouble === undefined ? {} : { copyTrouble: core.copyTrouble }),
  };
}
