// Edits in their order: journal (strict), table, answer, events. One after another, so that none is planned on a state that another changes.
import { applyEntry, type JournalEntry } from '../../catalog/edit/entry.ts';
import type { JournalRecord } from '../../catalog/edit/history.ts';
import { planEdit } from '../../catalog/edit/plan.ts';
import { type RowSet, unpackRows } from '../../catalog/edit/rows-code.ts';
import { saved } from '../../catalog/snapshot.ts';
import type { Table } from '../../catalog/table.ts';
import type { Edit, EditCommand } from '../../catalog/types.ts';
import { appendJournal, readJournal } from '../../store/journal.ts';
import { type Core, requireOwner } from './core.ts';
import type { Checkpoints } from './stored/checkpoints.ts';

export interface Edits {
  /** Durable when it resolves. Errors: `read-only`, `storage-full` (nothing changed), and what the command itself is refused for. */
  edit(command: EditCommand): Promise<Edit>;
  /** An edit that is planned on the table as it is at its turn. Errors: as `edit`. */
  change(plan: (table: Table) => JournalEntry): Promise<Edit>;
  undo(): Promise<Edit | null>;
  redo(): Promise<Edit | null>;
  /** Resolves when no edit is on its way. */
  settled(): Promise<void>;
  /** Every kept entry as JSON lines, oldest first: what was done, to which files. */
  exportJournal(pathsOf: (ids: Uint32Array) => string[]): Promise<Blob>;
}

export function createEdits(core: Core, checkpoints: Checkpoints, onDone: (seq: number) => void): Edits {
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined); // a refused edit must not keep the next from being tried
    return result;
  }

  /** Steps 1 and 2. `apply` gets the record once it is durable and returns the fields that changed. */
  async function commit(record: JournalRecord, apply: () => string[], text: string, rows: number): Promise<Edit> {
    await appendJournal(core.store, core.record.id, record.id, record);
    let fields: string[] = [];
    // unless the dataset was built anew from the journal while this entry was on its way into it
    if (core.position < record.id) {
      fields = apply();
      core.history.record(record);
      core.position = record.id;
    }
    core.unsaved();
    // in a task of their own, so that the answer is sent before them
    setTimeout(() => {
      core.changed(fields);
      onDone(record.id);
    });
    return { id: record.id, text, rows, at: record.at };
  }

  async function back(kind: 'undo' | 'redo'): Promise<Edit | null> {
    requireOwner(core);
    const of = kind === 'undo' ? core.history.undoable() : core.history.redoable();
    if (!of) return null;
    const { entry } = of;
    const record: JournalRecord = { id: core.position + 1, at: Date.now(), kind, of: of.id };
    const text = `${kind === 'undo' ? 'Undone' : 'Redone'}: ${entry.text}`;
    const edit = await commit(
      record,
      () => applyEntry(core.table, entry, kind === 'undo' ? 'undo' : 'do'),
      text,
      entry.rows,
    );
    if (core.recipe?.edit === of.id) core.recipe = { ...core.recipe, undone: kind === 'undo' };
    return edit;
  }

  const change = (plan: (table: Table) => JournalEntry): Promise<Edit> =>
    inTurn(async () => {
      requireOwner(core);
      const entry = plan(core.table);
      const { rows, classes } = saved(core.table);
      if (entry.needs.rows > rows || entry.needs.classes > classes) await checkpoints.write('strict');
      const record: JournalRecord = { id: core.position + 1, at: Date.now(), kind: 'do', entry };
      const accepts = !core.layout.accepted;
      const edit = await commit(record, () => applyEntry(core.table, entry, 'do'), entry.text, entry.rows);
      if (accepts) core.layout = { ...core.layout, accepted: true };
      return edit;
    });

  return {
    edit: (command) => change((table) => planEdit(table, command)),
    change,
    undo: () => inTurn(() => back('undo')),
    redo: () => inTurn(() => back('redo')),
    settled: () => queue.then(() => undefined),
    async exportJournal(pathsOf) {
      const records = await readJournal(core.store, core.record.id, 0);
      const lines = records.map(({ seq, entry }) => `${journalLine(seq, entry as JournalRecord, pathsOf)}\n`); // written above
      return new Blob(lines, { type: 'application/x-ndjson' });
    },
  };
}

/** One record as JSON: rows by path, because ids mean nothing outside. */
function journalLine(seq: number, record: JournalRecord, pathsOf: (ids: Uint32Array) => string[]): string {
  const readable = (_key: string, value: unknown): unknown => {
    if (isRowSet(value)) return pathsOf(unpackRows(value));
    return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Uint8Array) : value; // any typed array
  };
  return JSON.stringify({ seq, ...record, at: new Date(record.at).toISOString() }, readable);
}

function isRowSet(value: unknown): value is RowSet {
  if (typeof value !== 'object' || value === null) return false;
  return ('runs' in value && value.runs instanceof Uint32Array) || ('ids' in value && value.ids instanceof Uint32Array);
}
