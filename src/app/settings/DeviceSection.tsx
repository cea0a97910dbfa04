// The device that runs the backbone: how it was chosen, what was measured, and the switch.
import { For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './Settings.module.css';

export function DeviceSection() {
  const session = useSession();
  const busy = (): boolean =>
    session.jobs().some((job) => job.state === 'running' && !['scan', 'facts', 'details'].includes(job.kind));

  return (
    <section>
      <h3>Device</h3>
      <Show
        when={session.device()}
        fallback={<p>Not measured yet. It is measured when the backbone is first used, in at most 15 seconds.</p>}
      >
        {(device) => (
          <>
            <p>
              <b>{device().title}</b>. {device().reason}
            </p>
            <table class={styles.trials}>
              <thead>
                <tr>
                  <th>way</th>
                  <th>batch</th>
                  <th>pictures/s</th>
                  <th>cosine to WASM</th>
                </tr>
              </thead>
              <tbody>
                <For each={device().trials}>
                  {(trial) => (
                    <tr>
                      <td>
                        {trial.provider === 'webgpu'
                          ? 'WebGPU'
                          : `CPU, ${trial.threads === 1 ? '1 thread' : `${trial.threads} threads`}`}
                      </td>
                      <Show when={!trial.refused} fallback={<td colSpan={3}>{trial.refused}</td>}>
                        <td>{trial.batch}</td>
                        <td>{trial.imagesPerSecond.toFixed(1)}</td>
                        <td>{trial.cosine.toFixed(6)}</td>
                      </Show>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </>
        )}
      </Show>
      <div class={styles.row}>
        <button
          type="button"
          class={controls.line}
          disabled={busy()}
          onClick={() => void session.chooseDevice({ repeat: true })}
        >
          {session.device() ? 'Measure again' : 'Measure now'}
        </button>
        <button
          type="button"
          class={controls.button}
          disabled={busy()}
          onClick={() => void session.chooseDevice({ provider: 'wasm' })}
        >
          Use the CPU
        </button>
        <button
          type="button"
          class={controls.button}
          disabled={busy()}
          onClick={() => void session.chooseDevice({ provider: 'webgpu' })}
        >
          Use WebGPU
        </button>
      </div>
    </section>
  );
}
