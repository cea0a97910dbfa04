// How the folders are read: proposed anew while folders appear, applied until the person has agreed or edited.
import { applyLayout } from '../../../catalog/layout.ts';
import { directoryCounts } from '../../../catalog/rows.ts';
import type { Layout } from '../../../catalog/types.ts';
import { proposeLayout } from '../../../formats/folders.ts';
import { type Core, requireOwner } from '../core.ts';
import type { Checkpoints } from '../stored/checkpoints.ts';
import { createThrottle } from '../throttle.ts';

export interface FolderLayout {
  /** Folders came or went. */
  refresh(): void;
  /** What was asked for by `refresh` is done. */
  settle(): Promise<void>;
  /** The person's choice: applied to all rows that are not edited, and kept. */
  choose(layout: Layout): Promise<void>;
  stop(): void;
}

/** While the walk goes on; counting pictures by folder passes over all rows. */
const PROPOSE_MS = 200;

export function createFolderLayout(
  core: Core,
  checkpoints: () => Checkpoints,
  onError: (error: unknown) => void,
): FolderLayout {
  const proposer = createThrottle(
    PROPOSE_MS,
    () => {
      if (core.access !== 'owner') return;
      const proposal = proposeLayout(directoryCounts(core.table));
      core.layout = { ...core.layout, proposal };
      if (!core.layout.accepted && !isSame(core.table.layout, proposal.layout)) {
        applyLayout(core.table, proposal.layout);
        core.unsaved();
        core.changed(['label', 'split']);
      }
      core.stateChanged();
    },
    onError,
  );
  return {
    refresh: proposer.ask,
    settle: proposer.flush,
    async choose(layout) {
      requireOwner(core);
      applyLayout(core.table, layout);
      core.layout = { ...core.layout, accepted: true };
      core.changed(['label', 'split']);
      await checkpoints().write('strict');
    },
    stop: proposer.stop,
  };
}

const isSame = (a: Layout | null, b: Layout): boolean => JSON.stringify(a) === JSON.stringify(b);
