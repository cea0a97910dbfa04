// What the workers tell by themselves, and which part of the session each event is for.
import type { Accessor } from 'solid-js';
import type { DeviceReport } from '../backbone/types.ts';
import type { DatasetState, ViewInfo } from '../catalog/types.ts';
import type { CatalogEvent, CatalogJob } from '../workers/calls.ts';
import type { Notices } from './notices.ts';
import type { Workers } from './workers.ts';

interface Parts {
  workers: Pick<Workers, 'onCatalogEvent' | 'onModelEvent'>;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  setDataset(state: DatasetState): void;
  deep: { follow(state: DatasetState): void };
  pictures: { clear(): void };
  keeping: { cover(): void };
  importing: { look(): Promise<unknown> };
  jobs: { mirror(job: CatalogJob): void };
  looking: { viewChanged(view: ViewInfo): Promise<unknown>; refresh(): void };
  learning: {
    refreshEvaluations(): Promise<unknown>;
    refreshBackbones(): Promise<unknown>;
    setDevice(device: DeviceReport): void;
  };
}

/** Many values change at once while facts are read: one refresh a frame or two. */
const refreshAfterMs = 40;

/** Listens for as long as the page lives. */
export function followWorkers(parts: Parts): void {
  const { workers, notices, dataset, setDataset, deep, pictures, keeping, importing, jobs, looking, learning } = parts;
  let _changeTimer: ReturnType<typeof setTimeout> | undefined;

  function datasetChanged(state: DatasetState): void {
    const before = dataset();
    // events of a dataset that was closed meanwhile are late news
    if (before?.id !== state.id) return;
    deep.follow(state);
    setDataset(state);
    // files are others than those that were decoded
    if (before.scan.report.changed !== state.scan.report.changed) pictures.clear();
    if (before.scan.state !== 'done' && state.scan.state === 'done') {
      keeping.cover();
      importing.look().catch(notices.fail);
    }
    // trained from here, from a script, or by the tab that owns the dataset
    if (state.probe?.at !== before.probe?.at) learning.refreshEvaluations().catch(notices.fail);
  }

  workers.onCatalogEvent((event: CatalogEvent) => {
    switch (event.type) {
      case 'dataset':
        return datasetChanged(event.state);
      case 'view':
        void looking.viewChanged(event.view);
        return;
      case 'change':
        _changeTimer ??= setTimeout(() => {
          _changeTimer = undefined;
          looking.refresh();
        }, refreshAfterMs);
        return;
      case 'job':
        jobs.mirror(event.job);
    }
  });
  workers.onModelEvent((event) => {
    if (event.type === 'device') learning.setDevice(event.device);
    else learning.refreshBackbones().catch(notices.fail);
  });
}
