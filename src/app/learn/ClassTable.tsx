// Precision, recall, F1 and support of each class; a row filters to the pictures with that label.
import { createSignal, For } from 'solid-js';
import type { SplitEvaluation } from '../../learn/types.ts';
import { useSession } from '../context.ts';
import { count } from '../ui/format.ts';
import { Swatch } from '../ui/Swatch.tsx';
import styles from './Learn.module.css';
import { type ClassOrder, ordered } from './words.ts';

const columns: [ClassOrder, string][] = [
  ['class', 'class'],
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['f1', 'F1'],
  ['support', 'n'],
];

export function ClassTable(props: { metrics: SplitEvaluation; split: string }) {
  const session = useSession();
  const [order, setOrder] = createSignal<ClassOrder>('class');
  const classOf = (name: string) => session.dataset()?.classes.find((c) => c.name === name);

  function show(name: string): void {
    session.setCondition('label', { field: 'label', is: name });
    session.setCondition('predicted', null);
    if (session.dataset()?.splits.includes(props.split))
      session.setCondition('split', { field: 'split', is: props.split });
  }

  return (
    <table class={styles.table}>
      <thead>
        <tr>
          <For each={columns}>
            {([key, title]) => (
              <th aria-sort={order() === key ? 'ascending' : 'none'}>
                <button type="button" onClick={() => setOrder(key)}>
                  {title}
                </button>
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>
        <For each={ordered(props.metrics, order())}>
          {(row) => (
            <tr>
              <td>
                <button type="button" class={styles.name} onClick={() => show(row.name)}>
                  <Swatch of={classOf(row.name) ?? { color: 9, number: 1 }} />
                  {row.name}
                </button>
              </td>
              <td>{row.precision.toFixed(3)}</td>
              <td>{row.recall.toFixed(3)}</td>
              <td>{row.f1.toFixed(3)}</td>
              <td>{count(row.support)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
