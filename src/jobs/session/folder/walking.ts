// The walk of an open dataset: starts, pauses, resumes after a reload, and keeps its log and its left-out list for the checkpoints.
import { createRescan } from '../../../catalog/rescan.ts';
import { summarize } from '../../../catalog/summary.ts';
import type { DatasetState, ScanReport } from '../../../catalog/types.ts';
import { throwIfAborted, toVitrineError } from '../../../shared/errors.ts';
import { createMeter } from '../../../shared/progress.ts';
import { noPictures } from '../../../source/open.ts';
import { forgetWalk, readWalk } from '../../../store/walks.ts';
import { emptyLeftOut, type LeftOutList, openLeftOut } from '../../left-out.ts';
import { runScan, type Walk, type WalkLog } from '../../scan.ts';
import type { CatalogJob } from '../../session-types.ts';
import { type Core, requireOwner, requireSource } from '../core.ts';
import type { CheckpointExtra, Checkpoints } from '../stored/checkpoints.ts';
import { reportOf } from './walk-meta.ts';

export interface Walking extends CheckpointExtra {
  /** Goes on with an interrupted walk, or lists everything again; joins the one that runs. */
  run(kind: 'resume' | 'rescan'): Promise<ScanReport>;
  /** Resolves when the walk that runs has ended. */
  ended(): Promise<ScanReport>;
  pause(paused: boolean): void;
  /** Stops without losing what is done. */
  stop(): Promise<void>;
  /** Resolves when no walk runs. */
  idle(): Promise<void>;
  state(): DatasetState['scan'];
  leftOut(): LeftOutList;
}

export interface WalkingHooks {
  checkpoints(): Checkpoints;
  /** Folders came or went. */
  onFolders(): void;
  /** Resolves when their reading is what the rows show. */
  settleFolders(): Promise<void>;
  /** A rescan has listed everything: which files of known rows changed? Returns how many. */
  findChanged(signal: AbortSignal, onProgress: (done: number) => void): Promise<number>;
  /** The walk is over and its rows are stored. */
  onDone(): void;
}

/** Views and progress follow at most so often at first, then after a tenth of the time so far, at the latest after `SLOWEST_MS`. */
const FIRST_MS = 100;
const SLOWEST_MS = 1000;

export function createWalking(core: Core, hooks: WalkingHooks): Walking {
  let list = openLeftOut(core.walk.leftOut);
  let running: { controller: AbortController; done: Promise<ScanReport> } | undefined;
  let walk: Walk | undefined;
  let log: { found: string[]; completed: string[] } = { found: [], completed: [] };
  let chunks = 0;
  let finished = false; // the next checkpoint ends the stored log
  let gate: { opened: Promise<void>; open(): void } | undefined;

  const report = (): ScanReport => {
    const { size } = summarize(core.table);
    return reportOf(core.walk, list.summary().total, size);
  };
  const tell = (state: CatalogJob['state'], progress: Partial<CatalogJob> = {}): void =>
    core.emit({ type: 'job', job: { id: 'scan', kind: 'scan', state, done: 0, ...progress } });

  async function prepare(kind: 'resume' | 'rescan'): Promise<Walk> {
    const stored = await readWalk(core.store, core.record.id);
    const { complete, leftOut, next } = core.walk;
    const goesOn = kind === 'resume' || !complete;
    const number = complete ? leftOut.walk + 1 : leftOut.walk;
    let summary = complete ? next : leftOut;
    if (!goesOn || !stored) {
      await forgetWalk(core.store, core.record.id, number);
      summary = emptyLeftOut(number);
      core.walk = { ...core.walk, added: 0, removed: 0, changed: 0, seconds: 0 };
    }
    const own = openLeftOut(summary ?? emptyLeftOut(number));
    if (!complete) list = own;
    chunks = goesOn && stored ? stored.chunks : 0;
    log = { found: [], completed: [] };
    const { added, removed } = core.walk;
    const pending = goesOn && stored ? stored.pending : new Set(['']);
    const completed = goesOn && stored ? stored.completed : new Set<string>();
    return { pending, completed, leftOut: own, added, removed };
  }

  async function work(kind: 'resume' | 'rescan', signal: AbortSignal): Promise<ScanReport> {
    const source = requireSource(core);
    const isRescan = core.walk.complete;
    const meter = createMeter('files');
    const before = core.walk.seconds;
    const started = performance.now();
    let names = 0;
    let told = 0;
    // Each telling costs the catalog a view of all rows and the page a screen: ten a second, as much as the listing itself.
    const tellRows = (): void => {
      const now = performance.now();
      const pace = Math.min(SLOWEST_MS, Math.max(FIRST_MS, (now - started) / 10));
      if (names === 0 || (now - told < pace && !gate)) return; // a folder of few files is listed in a millisecond
      told = now;
      hooks.onFolders();
      core.changed();
      const { rate } = meter(names);
      tell('running', { done: names, ...(rate === undefined ? {} : { rate }) });
    };
    const seconds = (): number => before + (performance.now() - started) / 1000;
    try {
      const own = await prepare(kind);
      throwIfAborted(signal);
      walk = own;
      core.walk = { ...core.walk, state: gate ? 'paused' : 'walking', error: undefined };
      tell(gate ? 'paused' : 'running');
      core.stateChanged();
      await gate?.opened;
      await runScan(source, createRescan(core.table, own.completed), own, {
        signal,
        unpaused: () => gate?.opened ?? Promise.resolve(),
        onBatch(gained: WalkLog, count) {
          names += count;
          log.found = log.found.concat(gained.found);
          if (gained.completed !== null) log.completed.push(gained.completed);
          core.walk = { ...core.walk, added: own.added, removed: own.removed, seconds: seconds() };
          core.unsaved();
          tellRows();
        },
      });
      hooks.onFolders();
      let changed = 0;
      if (isRescan) {
        tell('running', { done: 0, message: 'Looking for changed files' });
        changed = await hooks.findChanged(signal, (done) =>
          tell('running', { done, message: 'Looking for changed files' }),
        );
      }
      list = own.leftOut;
      walk = undefined;
      finished = true;
      const { added, removed } = own;
      const summary = list.summary();
      core.walk = {
        state: 'done',
        complete: true,
        leftOut: summary,
        next: null,
        added,
        removed,
        changed,
        seconds: seconds(),
      };
      await hooks.settleFolders();
      if (summarize(core.table).size === 0) throw noPictures(core.record.name, summary.byReason);
      await hooks.checkpoints().write('relaxed');
      tell('done', { done: names });
    } catch (error) {
      fail(error);
      throw error;
    } finally {
      walk = undefined;
      running = undefined;
      core.changed();
      core.stateChanged();
    }
    hooks.onDone();
    return report();
  }

  function fail(error: unknown): void {
    const { code, message } = toVitrineError(error);
    if (code === 'aborted') {
      tell('paused');
      return;
    }
    core.walk = { ...core.walk, state: 'failed', error: message };
    if (code === 'permission') core.permission = 'prompt';
    if (code === 'not-found') core.permission = 'lost';
    core.unsaved();
    tell('failed', { message });
  }

  return {
    run(kind) {
      if (running) return running.done;
      requireOwner(core);
      requireSource(core);
      const controller = new AbortController();
      running = { controller, done: work(kind, controller.signal) };
      running.done.catch(() => undefined); // told by the state; who waits for it gets it too
      return running.done;
    },
    ended: () => running?.done ?? Promise.resolve(report()),
    pause(paused) {
      requireOwner(core);
      const { state } = core.walk;
      if (paused ? state !== 'walking' : state !== 'paused') return;
      if (!paused && !running) requireSource(core);
      core.walk = { ...core.walk, state: paused ? 'paused' : 'walking' };
      core.unsaved();
      core.stateChanged();
      if (paused) {
        let open = (): void => undefined;
        const opened = new Promise<void>((resolve) => {
          open = resolve;
        });
        gate = { opened, open };
        tell('paused');
      } else {
        gate?.open();
        gate = undefined;
        if (running) tell('running');
        else void this.run('resume'); // paused before a reload
      }
    },
    async stop() {
      running?.controller.abort();
      gate?.open();
      await running?.done.catch(() => undefined);
    },
    async idle() {
      while (running) await running.done.catch(() => undefined);
    },
    state() {
      const { state, error } = core.walk;
      return { state, report: report(), ...(error === undefined ? {} : { error }) };
    },
    leftOut: () => list,
    take() {
      const current = walk?.leftOut ?? list;
      const { chunk, summary } = current.take();
      if (core.walk.complete && walk) core.walk = { ...core.walk, next: summary };
      else core.walk = { ...core.walk, leftOut: summary };
      const taken = log;
      const hasLog = taken.found.length > 0 || taken.completed.length > 0;
      const done = finished ? { walkDone: { walk: summary.walk } } : {};
      if (hasLog) {
        log = { found: [], completed: [] };
        chunks++;
      }
      finished = false;
      return {
        parts: {
          ...(chunk ? { leftOut: chunk } : {}),
          ...(hasLog && !('walkDone' in done) ? { walked: { chunk: chunks - 1, ...taken } } : {}),
          ...done,
        },
        giveBack() {
          if (chunk) current.giveBack(chunk.items);
          if (hasLog) {
            log = { found: [...taken.found, ...log.found], completed: [...taken.completed, ...log.completed] };
            chunks--;
          }
          finished ||= 'walkDone' in done;
        },
      };
    },
  };
}
