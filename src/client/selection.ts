// Which rows are selected: one bit a row, so that a million selected rows cost 170 kB.
import { createSignal } from 'solid-js';
import type { SampleId } from '../catalog/types.ts';
import { Bitset } from '../shared/bitset.ts';
import type { Selection } from './types.ts';

/** Ids of the rows [from, to) of the current view. */
type IdsOf = (from: number, to: number) => Promise<Uint32Array>;

/** An empty selection over the current view. `viewCount` gives the number of rows of the view. */
export function createSelection(idsOf: IdsOf, viewCount: () => number): Selection {
  const bits = new Bitset();
  const [count, setCount] = createSignal(0);
  const [version, setVersion] = createSignal(0);

  function changed(): void {
    setCount(bits.count());
    setVersion((v) => v + 1);
  }

  function add(ids: Iterable<SampleId>): void {
    for (const id of ids) bits.add(id);
    changed();
  }

  async function range(from: number, to: number, keep = false): Promise<void> {
    const ids = await idsOf(Math.min(from, to), Math.max(from, to) + 1);
    if (!keep) bits.clear();
    add(ids);
  }

  return {
    count,
    version,
    has: (id) => bits.has(id),
    set(ids) {
      bits.clear();
      add(ids);
    },
    toggle(id) {
      if (bits.has(id)) bits.delete(id);
      else bits.add(id);
      changed();
    },
    add,
    clear() {
      if (count() === 0) return;
      bits.clear();
      changed();
    },
    range,
    all: () => (viewCount() === 0 ? Promise.resolve() : range(0, viewCount() - 1)),
    ids: () => bits.ids(),
  };
}
