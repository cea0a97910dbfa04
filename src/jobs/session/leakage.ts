// Equal files of an open dataset: which pictures are there twice or more, and which of them leak from one split into another.
import { pathOf, pathsOf } from '../../catalog/rows.ts';
import { isPresent, type Table } from '../../catalog/table.ts';
import type { JobOptions } from '../../shared/progress.ts';
import type { Source } from '../../source/types.ts';
import { runFacts } from '../facts.ts';
import { createDigests, type EqualRows, findEqualFiles, type KnownDigests, type SizedRows } from '../leakage.ts';
import type { DuplicateReport } from '../session-types.ts';
import { type Core, requireSource } from './core.ts';

export interface Duplicates {
  /** Compares the files of all present rows. What was read is kept: a run after an aborted one goes on. Errors: `permission`, `not-found`, `aborted`. */
  find(options?: JobOptions): Promise<DuplicateReport>;
}

/** Groups that a report names, and rows that it names of each. */
const NAMED = 1000;

/** `closing` ends a search when the dataset closes. */
export function createDuplicates(core: Core, closing: AbortSignal): Duplicates {
  // a reader's table is replaced as a whole, and its rows may have other ids then
  let known: { table: Table; digests: KnownDigests } | undefined;

  return {
    async find(options = {}) {
      const source = requireSource(core);
      const { table } = core;
      const signal = options.signal ? AbortSignal.any([options.signal, closing]) : closing;
      const { rows, unreadable } = await sizedRows(table, source, signal);
      const digests = createDigests(table.rowCount, known?.table === table ? known.digests : undefined);
      known = { table, digests };
      const equal = await findEqualFiles(source, rows, (id) => pathOf(table, id), digests, { ...options, signal });
      return report(table, equal.groups, unreadable + equal.unreadable);
    },
  };
}

/** Present rows with size and date; those that the facts job has not come to are read here, files that do not open are left out and counted. */
async function sizedRows(
  table: Table,
  source: Source,
  signal: AbortSignal,
): Promise<{ rows: SizedRows; unreadable: number }> {
  const { size, modified } = table.builtIn;
  const all = table.order.all().filter((id) => isPresent(table, id));
  const read = new Map<number, { size: number; modified: number }>();
  const unknown = all.filter((id) => !size.has(id));
  let next = 0;
  await runFacts(
    source,
    {
      next(limit) {
        next += limit;
        return unknown.subarray(next - limit, next);
      },
      paths: (ids) => pathsOf(table, ids),
      commit(facts) {
        facts.ids.forEach((id, i) => {
          read.set(id, { size: facts.sizes[i] ?? 0, modified: Math.round(facts.modified[i] ?? 0) });
        });
      },
    },
    { signal, unpaused: () => Promise.resolve(), onProgress: () => undefined },
  );
  const ids = all.filter((id) => size.has(id) || read.has(id));
  return {
    rows: {
      ids,
      sizes: Float64Array.from(ids, (id) => read.get(id)?.size ?? size.at(id, 0)),
      modified: Float64Array.from(ids, (id) => read.get(id)?.modified ?? modified.at(id, 0)),
    },
    unreadable: all.length - ids.length,
  };
}

/** Groups that span several splits come first, then those of more rows. */
function report(table: Table, groups: EqualRows['groups'], unreadable: number): DuplicateReport {
  const found = groups.map(({ ids }) => ({
    ids,
    splits: [...new Set(ids.flatMap((id) => table.builtIn.split.textAt(id) ?? []))].sort(),
  }));
  const spans = ({ splits }: { splits: string[] }): number => (splits.length > 1 ? 1 : 0);
  found.sort((a, b) => spans(b) - spans(a) || b.ids.length - a.ids.length || (a.ids[0] ?? 0) - (b.ids[0] ?? 0));
  return {
    groups: found.slice(0, NAMED).map(({ ids, splits }) => {
      const named = ids.slice(0, NAMED);
      return { ids: named, paths: pathsOf(table, Uint32Array.from(named)), splits };
    }),
    total: groups.length,
    acrossSplits: found.filter(spans).length,
    files: groups.reduce((sum, { ids }) => sum + ids.length, 0),
    bytes: groups.reduce((sum, { ids, size }) => sum + (ids.length - 1) * size, 0),
    unreadable,
  };
}
