// Three figures that matter: accuracy with its interval, macro F1, and what the probe was made of. The split is chosen here.
import { For, Show } from 'solid-js';
import type { Evaluation } from '../../learn/types.ts';
import { useSession } from '../context.ts';
import { titleOfBackbone } from '../ui/backbone.ts';
import controls from '../ui/controls.module.css';
import { counted } from '../ui/format.ts';
import styles from './Learn.module.css';
import { chosenC, duration, leftOut, percent, plusMinus, shortC, splitOrder, trainedOn } from './words.ts';

export function Cards(props: { evaluation: Evaluation; split: string; onSplit(split: string): void }) {
  const session = useSession();
  const metrics = () => props.evaluation.splits[props.split];

  return (
    <>
      <section class={styles.splits} aria-label="Split that is judged">
        <For each={splitOrder(Object.keys(props.evaluation.splits))}>
          {(name) => (
            <button
              type="button"
              class={controls.button}
              aria-pressed={name === props.split}
              onClick={() => props.onSplit(name)}
            >
              {name}
              <span class={controls.dim}>
                {percent(props.evaluation.splits[name]?.top1_acc_micro ?? 0)}
                {props.evaluation.splits[name]?.outOfFold ? ', out of fold' : ''}
              </span>
            </button>
          )}
        </For>
      </section>
      <div class={styles.cards}>
        <div class={styles.card}>
          <span>
            {metrics()?.labels ? 'Answers that are right' : 'Top-1 accuracy'}, {props.split}
          </span>
          <b>{percent(metrics()?.top1_acc_micro ?? 0)}</b>
          <span>
            <span title="95 % Wilson score interval">{plusMinus(metrics()?.interval ?? [0, 0])}</span> ·{' '}
            {counted(metrics()?.n ?? 0, 'picture')}
            <Show when={metrics()?.labels}>
              {(labels) => (
                <>
                  {' '}
                  · mean AUROC{'\u00a0'}
                  {labels().auroc_macro.toFixed(3)} · mean average precision{'\u00a0'}
                  {labels().avg_precision_macro.toFixed(3)}
                </>
              )}
            </Show>
            <Show when={metrics()?.top5_acc_micro !== undefined}>
              {' '}
              · top-5{'\u00a0'}
              {percent(metrics()?.top5_acc_micro ?? 0)}
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
          <span>Probe on {titleOfBackbone(session, props.evaluation.backbone)}</span>
          <b>C = {shortC(props.evaluation.C)}</b>
          <span>{chosenC(props.evaluation)}</span>
        </div>
      </div>
      <p class={styles.trained}>
        Trained on {trainedOn(props.evaluation)} in {duration(props.evaluation.seconds)} on {props.evaluation.device}.
        <Show when={leftOut(props.evaluation)}>{(parts) => <> Left out: {parts()}.</>}</Show>
      </p>
    </>
  );
}
