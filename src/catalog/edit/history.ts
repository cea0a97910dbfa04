// Undo and redo from the journal alone, so that both survive a reload.
import type { Table } from '../table.ts';
import { applyEntry, type JournalEntry } from './entry.ts';

/** One durable step. `id` grows by one; `at` is in ms since 1970; `of` is the id of the 'do' that is taken back or done again. */
export type JournalRecord =
  | { id: number; at: number; kind: 'do'; entry: JournalEntry }
  | { id: number; at: number; kind: 'undo' | 'redo'; of: number };

export type DoRecord = Extract<JournalRecord, { kind: 'do' }>;

/** Edits that can be taken back: older ones leave first. A million-row edit holds up to about 10 MB. */
const KEPT_EDITS = 1000;
const KEPT_BYTES = 64 * 1024 * 1024;

export interface History {
  /** A step that is durable and applied; from the journal oldest first, or as it happens. */
  record(step: JournalRecord): void;
  /** The edit that undo takes back, or null. */
  undoable(): DoRecord | null;
  /** The edit that redo does again, or null. */
  redoable(): DoRecord | null;
}

/** An empty history. */
export function createHistory(): History {
  const done: DoRecord[] = [];
  const undone: DoRecord[] = [];
  /** Moves the step `of` from one pile to the other; one that is no longer kept changes nothing. */
  const move = (of: number, from: DoRecord[], to: DoRecord[]): void => {
    if (from[from.length - 1]?.id !== of) return;
    const step = from.pop();
    if (step) to.push(step);
  };
  return {
    record(step) {
      if (step.kind !== 'do') {
        if (step.kind === 'undo') move(step.of, done, undone);
        else move(step.of, undone, done);
        return;
      }
      undone.length = 0;
      done.push(step);
      let bytes = done.reduce((sum, { entry }) => sum + entryBytes(entry), 0);
      while (done.length > 1 && (done.length > KEPT_EDITS || bytes > KEPT_BYTES))
        bytes -= entryBytes(done.shift()?.entry);
    },
    undoable: () => done[done.length - 1] ?? null,
    redoable: () => undone[undone.length - 1] ?? null,
  };
}

function entryBytes(entry: JournalEntry | undefined): number {
  let bytes = 0;
  for (const { rows, columns } of entry?.changes ?? []) {
    bytes += 'runs' in rows ? rows.runs.byteLength : rows.ids.byteLength;
    for (const { before, after } of columns) bytes += (before.codes?.byteLength ?? 0) + (after.codes?.byteLength ?? 0);
  }
  return bytes;
}

/**
 * Rebuilds what was not in the newest checkpoint: applies the steps after position `contained`, and remembers all for undo.
 * `records` ascend by id. A step whose edit the journal no longer holds cannot come after `contained` and is passed over.
 */
export function replayJournal(table: Table, records: readonly JournalRecord[], contained: number): History {
  const history = createHistory();
  const edits = new Map<number, JournalEntry>();
  for (const step of records) {
    if (step.kind === 'do') edits.set(step.id, step.entry);
    const entry = edits.get(step.kind === 'do' ? step.id : step.of);
    if (step.id > contained && entry) applyEntry(table, entry, step.kind === 'undo' ? 'undo' : 'do');
    history.record(step);
  }
  return history;
}
