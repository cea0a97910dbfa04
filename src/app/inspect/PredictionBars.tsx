// What was predicted for one sample: the five most probable classes as bars.
import { createResource, For, Show } from 'solid-js';
import type { ClassInfo, Sample } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import { titleOfBackbone } from '../ui/backbone.ts';
import { classColor } from '../ui/Swatch.tsx';
import styles from './Inspector.module.css';

/** Nothing is shown before there is a probe or a backbone with classes of its own. */
export function PredictionBars(props: { sample: Sample }) {
  const session = useSession();
  const [bars] = createResource(
    // a text, so that only another picture, probe or backbone asks again
    () => [props.sample.id, session.dataset()?.probe?.at, session.backbone(), session.backbones().length].join(' '),
    () => session.bars(props.sample.id, props.sample.path).catch(() => null), // no embedding, or an unreadable file: no bars
    { initialValue: null },
  );

  const classOf = (name: string): ClassInfo | undefined => session.dataset()?.classes.find((c) => c.name === name);
  const color = (name: string): string => {
    const info = bars.latest?.source === 'probe' ? classOf(name) : undefined;
    return info ? classColor(info) : 'var(--accent)';
  };
  const doubt = (): number | undefined => {
    const value = props.sample.fields.doubt;
    return bars.latest?.source === 'probe' && typeof value === 'number' ? value : undefined;
  };

  return (
    <Show when={bars.latest}>
      {(shown) => (
        <div class={styles.section}>
          <h2>
            {shown().source === 'probe' ? 'Prediction' : `What ${titleOfBackbone(session, session.backbone())} sees`}
          </h2>
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
          <Show when={doubt() !== undefined}>
            <p class={styles.note}>
              Doubt about the label: {doubt()?.toFixed(2)}, from a probe that was not trained on this picture.
            </p>
          </Show>
        </div>
      )}
    </Show>
  );
}
