// The facts job of an open dataset: size and date of rows that have none, those on screen first; and the check of a rescan for changed files.
import { filterRows } from '../../../catalog/query/filter.ts';
import { pathsOf, rowsChanged, rowsWithoutFacts, setFileFacts } from '../../../catalog/rows.ts';
import { isPresent } from '../../../catalog/table.ts';
import { Bitset } from '../../../shared/bitset.ts';
import { toVitrineError } from '../../../shared/errors.ts';
import { type FactsTarget, type FileFacts, runFacts } from '../../facts.ts';
import type { Core } from '../core.ts';
import type { Embeddings } from '../model/embeddings.ts';

export interface FileFactsJob {
  /** Starts reading if it is not going on. */
  start(): void;
  /** Reads all known rows again and returns how many have another file content now. */
  findChanged(signal: AbortSignal, onProgress: (done: number) => void): Promise<number>;
  /** Nothing is stored afterwards. */
  stop(): void;
}

export interface FileFactsHooks {
  /** Rows on screen, wanted first. */
  visible(): Uint32Array;
  /** Resolves when no walk runs: it goes first. */
  walkIdle(): Promise<void>;
  /** Every row that opens has its size and date. */
  onDone(): void;
}

export function createFileFacts(core: Core, embeddings: Embeddings, hooks: FileFactsHooks): FileFactsJob {
  let running: AbortController | undefined;

  /** Stores what was read and returns the rows whose file changed. */
  function store({ ids, sizes, modified }: FileFacts): Uint32Array {
    const changed = setFileFacts(core.table, ids, sizes, modified);
    core.unsaved();
    core.changed(
      changed.length > 0 ? ['size', 'modified', 'format', 'width', 'height', 'readable'] : ['size', 'modified'],
    );
    return changed;
  }

  async function read(signal: AbortSignal): Promise<void> {
    const { source } = core;
    if (!source) return;
    const target = missingFacts(core, hooks.visible, (facts) => void store(facts));
    let done = 0;
    try {
      await runFacts(source, target, {
        signal,
        unpaused: hooks.walkIdle,
        onProgress(count) {
          done = count;
          core.emit({ type: 'job', job: { id: 'facts', kind: 'facts', state: 'running', done } });
        },
      });
      if (done > 0) core.emit({ type: 'job', job: { id: 'facts', kind: 'facts', state: 'done', done } });
      hooks.onDone();
    } catch (error) {
      const { code, message } = toVitrineError(error);
      if (code === 'permission') core.permission = 'prompt';
      const state = code === 'aborted' ? 'paused' : 'failed';
      core.emit({
        type: 'job',
        job: { id: 'facts', kind: 'facts', state, done, ...(state === 'failed' ? { message } : {}) },
      });
      core.stateChanged();
    }
  }

  return {
    start() {
      if (running || core.access !== 'owner' || core.permission !== 'granted') return;
      const controller = new AbortController();
      running = controller;
      void read(controller.signal).finally(() => {
        running = undefined;
      });
    },
    async findChanged(signal, onProgress) {
      const { source } = core;
      if (!source) return 0;
      const known = (await filterRows(core.table, { not: { field: 'size', missing: true } }, { signal })).ids();
      let at = 0;
      let changed = 0;
      const target: FactsTarget = {
        next(limit) {
          const part = known.subarray(at, at + limit);
          at += part.length;
          return part;
        },
        paths: (ids) => pathsOf(core.table, ids),
        async commit(facts) {
          const differing = rowsChanged(core.table, facts.ids, facts.sizes, facts.modified);
          if (differing.length === 0) return; // what is known is true
          // forgotten before the new size is known: a crash in between leaves a row that is seen as changed again, not the vector of another picture
          await embeddings.forget(differing);
          changed += store(facts).length;
        },
      };
      await runFacts(source, target, { signal, unpaused: () => Promise.resolve(), onProgress });
      return changed;
    },
    stop() {
      running?.abort(); // files that are being opened are not waited for: a drive that sleeps would keep the dataset open
    },
  };
}

/** Rows without size, visible ones first, each once: a file that does not open is not asked for again before the next start. */
function missingFacts(core: Core, visible: () => Uint32Array, commit: (facts: FileFacts) => void): FactsTarget {
  const tried = new Bitset(core.table.rowCount);
  let after = -1;
  return {
    next(limit) {
      const wanted = visible().filter(
        (id) => isPresent(core.table, id) && !tried.has(id) && !core.table.builtIn.size.has(id),
      );
      let ids = wanted.slice(0, limit);
      while (ids.length === 0) {
        const following = rowsWithoutFacts(core.table, after, limit);
        if (following.length === 0) break;
        after = following.at(-1) ?? after;
        ids = following.filter((id) => !tried.has(id));
      }
      for (const id of ids) tried.add(id);
      return ids;
    },
    paths: (ids) => pathsOf(core.table, ids),
    commit,
  };
}
