// How the open dataset's deep pictures are looked at: chosen here or in the tab that owns it, and followed by every picture.
import type { Accessor } from 'solid-js';
import type { DatasetState, DeepView } from '../catalog/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Notices } from './notices.ts';
import type { Workers } from './workers.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  workers: Pick<Workers, 'useView' | 'view'>;
  notices: Notices;
  /** The pictures that were made are of another view now. */
  onOther(): void;
  dataset: Accessor<DatasetState | null>;
  setDataset(state: DatasetState): void;
}

/** `follow` is told every state of the dataset before it is shown. */
export function createDeepView({ catalog, workers, notices, onOther, dataset, setDataset }: Parts) {
  function follow(state: DatasetState): void {
    const view = state.view ?? {};
    if (JSON.stringify(view) === JSON.stringify(workers.view())) return;
    workers.useView(view);
    onOther();
  }

  async function setDeepView(view: DeepView): Promise<void> {
    try {
      const before = dataset()?.embeddings.length ?? 0;
      const state = await catalog.setView({ view });
      follow(state);
      setDataset(state);
      if (before > 0 && state.embeddings.length === 0)
        notices.notify({
          tone: 'plain',
          text: 'The pictures look different now. Their embeddings belong to the former look: embed again, or change it back.',
        });
    } catch (error) {
      notices.fail(error);
    }
  }

  return { follow, setDeepView };
}
