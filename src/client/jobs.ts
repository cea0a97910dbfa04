// The list of jobs that the bar shows: started by the page, or told of by the catalog worker.
import { createSignal } from 'solid-js';
import { toVitrineError } from '../shared/errors.ts';
import type { JobOptions } from '../shared/progress.ts';
import type { CatalogJob } from '../workers/calls.ts';
import type { Job, JobKind } from './types.ts';

interface Running {
  controller: AbortController;
  /** Starts the work again after a pause. */
  restart(): void;
  /** Set while an abort means 'pause', not 'cancel'. */
  pausing: boolean;
  settle(): void;
}

interface JobWork<T> {
  kind: JobKind;
  title: string;
  /** True when the work continues where it stopped if it is called again: pausing is stopping and calling again. */
  resumable: boolean;
  work(options: JobOptions): Promise<T>;
}

const titles: Record<CatalogJob['kind'], string> = {
  scan: 'Reading the folder',
  facts: 'Reading sizes and dates',
  details: 'Reading picture details',
};

const doneStaysMs = 1500; // long enough to be seen, short enough not to be in the way

/** The job list. `run` resolves with the work's result, or null when it was cancelled or failed. */
export function createJobs(pauseCatalogJob: (id: string, paused: boolean) => void) {
  const [jobs, setJobs] = createSignal<Job[]>([]);
  const running = new Map<string, Running>();
  let counter = 0;

  function update(id: string, change: Partial<Job>): void {
    setJobs((all) => all.map((job) => (job.id === id ? { ...job, ...change } : job)));
  }

  function remove(id: string): void {
    running.delete(id);
    setJobs((all) => all.filter((job) => job.id !== id));
  }

  function run<T>(job: JobWork<T>): Promise<T | null> {
    counter += 1;
    const id = `${job.kind}-${counter}`;
    setJobs((all) => [
      ...all.filter((other) => other.kind !== job.kind || other.state === 'running'),
      {
        id,
        kind: job.kind,
        title: job.title,
        state: 'running',
        progress: null,
        canPause: job.resumable,
        canCancel: true,
      },
    ]);
    return new Promise((resolve) => {
      const attempt = async (): Promise<void> => {
        const controller = new AbortController();
        const state: Running = {
          controller,
          restart: () => void attempt(),
          pausing: false,
          settle: () => resolve(null),
        };
        running.set(id, state);
        update(id, { state: 'running' });
        try {
          const result = await job.work({
            signal: controller.signal,
            onProgress: (progress) => update(id, { progress }),
          });
          update(id, { state: 'done', canPause: false, canCancel: false });
          setTimeout(() => remove(id), doneStaysMs);
          resolve(result);
        } catch (thrown) {
          if (state.pausing) {
            update(id, { state: 'paused' });
            return;
          }
          const error = toVitrineError(thrown);
          if (error.code === 'aborted') remove(id);
          else update(id, { state: 'failed', error, canPause: false, canCancel: false });
          resolve(null);
        }
      };
      void attempt();
    });
  }

  /** Shows work that a script started: progress goes to both, a cancel in the bar reaches the work, errors are the script's. */
  async function show<T>({ kind, title, work }: Omit<JobWork<T>, 'resumable'>, options: JobOptions): Promise<T> {
    counter += 1;
    const id = `${kind}-${counter}`;
    const controller = new AbortController();
    running.set(id, { controller, restart: () => undefined, pausing: false, settle: () => undefined });
    setJobs((all) => [...all, { id, kind, title, state: 'running', progress: null, canPause: false, canCancel: true }]);
    try {
      return await work({
        signal: options.signal ? AbortSignal.any([controller.signal, options.signal]) : controller.signal,
        onProgress(progress) {
          update(id, { progress });
          options.onProgress?.(progress);
        },
      });
    } finally {
      remove(id);
    }
  }

  /** Mirrors a job of the catalog worker. */
  function mirror(job: CatalogJob): void {
    if (job.state === 'done') {
      remove(job.id);
      return;
    }
    const entry: Job = {
      id: job.id,
      kind: job.kind,
      title: titles[job.kind],
      state: job.state,
      progress: {
        done: job.done,
        unit: 'files',
        ...(job.total === undefined ? {} : { total: job.total }),
        ...(job.rate === undefined ? {} : { rate: job.rate }),
        ...(job.total !== undefined && job.rate ? { secondsLeft: (job.total - job.done) / job.rate } : {}),
      },
      ...(job.message === undefined ? {} : { error: toVitrineError(new Error(job.message)) }),
      canPause: job.kind !== 'facts' && job.state !== 'failed',
      canCancel: false,
    };
    setJobs((all) =>
      all.some((j) => j.id === job.id) ? all.map((j) => (j.id === job.id ? entry : j)) : [...all, entry],
    );
  }

  return {
    jobs,
    run,
    show,
    mirror,
    /** Forgets everything: the dataset was closed. */
    clear(): void {
      for (const state of running.values()) state.controller.abort();
      running.clear();
      setJobs([]);
    },
    pause(id: string, paused: boolean): void {
      const state = running.get(id);
      if (!state) pauseCatalogJob(id, paused);
      else if (paused) {
        state.pausing = true;
        state.controller.abort();
      } else state.restart();
    },
    cancel(id: string): void {
      const state = running.get(id);
      if (!state) return;
      state.pausing = false;
      state.controller.abort();
      if (jobs().find((job) => job.id === id)?.state === 'paused') {
        remove(id);
        state.settle();
      }
    },
    dismiss: remove,
  };
}

export type Jobs = ReturnType<typeof createJobs>;
