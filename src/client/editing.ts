// Edits: sent to the catalog, shown as saved when they are durable, announced with a way back.
import { type Accessor, createSignal } from 'solid-js';
import type { DatasetState, Edit, EditCommand, Row } from '../catalog/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Notices } from './notices.ts';
import type { Selection } from './types.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  notices: Notices;
  selection: Selection;
  dataset: Accessor<DatasetState | null>;
  cursorRow(): Row | undefined;
}

/** The editing commands of the session. */
export function createEditing({ catalog, notices, selection, dataset, cursorRow }: Parts) {
  const [saving, setSaving] = createSignal(0);

  async function durable<T>(work: () => Promise<T>): Promise<T | null> {
    setSaving((n) => n + 1);
    try {
      return await work();
    } catch (error) {
      notices.fail(error);
      return null;
    } finally {
      setSaving((n) => n - 1);
    }
  }

  async function back(): Promise<void> {
    const edit = await durable(() => catalog.undo({}));
    if (edit) notices.announce(`Undone: ${edit.text}`);
  }

  async function edit(command: EditCommand): Promise<Edit | null> {
    const done = await durable(() => catalog.edit({ command }));
    // one picture shows its change itself; many, or a class, are told with the way back
    if (done && done.rows !== 1)
      notices.notify({ tone: 'plain', text: done.text, action: { title: 'Undo', run: () => void back() } });
    else if (done) notices.announce(done.text);
    return done;
  }

  function targets(): Uint32Array {
    if (selection.count() > 0) return selection.ids();
    const row = cursorRow();
    return row ? Uint32Array.of(row.id) : new Uint32Array();
  }

  return {
    saving,
    edit,
    targets,
    async label(name: string | null): Promise<void> {
      const rows = targets();
      if (rows.length === 0) return;
      // where a picture may have several labels, naming one adds it or takes it away
      if (name !== null && dataset()?.multiLabel) await edit({ kind: 'label-toggle', rows, name });
      else await edit({ kind: 'label', rows, set: name === null ? null : [name] });
    },
    async exclude(value: boolean): Promise<void> {
      const rows = targets();
      if (rows.length > 0) await edit({ kind: 'exclude', rows, value });
    },
    undo: async (): Promise<void> => {
      if (dataset()?.undo) await back();
    },
    async redo(): Promise<void> {
      if (!dataset()?.redo) return;
      const done = await durable(() => catalog.redo({}));
      if (done) notices.announce(`Done again: ${done.text}`);
    },
  };
}
