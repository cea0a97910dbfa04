// What was predicted for one sample: the five most probable classes as bars.
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { ClassInfo, Sample } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import { classColor } from '../ui/Swatch.tsx';
import styles from './Inspector.module.css';

interface Bars {
  source: 'probe' | 'backbone';
  bars: { name: string; probability: number }[];
}

/** Nothing is shown before there is a probe or a backbone with classes of its own. */
export function PredictionBars(props: { sample: Sample }) {
  const session = useSession();
  const [bars, setBars] = createSignal<Bars | null>(null);

  // the model worker answers for one sample at a time: outside of Solid
  createEffect(
    on(
      () => [props.sample.id, session.dataset()?.probe?.at, session.backbone(), session.backbones().length] as const,
      ([id]) => {
        let wanted = true;
        onCleanup(() => {
          wanted = false;
        });
        session.bars(id, props.sample.path).then(
          (answer) => wanted && setBars(answer),
          () => wanted && setBars(null), // the sample has no embedding, or the file cannot be read: no bars
        );
      },
    ),
  );

  const classOf = (name: string): ClassInfo | undefined => session.dataset()?.classes.find((c) => c.name === name);
  const color = (name: string): string => {
    const info = bars()?.source === 'probe' ? classOf(name) : undefined;
    return info ? classColor(info) : 'var(--accent)';
  };

  return (
    <Show when={bars()}>
      {(shown) => (
        <div class={styles.section}>
          <h3>{shown().source === 'probe' ? 'Prediction' : `What ${titleOf(session)} sees`}</h3>
          <ul class={styles.bars}>
            <For each={shown().bars}>
              {(bar) => (
                <li class={styles.bar}>
                  <span title={bar.name}>{bar.name}</span>
                  <span class={styles.track}>
                    <i style={{ width: `${100 * bar.probability}%`, '--c': color(bar.name) }} />
                  </span>
                  <span class={styles.number}>{bar.probability.toFixed(2)}</span>
                </li>
              )}
            </For>
          </ul>
        </div>
      )}
    </Show>
  );
}

const titleOf = (session: ReturnType<typeof useSession>): string =>
  session.backbones().find((b) => b.name === session.backbone())?.title ?? session.backbone();
