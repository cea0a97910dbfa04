// What will be written: each file with its rows, what it replaces and its first lines; then what is left out, and what readers will meet.
import { For, Show } from 'solid-js';
import type { ExportPlan } from '../../jobs/export-types.ts';
import controls from '../ui/controls.module.css';
import { bytes, counted } from '../ui/format.ts';
import styles from './SaveDialog.module.css';

export function PlanView(props: { plan: ExportPlan }) {
  return (
    <div class={styles.plan}>
      <For each={props.plan.files} fallback={<p>There is nothing to write: no picture is left.</p>}>
        {(file) => (
          <section>
            <h3>
              {file.path} <span class={controls.dim}>{counted(file.rows, 'row')}</span>
            </h3>
            <Show when={file.replaces}>
              {(old) => (
                <p class={styles.replaces}>
                  Replaces a file of {bytes(old().bytes)}, which is kept as {old().backup}.
                </p>
              )}
            </Show>
            <pre class={styles.preview}>{file.preview.join('\n')}</pre>
          </section>
        )}
      </For>
      <Show when={props.plan.leftOut.length > 0}>
        <p>
          Left out:{' '}
          <For each={props.plan.leftOut}>
            {(part, i) => (
              <>
                {i() > 0 ? ', ' : ''}
                {counted(part.count, 'picture')} {part.reason}
              </>
            )}
          </For>
          .
        </p>
      </Show>
      <For each={props.plan.warnings}>{(warning) => <p class={styles.warning}>{warning}</p>}</For>
    </div>
  );
}
