// A reader follows the owner in another tab: edits from the journal as they are told, everything else from the blocks after a checkpoint.
import type { JournalRecord } from '../../catalog/edit/journal.ts';
import { readJournal } from '../../store/journal.ts';
import type { Announcement } from '../ownership.ts';
import type { Core } from './core.ts';
import { loadDataset } from './load.ts';
import { replayOne } from './replay.ts';
import { createThrottle } from './throttle.ts';
import type { Views } from './views.ts';

export interface Follower {
  hear(announcement: Announcement): void;
  stop(): void;
}

/** Edits follow at once, rows at most once a second. */
const JOURNAL_MS = 20;
const ROWS_MS = 1000;

export function followOwner(core: Core, views: Views, onError: (error: unknown) => void): Follower {
  const journal = createThrottle(JOURNAL_MS, () => readTail(core, rows.ask), onError);
  const rows = createThrottle(ROWS_MS, () => replaceTable(core, views), onError);
  return {
    hear(announcement) {
      if (core.access === 'owner') return;
      if (announcement.type === 'journal') journal.ask();
      else rows.ask();
    },
    stop() {
      journal.stop();
      rows.stop();
    },
  };
}

/** Reads the dataset from the store again and puts it in place of what is in memory. */
export async function replaceTable(core: Core, views: Views): Promise<void> {
  const { lost: _, ...loaded } = await loadDataset(core.store, core.record.id);
  Object.assign(core, loaded);
  views.replaced();
  core.stateChanged();
}

async function readTail(core: Core, reload: () => void): Promise<void> {
  const fields = new Set<string>();
  for (const { entry, seq } of await readJournal(core.store, core.record.id, core.position)) {
    const record = entry as JournalRecord; // written by edits.ts
    if (seq !== core.position + 1) continue; // read by an earlier call meanwhile
    // rows or classes that the owner has stored since this tab last looked
    if (record.kind === 'do' && record.entry.needs.rows > core.table.rowCount) return reload();
    for (const field of replayOne(core, record)) fields.add(field);
  }
  if (fields.size > 0) core.changed([...fields]);
}
