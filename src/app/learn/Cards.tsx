// Three figures that matter: accuracy with its interval, macro F1, and what the probe was made of. The split is chosen here.
import { For, Show } from 'solid-js';
import type { Evaluation } from '../../learn/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count, counted } from '../ui/format.ts';
import styles from './Learn.module.css';
import { chosenC, duration, percent, plusMinus } from './words.ts';

export function Cards(props: { evaluation: Evaluation; split: string; onSplit(split: string): void }) {
  const session = useSession();
  const metrics = () => props.evaluation.splits[props.split];
  const title = (): string =>
    session.backbones().find((b) => b.name === props.evaluation.backbone)?.title ?? props.evaluation.backbone;
  const leftOut = (): string =>
    props.evaluation.trainedOn.leftOut.map((part) => `${count(part.count)} ${part.reason}`).join(', ');

  return (
    <>
      <section class={styles.splits} aria-label="Split that is judged">
        <For each={Object.entries(props.evaluation.splits)}>
          {([name, result]) => (
            <button
              type="button"
              class={controls.button}
              aria-pressed={name === props.split}
              onClick={() => props.onSplit(name)}
            >
              {name}
              <span class={controls.dim}>
                {percent(result.top1_acc_micro)}
                {result.outOfFold ? ', out of fold' : ''}
              </span>
            </button>
          )}
        </For>
      </section>
      <div class={styles.cards}>
        <div class={styles.card}>
          <span>Top-1 accuracy, {props.split}</span>
          <b>{percent(metrics()?.top1_acc_micro ?? 0)}</b>
          <span title="95 % Wilson score interval">
            {plusMinus(metrics()?.interval ?? [0, 0])} · {counted(metrics()?.n ?? 0, 'picture')}
            <Show when={metrics()?.top5_acc_micro !== undefined}>
              {' '}
              · top-5 {percent(metrics()?.top5_acc_micro ?? 0)}
            </Show>
          </span>
        </div>
        <div class={styles.card}>
          <span>Macro F1, {props.split}</span>
          <b>{(metrics()?.f1_macro ?? 0).toFixed(3)}</b>
          <span>
            precision {(metrics()?.precision_macro ?? 0).toFixed(3)} · recall{' '}
            {(metrics()?.recall_macro ?? 0).toFixed(3)}
          </span>
        </div>
        <div class={styles.card}>
          <span>Probe on {title()}</span>
          <b>{chosenC(props.evaluation).split(',')[0]}</b>
          <span title={leftOut() ? `Left out: ${leftOut()}` : undefined}>
            {chosenC(props.evaluation).split(', ')[1]} · {counted(props.evaluation.trainedOn.samples, 'picture')} ·{' '}
            {duration(props.evaluation.seconds)}, {props.evaluation.device}
          </span>
        </div>
      </div>
    </>
  );
}
