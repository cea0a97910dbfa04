// A query as scripts see it: opened on first use, read in windows, iterated sample by sample.
import type { Query, Sample, ViewInfo } from '../catalog/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Rows, View } from './api.ts';

/** Samples asked for at once while a view is iterated. */
const iterateBy = 64;

/** A view that the catalog evaluates when it is first asked for something. */
export function createView(catalog: Client<CatalogCalls>, query: Query): View {
  let opened: Promise<ViewInfo> | undefined;
  const open = (): Promise<ViewInfo> => {
    opened ??= catalog.openView({ query });
    return opened;
  };

  async function* iterate(): AsyncGenerator<Sample> {
    const { view, count } = await open();
    for (let from = 0; from < count; from += iterateBy) {
      const ids = await catalog.ids({ view, from, to: Math.min(count, from + iterateBy) });
      for (const sample of await Promise.all(Array.from(ids, (id) => catalog.sample({ id })))) yield sample;
    }
  }

  return {
    get count() {
      return open().then((info) => info.count);
    },
    async ids(from = 0, to) {
      const { view, count } = await open();
      return catalog.ids({ view, from, to: to ?? count });
    },
    async rows(from, to) {
      const { view } = await open();
      return (await catalog.rows({ view, from, to })).rows;
    },
    async facets(fields) {
      const { view } = await open();
      return catalog.facets({ view, ...(fields ? { fields } : {}) });
    },
    async close() {
      if (opened) await catalog.closeView({ view: (await opened).view });
      opened = undefined;
    },
    [Symbol.asyncIterator]: iterate,
  };
}

/** Row ids of a view or of any list of ids. */
export async function idsOf(rows: Rows): Promise<Uint32Array> {
  return Symbol.asyncIterator in rows ? rows.ids() : Uint32Array.from(rows);
}
