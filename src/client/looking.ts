// The view on screen: query, facets, cursor and the sample under it. A newer query replaces an older one that has not been answered.
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { Facet, Filter, Query, Row, Sample, SampleId, ViewInfo } from '../catalog/types.ts';
import type { CatalogCalls } from '../workers/calls.ts';
import type { Client } from '../workers/rpc.ts';
import type { Notices } from './notices.ts';
import { conditionsOf, fieldOf, withCondition } from './query.ts';

interface Parts {
  catalog: Client<CatalogCalls>;
  notices: Notices;
  /** The row at a position of the window, tracked. */
  rowAt(position: number): Row | undefined;
  refreshWindow(): void;
  /** Called after the query changed, to keep the place. */
  onPlace(): void;
}

/** Opens no view by itself: `start` does, when a dataset is open. */
export function createLooking(parts: Parts, view: Accessor<ViewInfo | null>, setView: (view: ViewInfo | null) => void) {
  const { catalog, notices } = parts;
  const [query, setQuerySignal] = createSignal<Query>({});
  const [facets, setFacets] = createSignal<ReadonlyMap<string, Facet>>(new Map());
  const [cursor, setCursorSignal] = createSignal(0);
  const [sample, setSample] = createSignal<Sample | undefined>();
  let asking: AbortController | undefined;
  let counting: AbortController | undefined;

  async function refreshFacets(): Promise<void> {
    const info = view();
    if (!info) return;
    counting?.abort();
    const controller = new AbortController();
    counting = controller;
    try {
      const list = await catalog.facets({ view: info.view }, { signal: controller.signal });
      if (counting === controller) setFacets(new Map(list.map((facet) => [facet.field, facet])));
    } catch (error) {
      notices.fail(error);
    }
  }

  /** Everything that depends on the view's content is asked for again. */
  function refresh(): void {
    parts.refreshWindow();
    void refreshFacets();
  }

  function accept(info: ViewInfo): void {
    setView(info);
    if (cursor() >= info.count) setCursorSignal(Math.max(0, info.count - 1));
    refresh();
  }

  async function apply(next: Query, fromTop = false): Promise<void> {
    const info = view();
    setQuerySignal(next);
    if (!info) return;
    const anchor = fromTop ? undefined : parts.rowAt(cursor())?.id;
    asking?.abort();
    const controller = new AbortController();
    asking = controller;
    try {
      const answer = await catalog.setQuery({ view: info.view, query: next }, { signal: controller.signal });
      if (asking !== controller) return;
      const position = anchor === undefined ? -1 : await catalog.indexOf({ view: answer.view, id: anchor });
      if (asking !== controller) return;
      accept(answer);
      setCursorSignal(Math.max(0, position));
      notices.announce(`${answer.count.toLocaleString('en')} pictures`);
      parts.onPlace();
    } catch (error) {
      notices.fail(error);
    }
  }

  // the inspector follows the cursor and every change of the row under it
  let reading: AbortController | undefined;
  createEffect(
    on([() => parts.rowAt(cursor()), view], ([row]) => {
      // a row that scrolled out of the window is still the one under the cursor: what is known of it stays
      if (!row && (view()?.count ?? 0) > 0) return;
      reading?.abort();
      if (!row) return setSample(undefined);
      const controller = new AbortController();
      reading = controller;
      catalog.sample({ id: row.id }, { signal: controller.signal }).then(
        (found) => {
          if (reading === controller) setSample(found);
        },
        (error: unknown) => {
          if (!controller.signal.aborted) notices.fail(error);
        },
      );
    }),
  );

  return {
    query,
    facets,
    cursor,
    sample,
    refresh,
    async start(first: Query): Promise<void> {
      setQuerySignal(first);
      accept(await catalog.openView({ query: first }));
    },
    stop(): void {
      asking?.abort();
      counting?.abort();
      setView(null);
      setFacets(new Map());
      setSample(undefined);
      setCursorSignal(0);
    },
    /** The worker evaluated the view again. */
    async viewChanged(info: ViewInfo): Promise<void> {
      if (info.view !== view()?.view) return;
      const id = parts.rowAt(cursor())?.id;
      accept(info);
      if (id === undefined) return;
      // the cursor stays on its picture; where that left the view, the next one has come to its place
      const before = cursor();
      const position = await catalog.indexOf({ view: info.view, id }).catch(notices.fail);
      if (position !== undefined && position >= 0 && cursor() === before) setCursorSignal(position);
    },
    setQuery: (next: Query): void => void apply(next, true),
    condition: (field: string): Filter | undefined => conditionsOf(query()).find((c) => fieldOf(c) === field),
    setCondition: (field: string, condition: Filter | null): void =>
      void apply(withCondition(query(), field, condition)),
    clearFilters(): void {
      const { filter: _, ...rest } = query();
      void apply(rest);
    },
    setSort(sort: Query['sort']): void {
      const { sort: _, ...rest } = query();
      void apply(sort ? { ...rest, sort } : rest);
    },
    setGroup(group: string | undefined): void {
      const { group: _, ...rest } = query();
      void apply(group ? { ...rest, group } : rest);
    },
    setCursor(position: number): void {
      setCursorSignal(Math.max(0, Math.min(position, (view()?.count ?? 1) - 1)));
      parts.onPlace();
    },
    positionOf: async (id: SampleId): Promise<number> => {
      const info = view();
      return info ? catalog.indexOf({ view: info.view, id }) : -1;
    },
  };
}
