// The bar at the bottom while something runs: what, how far, how fast, how long still, on which device.
import { createEffect, For, onCleanup, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './JobBar.module.css';
import { fraction, jobLine, pageTitle, wouldInterrupt } from './job-text.ts';

export function JobBar() {
  const session = useSession();

  // the document: a tab in the background tells how far it is
  createEffect(() => {
    document.title = pageTitle(session.jobs(), session.dataset()?.name);
  });

  // the browser asks once before work is lost
  const ask = (event: BeforeUnloadEvent): void => {
    if (wouldInterrupt(session.jobs())) event.preventDefault();
  };
  addEventListener('beforeunload', ask);
  onCleanup(() => removeEventListener('beforeunload', ask));

  return (
    <section class={styles.bar} aria-label="Jobs">
      {/* keyed by id: a job that moves on must not lose the focus on its buttons */}
      <For each={session.jobs().map((job) => job.id)}>
        {(id) => (
          <Show when={session.jobs().find((job) => job.id === id)}>
            {(job) => (
              <div class={styles.job} data-state={job().state}>
                <span>{job().title}</span>
                <span class={styles.line}>{jobLine(job())}</span>
                <Show when={job().state !== 'failed'}>
                  <span
                    class={styles.progress}
                    role="progressbar"
                    aria-label={job().title}
                    aria-valuemin={0}
                    aria-valuemax={100}
                    aria-valuenow={percent(fraction(job()))}
                    data-open={fraction(job()) === null}
                  >
                    <i style={{ width: `${percent(fraction(job())) ?? 100}%` }} />
                  </span>
                </Show>
                <Show when={job().canPause}>
                  <button
                    type="button"
                    class={controls.button}
                    onClick={() => session.pauseJob(job().id, job().state === 'running')}
                  >
                    {job().state === 'paused' ? 'Resume' : 'Pause'}
                  </button>
                </Show>
                <Show when={job().canCancel}>
                  <button type="button" class={controls.button} onClick={() => session.cancelJob(job().id)}>
                    Cancel
                  </button>
                </Show>
                <Show when={job().state === 'failed'}>
                  <button type="button" class={controls.button} onClick={() => session.dismissJob(job().id)}>
                    Dismiss
                  </button>
                </Show>
              </div>
            )}
          </Show>
        )}
      </For>
    </section>
  );
}

const percent = (part: number | null): number | undefined => (part === null ? undefined : Math.floor(100 * part));
