// What the model worker asks while it embeds: which rows have no vector yet, and that these now have one. Presence is committed after the vectors.
import { canonical } from '../../../backbone/card/key.ts';
import { setZeroShot } from '../../../catalog/predictions.ts';
import { filterRows, presentRows } from '../../../catalog/query/filter.ts';
import { pathsOf } from '../../../catalog/rows.ts';
import { summarize } from '../../../catalog/summary.ts';
import type { DeepView, EmbeddingState } from '../../../catalog/types.ts';
import { Bitset } from '../../../shared/bitset.ts';
import { VitrineError } from '../../../shared/errors.ts';
import { type Presence, writePresence } from '../../../store/presence.ts';
import type { DecodedFacts, EmbedCommit } from '../../session-types.ts';
import { type Core, requireOwner, requireSource } from '../core.ts';

export interface Embeddings {
  plan(args: {
    key: string;
    backbone: string;
    title: string;
    dim: number;
    view?: DeepView;
    rows?: Uint32Array;
  }): Promise<{ dataset: string; missing: number; total: number }>;
  next(args: {
    key: string;
    after: number;
    limit: number;
    rows?: Uint32Array;
  }): Promise<{ ids: Uint32Array; paths: string[] }>;
  commit(args: EmbedCommit): Promise<void>;
  finish(args: { key: string; finished: boolean }): Promise<void>;
  /** Those of `ids` that have a vector under `key`, in their order. */
  among(key: string, ids: Uint32Array): Uint32Array;
  /** The files of these rows changed: their vectors count no more. */
  forget(ids: Uint32Array): Promise<void>;
  /** For DatasetState; counts over the rows that can have a vector. */
  states(): EmbeddingState[];
  /** Rows that are present and have a vector under `key`, ascending. Errors: `no-data` when there is none. */
  rowsWith(key: string): Promise<Uint32Array>;
}

export function createEmbeddings(core: Core, report: (facts: readonly DecodedFacts[]) => void): Embeddings {
  /** Rows still to do of the job that runs (`plan` begins one), so that each step costs only itself. */
  let todo: { key: string; rows: Bitset } | undefined;

  function presenceOf(key: string): Presence {
    const presence = core.presence.get(key);
    if (!presence) throw new VitrineError('not-found', 'These embeddings are not known here. Start embedding again.');
    return presence;
  }

  /** Present rows that can be decoded as far as it is known. */
  async function embeddable(given: Uint32Array | undefined): Promise<Bitset> {
    const all = await filterRows(core.table, { not: { field: 'readable', is: false } });
    if (!given) return all;
    const some = new Bitset(core.table.rowCount);
    for (const id of given) if (all.has(id)) some.add(id);
    return some;
  }

  async function missing(key: string, given: Uint32Array | undefined): Promise<Bitset> {
    const rows = await embeddable(given);
    const have = presenceOf(key).rows.words;
    for (let w = 0; w < rows.words.length; w++) rows.words[w] = (rows.words[w] ?? 0) & ~(have[w] ?? 0);
    todo = { key, rows };
    return rows;
  }

  return {
    async plan({ key, backbone, title, dim, view = {}, rows }) {
      requireOwner(core);
      const known = core.presence.get(key);
      const record = {
        dataset: core.record.id,
        key,
        backbone,
        title,
        dim,
        unfinished: true,
        at: Date.now(),
        view,
      };
      core.presence.set(key, { record, rows: known?.rows ?? new Bitset(core.table.rowCount) });
      const total = (await embeddable(rows)).count();
      const left = (await missing(key, rows)).count();
      if (left > 0) requireSource(core); // where nothing is missing no file is read
      record.unfinished = left > 0;
      await writePresence(core.store, core.record.id, presenceOf(key));
      core.stateChanged();
      return { dataset: core.record.id, missing: left, total };
    },
    async next({ key, after, limit, rows }) {
      requireOwner(core);
      requireSource(core);
      const same = todo?.key === key ? todo.rows : await missing(key, rows);
      let ids = idsAfter(same, after, limit);
      // rows that the walk brought meanwhile come at the end
      if (ids.length === 0) ids = idsAfter(await missing(key, rows), after, limit);
      return { ids, paths: pathsOf(core.table, ids) };
    },
    async commit({ key, ids, facts, zeroShot }) {
      requireOwner(core);
      const presence = presenceOf(key);
      for (const id of ids) presence.rows.add(id);
      presence.record.at = Date.now();
      try {
        await writePresence(core.store, core.record.id, presence, ids);
      } catch (error) {
        for (const id of ids) presence.rows.delete(id); // what is not stored must not count
        throw error;
      }
      report(facts);
      if (zeroShot && ids.length > 0) {
        setZeroShot(core.table, { ids, ...zeroShot });
        core.unsaved();
        core.changed(['backbone_class', 'backbone_confidence']);
      }
      core.stateChanged();
    },
    async finish({ key, finished }) {
      requireOwner(core);
      todo = undefined;
      const presence = presenceOf(key);
      presence.record.unfinished = !finished;
      await writePresence(core.store, core.record.id, presence);
      core.stateChanged();
    },
    among(key, ids) {
      const rows = core.presence.get(key)?.rows;
      return ids.filter((id) => rows?.has(id));
    },
    async forget(ids) {
      for (const presence of core.presence.values()) {
        const gone = ids.filter((id) => presence.rows.has(id));
        if (gone.length === 0) continue;
        for (const id of gone) presence.rows.delete(id);
        await writePresence(core.store, core.record.id, presence, gone);
      }
      core.stateChanged();
    },
    states() {
      if (core.presence.size === 0) return [];
      const { size, unreadable } = summarize(core.table);
      const present = new Bitset();
      present.words = presentRows(core.table);
      const view = canonical(core.view);
      const current = [...core.presence.values()].filter(({ record }) => canonical(record.view ?? {}) === view);
      return current.map(({ record, rows }) => {
        const { key, backbone, title, dim, unfinished } = record;
        const have = both(present.copy(), rows).count();
        return { key, backbone, title, dim, have, total: size - unreadable, unfinished };
      });
    },
    async rowsWith(key) {
      const ids = both(await embeddable(undefined), presenceOf(key).rows).ids();
      if (ids.length === 0)
        throw new VitrineError(
          'no-data',
          'No picture has an embedding of this backbone yet. Embed the pictures first.',
        );
      return ids;
    },
  };
}

/** Keeps in `rows` what is in `others` too. */
function both(rows: Bitset, others: Bitset): Bitset {
  for (let w = 0; w < rows.words.length; w++) rows.words[w] = (rows.words[w] ?? 0) & (others.words[w] ?? 0);
  return rows;
}

/** At most `limit` members greater than `after`, ascending. */
function idsAfter(rows: Bitset, after: number, limit: number): Uint32Array {
  const ids: number[] = [];
  for (let w = (after + 1) >>> 5; w < rows.words.length && ids.length < limit; w++) {
    const word = rows.words[w] ?? 0;
    if (word === 0) continue;
    for (let bit = 0; bit < 32 && ids.length < limit; bit++) {
      const id = w * 32 + bit;
      if (id > after && (word & (1 << bit)) !== 0) ids.push(id);
    }
  }
  return Uint32Array.from(ids);
}
