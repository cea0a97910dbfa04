// Backbones side by side on the same labels: accuracy of each one's probe, and one click to add the next.
import { For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import { titleOfBackbone } from '../ui/backbone.ts';
import controls from '../ui/controls.module.css';
import styles from './Learn.module.css';
import { judgedSplit, percent, plusMinus } from './words.ts';

export function CompareTable() {
  const session = useSession();
  const others = () => session.backbones().filter((b) => !session.evaluations().some((e) => e.backbone === b.name));
  const busy = (): boolean => session.jobs().some((job) => job.state === 'running');

  return (
    <Show when={session.backbones().length > 1}>
      <section class={styles.compare}>
        <h2>Backbones on these labels</h2>
        <table class={styles.table}>
          <thead>
            <tr>
              <th>backbone</th>
              <th>split</th>
              <th>top-1</th>
              <th>macro F1</th>
            </tr>
          </thead>
          <tbody>
            <For each={session.evaluations()}>
              {(evaluation) => {
                const split = judgedSplit(evaluation);
                const metrics = evaluation.splits[split];
                return (
                  <tr>
                    <td>{titleOfBackbone(session, evaluation.backbone)}</td>
                    <td>{split}</td>
                    <td>
                      {percent(metrics?.top1_acc_micro ?? 0)} {plusMinus(metrics?.interval ?? [0, 0])}
                    </td>
                    <td>{(metrics?.f1_macro ?? 0).toFixed(3)}</td>
                  </tr>
                );
              }}
            </For>
          </tbody>
        </table>
        <Show when={others().length > 0}>
          <button
            type="button"
            class={controls.line}
            disabled={busy()}
            onClick={() => void session.compare(others().map((b) => b.name))}
          >
            Compare with{' '}
            {others()
              .map((b) => b.title)
              .join(' and ')}
          </button>
        </Show>
      </section>
    </Show>
  );
}
