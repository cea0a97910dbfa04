// Filters that a person named and kept: a list in memory, told to whoever stores it after each change.
import { type Accessor, createSignal } from 'solid-js';
import type { Filter } from '../catalog/types.ts';
import type { Notices } from './notices.ts';

export interface FilterSet {
  name: string;
  filter: Filter;
}

/** The kept filters of one dataset. `store` is called after each change by the person, never by `load`. */
export function createFilterSets(notices: Notices, store: () => void) {
  const [sets, setSets] = createSignal<readonly FilterSet[]>([]);

  function change(next: readonly FilterSet[]): void {
    setSets(next);
    store();
  }

  return {
    sets: sets as Accessor<readonly FilterSet[]>,
    load: (stored: readonly FilterSet[]): void => void setSets(stored),
    /** Keeps a filter under a name; one of the same name is replaced in its place. */
    keep(name: string, filter: Filter): void {
      const known = sets().some((set) => set.name === name);
      change(known ? sets().map((set) => (set.name === name ? { name, filter } : set)) : [...sets(), { name, filter }]);
      notices.announce(`Filters kept as ${name}`);
    },
    /** Removes a set; the message offers it back. */
    forget(name: string): void {
      const before = sets();
      change(before.filter((set) => set.name !== name));
      notices.notify({
        tone: 'plain',
        text: `Filters “${name}” are no longer kept.`,
        action: { title: 'Undo', run: () => change(before) },
      });
    },
  };
}
