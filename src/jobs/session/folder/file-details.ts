// The details job of an open dataset: after sizes and dates, what the header of each file tells, until every row was read once.
import { rowsWithoutDetails, setDetails } from '../../../catalog/details.ts';
import { pathsOf } from '../../../catalog/rows.ts';
import { toVitrineError } from '../../../shared/errors.ts';
import { type DetailsTarget, runDetails } from '../../details.ts';
import type { CatalogJob } from '../../session-types.ts';
import type { Core } from '../core.ts';

export interface FileDetailsJob {
  /** Starts reading if it is not going on. */
  start(): void;
  /** What was read is kept; it goes on from there. */
  pause(paused: boolean): void;
  /** Nothing is stored afterwards. */
  stop(): void;
}

/** `walkIdle` resolves when no walk runs: it goes first. */
export function createFileDetails(core: Core, walkIdle: () => Promise<void>): FileDetailsJob {
  let running: AbortController | undefined;
  let gate: { opened: Promise<void>; open(): void } | undefined;
  let done = 0;

  const tell = (state: CatalogJob['state'], message?: string): void =>
    core.emit({
      type: 'job',
      job: { id: 'details', kind: 'details', state, done, ...(message === undefined ? {} : { message }) },
    });

  async function read(signal: AbortSignal): Promise<void> {
    const { source } = core;
    if (!source) return;
    done = 0;
    try {
      await runDetails(source, missingDetails(core), {
        signal,
        async unpaused() {
          await gate?.opened;
          await walkIdle();
        },
        onProgress(count) {
          done = count;
          tell(gate ? 'paused' : 'running');
        },
      });
      if (done > 0) tell('done');
    } catch (error) {
      const { code, message } = toVitrineError(error);
      if (code === 'aborted') return; // the dataset is being closed
      if (code === 'permission') core.permission = 'prompt';
      tell('failed', message);
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
    pause(paused) {
      if (!running || paused === (gate !== undefined)) return;
      if (paused) {
        let open = (): void => undefined;
        const opened = new Promise<void>((resolve) => {
          open = resolve;
        });
        gate = { opened, open };
      } else {
        gate?.open();
        gate = undefined;
      }
      tell(paused ? 'paused' : 'running');
    },
    stop() {
      running?.abort();
      gate?.open();
    },
  };
}

/** Rows whose header was not read yet, each once: a file that does not open is asked for again at the next start. */
function missingDetails(core: Core): DetailsTarget {
  let { table } = core;
  let after = -1;
  return {
    next(limit) {
      // the table was built anew around damaged blocks: what it lacks may lie before
      if (core.table !== table) {
        table = core.table;
        after = -1;
      }
      const ids = rowsWithoutDetails(table, after, limit);
      after = ids.at(-1) ?? after;
      return ids;
    },
    paths: (ids) => pathsOf(core.table, ids),
    commit(details) {
      const fields = setDetails(core.table, details);
      core.unsaved();
      if (fields.length > 0) core.changed(fields);
    },
  };
}
