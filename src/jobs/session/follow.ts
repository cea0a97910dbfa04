// A reader follows the owner in another tab: edits from the journal as they are told, everything else from the blocks after a checkpoint.
import { applyEntry, type JournalEntry } from '../../catalog/edit/entry.ts';
import type { JournalRecord } from '../../catalog/edit/history.ts';
import { readJournal } from '../../store/journal.ts';
import type { Announcement } from '../ownership.ts';
import type { Core } from './core.ts';
import { loadDataset } from './stored/load.ts';
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
  for (const { entry } of await readJournal(core.store, core.record.id, core.position)) {
    const record = entry as JournalRecord; // written by edits.ts
    if (record.id <= core.position) continue; // a reload was faster
    const edit = editOf(core, record);
    // rows that the owner has stored since this tab last looked, or an edit from before what is remembered
    if (!edit || edit.needs.rows > core.table.rowCount) return reload();
    for (const field of applyEntry(core.table, edit, record.kind === 'undo' ? 'undo' : 'do')) fields.add(field);
    core.history.record(record);
    core.position = record.id;
  }
  if (fields.size > 0) core.changed([...fields]);
}

function editOf(core: Core, record: JournalRecord): JournalEntry | undefined {
  if (record.kind === 'do') return record.entry;
  const of = record.kind === 'undo' ? core.history.undoable() : core.history.redoable();
  return of?.id === record.of ? of.entry : undefined;
}
