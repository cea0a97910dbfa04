// Live views: results of queries that are evaluated again when what they depend on changes, and windows of rows read from them.
import { countFacets } from '../../catalog/query/facets.ts';
import { evaluateView, indexInView, isStale, type View } from '../../catalog/query/view.ts';
import { rowsOf } from '../../catalog/sample.ts';
import type { Facet, Query, Row, SampleId, ViewInfo } from '../../catalog/types.ts';
import { throwIfAborted, toVitrineError, VitrineError } from '../../shared/errors.ts';
import type { Core } from './core.ts';
import { pause } from './pause.ts';
import { createThrottle } from './throttle.ts';

interface LiveView {
  id: number;
  version: number;
  query: Query;
  view: View;
  /** The table that `view` was evaluated on was replaced. */
  outdated: boolean;
  /** Of the evaluation that is going on: a newer one aborts it. */
  evaluating: AbortController | undefined;
}

export interface Views {
  open(query: Query, signal?: AbortSignal): Promise<ViewInfo>;
  /** A newer call cancels an older one, which rejects with `aborted`. */
  setQuery(view: number, query: Query, signal?: AbortSignal): Promise<ViewInfo>;
  close(view: number): void;
  rows(view: number, from: number, to: number): { version: number; rows: Row[] };
  ids(view: number, from: number, to: number): Uint32Array;
  indexOf(view: number, id: SampleId): number;
  facets(view: number, fields: readonly string[] | undefined, signal?: AbortSignal): Promise<Facet[]>;
  /** Rows of the windows that were asked for last, newest window first. */
  visible(): Uint32Array;
  /** Evaluates stale views soon; `fields` changed in rows that stay where they are. */
  refresh(fields?: readonly string[]): void;
  /** The table was replaced: every view is evaluated again soon. */
  replaced(): void;
  /** Evaluates stale views now. */
  settle(): Promise<void>;
  stop(): void;
}

/** While rows arrive, views follow at most ten times a second. */
const REFRESH_MS = 100;

/** From so many rows on the first sort by name takes longer than a click may: it is made ahead, when nothing was asked for so long. */
const AHEAD_ROWS = 200_000;
const AHEAD_MS = 3000;

export function createViews(core: Core): Views {
  const live = new Map<number, LiveView>();
  let lastId = 0;
  let visible = new Uint32Array(0);
  let changed = new Set<string>();

  let ahead: ReturnType<typeof setTimeout> | undefined;
  let sorting: AbortController | undefined;

  /** Puts the sort by name off, or stops it, and begins it when it is quiet. The table keeps what comes of it. */
  function sortAhead(): void {
    clearTimeout(ahead);
    sorting?.abort();
    ahead = setTimeout(() => {
      if (core.walk.state !== 'done' || core.table.rowCount < AHEAD_ROWS) return;
      sorting = new AbortController();
      const options = { signal: sorting.signal, pause };
      evaluateView(core.table, { sort: [{ field: 'name' }] }, options).catch(ignoreAborted);
    }, AHEAD_MS);
  }

  const refresher = createThrottle(
    REFRESH_MS,
    async () => {
      const fields = [...changed];
      changed = new Set();
      for (const entry of [...live.values()]) {
        if (entry.evaluating || !(entry.outdated || isStale(core.table, entry.view))) continue;
        const info = await evaluate(entry, entry.query).catch(ignoreAborted);
        if (info && live.has(entry.id)) core.emit({ type: 'view', view: info });
      }
      if (fields.length > 0) core.emit({ type: 'change', fields });
    },
    (error) => console.error(toVitrineError(error).message),
  );

  async function evaluate(entry: LiveView, query: Query, signal?: AbortSignal): Promise<ViewInfo> {
    entry.evaluating?.abort();
    sortAhead();
    const controller = new AbortController();
    entry.evaluating = controller;
    const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
    const { table } = core;
    try {
      const view = await evaluateView(table, query, { signal: either, pause });
      throwIfAborted(either);
      entry.outdated = table !== core.table;
      entry.view = view;
      entry.query = query;
      entry.version++;
      if (entry.outdated || isStale(table, view)) refresher.ask(); // rows changed while it was evaluated
      return infoOf(entry);
    } finally {
      if (entry.evaluating === controller) entry.evaluating = undefined;
    }
  }

  function find(id: number): LiveView {
    const entry = live.get(id);
    if (!entry) throw new VitrineError('not-found', 'This view was closed. Open it again.');
    return entry;
  }

  return {
    async open(query, signal) {
      sortAhead();
      const view = await evaluateView(core.table, query, { pause, ...(signal ? { signal } : {}) });
      const entry: LiveView = { id: ++lastId, version: 1, query, view, outdated: false, evaluating: undefined };
      live.set(entry.id, entry);
      return infoOf(entry);
    },
    setQuery: (id, query, signal) => evaluate(find(id), query, signal),
    close(id) {
      live.get(id)?.evaluating?.abort();
      live.delete(id);
    },
    rows(id, from, to) {
      const { version, view, query } = find(id);
      const ids = view.ids.subarray(Math.max(0, from), to);
      visible = ids.slice();
      return { version, rows: rowsOf(core.table, ids, query) };
    },
    ids: (id, from, to) => find(id).view.ids.slice(Math.max(0, from), to),
    indexOf: (id, sample) => indexInView(find(id).view, sample),
    facets: (id, fields, signal) =>
      countFacets(core.table, find(id).query, fields, { pause, ...(signal ? { signal } : {}) }),
    visible: () => visible,
    refresh(fields = []) {
      for (const field of fields) changed.add(field);
      refresher.ask();
    },
    replaced() {
      for (const entry of live.values()) entry.outdated = true;
      refresher.ask();
    },
    settle: () => refresher.flush(),
    stop() {
      refresher.stop();
      clearTimeout(ahead);
      sorting?.abort();
      for (const entry of live.values()) entry.evaluating?.abort();
      live.clear();
    },
  };
}

function infoOf({ id, version, query, view }: LiveView): ViewInfo {
  return { view: id, version, count: view.ids.length, groups: view.groups, query };
}

function ignoreAborted(error: unknown): undefined {
  if (toVitrineError(error).code !== 'aborted') throw error;
}
