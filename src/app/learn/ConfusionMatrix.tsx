// The confusion matrix: a button a cell up to thirty classes, the list of the largest confusions beyond.
import { For, Show } from 'solid-js';
import type { SplitEvaluation } from '../../learn/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count, counted } from '../ui/format.ts';
import styles from './ConfusionMatrix.module.css';
import { confusions } from './words.ts';

/** More classes than this are unreadable as a square; their confusions are listed instead. */
const squareUpTo = 30;
const listed = 40;

export function ConfusionMatrix(props: { metrics: SplitEvaluation; classes: readonly string[]; split: string }) {
  const session = useSession();
  const largest = (): number =>
    Math.max(1, ...props.metrics.confusion.map((row, i) => Math.max(0, ...row.filter((_, j) => j !== i))));

  function show(label: string, predicted: string): void {
    session.setCondition('label', { field: 'label', is: label });
    session.setCondition('predicted', { field: 'predicted', is: predicted });
    if (session.dataset()?.splits.includes(props.split))
      session.setCondition('split', { field: 'split', is: props.split });
  }

  const chosen = (label: string, predicted: string): boolean => {
    const [a, b] = [session.condition('label'), session.condition('predicted')];
    return !!a && 'is' in a && a.is === label && !!b && 'is' in b && b.is === predicted;
  };

  return (
    <Show
      when={props.classes.length <= squareUpTo}
      fallback={
        <ul class={styles.list}>
          <For each={confusions(props.metrics, props.classes, listed)} fallback={<li>No picture is confused.</li>}>
            {(pair) => (
              <li>
                <button type="button" class={controls.button} onClick={() => show(pair.label, pair.predicted)}>
                  {pair.label} seen as {pair.predicted} <span class={controls.dim}>{count(pair.count)}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
      }
    >
      <section class={styles.matrix} aria-label="Confusion matrix" style={{ '--n': props.classes.length }}>
        <For each={props.metrics.confusion}>
          {(row, i) => {
            const total = (): number => row.reduce((sum, n) => sum + n, 0);
            return (
              <>
                <span class={styles.rowName} title={props.classes[i()]}>
                  {props.classes[i()]}
                </span>
                <For each={row}>
                  {(n, j) => (
                    <button
                      type="button"
                      class={styles.cell}
                      data-kind={i() === j() ? 'right' : n > 0 ? 'wrong' : 'none'}
                      aria-pressed={chosen(props.classes[i()] ?? '', props.classes[j()] ?? '')}
                      aria-label={`label ${props.classes[i()]}, predicted ${props.classes[j()]}: ${counted(n, 'picture')}`}
                      title={`label ${props.classes[i()]}, predicted ${props.classes[j()]}: ${counted(n, 'picture')}`}
                      disabled={n === 0}
                      style={{
                        '--share': `${Math.round(100 * (i() === j() ? n / Math.max(1, total()) : 0.25 + (0.75 * n) / largest()))}%`,
                      }}
                      onClick={() => show(props.classes[i()] ?? '', props.classes[j()] ?? '')}
                    >
                      {n > 0 ? count(n) : ''}
                    </button>
                  )}
                </For>
              </>
            );
          }}
        </For>
        <span />
        <For each={props.classes}>
          {(name) => (
            <span class={styles.columnName} title={name}>
              {name}
            </span>
          )}
        </For>
      </section>
    </Show>
  );
}
