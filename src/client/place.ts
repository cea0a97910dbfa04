// Where a person was in a dataset, kept with it: soon after every step, and at once when something is named or refused.
import type { Accessor } from 'solid-js';
import type { DatasetState, Query, SampleId } from '../catalog/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { FilterSet } from './filter-sets.ts';
import type { Notices } from './notices.ts';
import type { Place } from './types.ts';

/** Given back when the dataset opens again. */
interface SavedPlace {
  query: Query;
  cursor: SampleId | null;
  place: Place;
  /** Absent in places that an older version kept. */
  filterSets?: readonly FilterSet[];
  /** The hint about dark pictures was refused. */
  rangeRefused?: boolean;
}

interface Parts {
  catalog: Client<CatalogCalls>;
  notices: Notices;
  dataset: Accessor<DatasetState | null>;
  /** Where the person is now. */
  now(): SavedPlace;
}

const saveAfterMs = 800;

/** `soon` waits for the steps that follow; a tab that only reads keeps nothing. */
export function createPlaceKeeper({ catalog, notices, dataset, now }: Parts) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function save(): void {
    clearTimeout(timer);
    if (dataset()?.access === 'owner') catalog.savePlace({ place: now() }).catch(notices.fail);
  }

  return {
    save,
    soon(): void {
      clearTimeout(timer);
      timer = setTimeout(save, saveAfterMs);
    },
    saved: async (): Promise<SavedPlace | null> => (await catalog.savedPlace({})) as SavedPlace | null, // written by `save` only
  };
}
