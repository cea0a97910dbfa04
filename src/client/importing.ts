// Imports as the interface asks for them: what the folder offers, what dropped files could be, the plan, and the edit.
import { type Accessor, createSignal } from 'solid-js';
import type { DatasetState } from '../catalog/types.ts';
import type { Detection } from '../formats/types.ts';
import type { ImportPreference } from '../jobs/import/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { createEditing } from './editing.ts';
import type { Jobs } from './jobs.ts';
import type { Notices } from './notices.ts';
import type { Importing } from './types.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  jobs: Jobs;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  undo: ReturnType<typeof createEditing>['undo'];
}

/** A file with the name under which a format meets it. */
const asGiven = (files: readonly File[]) => files.map((file) => ({ path: file.name, file }));

/** The import commands of the session. `look` asks what the folder of the open dataset offers; call it when a walk is done. */
export function createImporting({
  catalog,
  jobs,
  notices,
  dataset,
  undo,
}: Parts): Importing & { look(): Promise<void> } {
  const [offered, setOffered] = createSignal<Detection[]>([]);
  return {
    offered,
    async look() {
      const id = dataset()?.id;
      setOffered([]);
      const found = await catalog.importDetect({ files: [] });
      if (dataset()?.id === id) setOffered(found);
    },
    detect: (files) => catalog.importDetect({ files: asGiven(files) }),
    options: (format, options) => catalog.importOptions({ format, options }),
    plan: (format, options, job) => catalog.importPlan({ format, options }, job),
    issues: () => catalog.importIssues({}),
    async commit(prefer: ImportPreference) {
      const edit = await jobs.run({
        kind: 'import',
        title: 'Importing',
        resumable: false,
        work: (options) => catalog.importCommit({ prefer }, options),
      });
      if (!edit) return false;
      notices.notify({ tone: 'good', text: edit.text, action: { title: 'Undo', run: () => void undo() } });
      return true;
    },
  };
}
