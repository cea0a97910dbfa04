// The inspector beside the grid: the picture under the cursor, its label, what was predicted, and what the file says.
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Maximize2 from 'lucide-solid/icons/maximize-2';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Show } from 'solid-js';
import type { Sample } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { PersonMark } from '../ui/PersonMark.tsx';
import { usePanels } from '../ui/panels.ts';
import { Swatch } from '../ui/Swatch.tsx';
import { factsOf } from './facts.ts';
import styles from './Inspector.module.css';
import { Metadata } from './Metadata.tsx';
import { PredictionBars } from './PredictionBars.tsx';
import { Stage } from './Stage.tsx';
import { WindowBar } from './WindowBar.tsx';
import { fit, type Zoom } from './zoom.ts';

/** Shows `session.sample()`; an empty sentence when no picture is under the cursor. */
export function Inspector() {
  const session = useSession();
  return (
    <section class={styles.inspector} aria-label="Inspector">
      <Show when={session.sample()} fallback={<p class={styles.empty}>Choose a picture to see it here.</p>}>
        {(sample) => <Details sample={sample()} />}
      </Show>
    </section>
  );
}

function Details(props: { sample: Sample }) {
  const session = useSession();
  const panels = usePanels();
  const [zoom, setZoom] = createSignal<Zoom>(fit);
  const position = (): string => `${count(session.cursor() + 1)} of ${count(session.view()?.count ?? 0)}`;

  return (
    <>
      <div class={styles.big}>
        <Stage
          row={props.sample}
          label={`Picture ${props.sample.path}`}
          zoom={zoom()}
          onZoom={setZoom}
          onOpen={() => panels.show({ kind: 'inspect' })}
          resting={panels.isOpen('inspect') || panels.isOpen('quick-look')}
        />
      </div>
      <WindowBar />
      <div class={styles.steps}>
        <button
          type="button"
          class={controls.icon}
          aria-label="Previous picture"
          title="Previous picture (P)"
          disabled={session.cursor() === 0}
          onClick={() => session.setCursor(session.cursor() - 1)}
        >
          <ChevronLeft />
        </button>
        <span class={styles.position}>{position()}</span>
        <button
          type="button"
          class={controls.icon}
          aria-label="Next picture"
          title="Next picture (N)"
          disabled={session.cursor() + 1 >= (session.view()?.count ?? 0)}
          onClick={() => session.setCursor(session.cursor() + 1)}
        >
          <ChevronRight />
        </button>
        <span class={styles.grow} />
        <button
          type="button"
          class={controls.icon}
          aria-label="Large view"
          title="Large view (Enter)"
          onClick={() => panels.show({ kind: 'inspect' })}
        >
          <Maximize2 />
        </button>
      </div>
      <SampleSections sample={props.sample} />
    </>
  );
}

/** Label, prediction and facts: the same beside the grid and in the large view. */
export function SampleSections(props: { sample: Sample }) {
  const session = useSession();
  return (
    <>
      <LabelSection sample={props.sample} />
      <PredictionBars sample={props.sample} />
      <Metadata sample={props.sample} />
      <div class={styles.section}>
        <h2>File</h2>
        <dl class={styles.facts}>
          <For each={factsOf(props.sample, session.dataset()?.fields)}>
            {(fact) => (
              <>
                <dt>{fact.name}</dt>
                <dd title={fact.value}>
                  {fact.value}
                  <Show when={fact.person}>
                    {' '}
                    <PersonMark />
                  </Show>
                </dd>
              </>
            )}
          </For>
        </dl>
      </div>
    </>
  );
}

function LabelSection(props: { sample: Sample }) {
  const session = useSession();
  const panels = usePanels();
  const classes = () => (session.dataset()?.classes ?? []).filter((c) => props.sample.labels.includes(c.id));
  const denied = () => (session.dataset()?.classes ?? []).filter((c) => props.sample.negatives.includes(c.id));
  const readOnly = (): boolean => session.dataset()?.access !== 'owner';

  return (
    <div class={styles.section}>
      <h2>{session.dataset()?.multiLabel ? 'Labels' : 'Label'}</h2>
      <Show when={session.dataset()?.multiLabel && !readOnly()}>
        <ul class={styles.several}>
          <For each={classes()}>
            {(info) => (
              <li>
                <span class={styles.name}>
                  <Swatch of={info} /> {info.name}
                </span>
                <button
                  type="button"
                  class={controls.icon}
                  aria-label={`Take ${info.name} away`}
                  title="Take away"
                  onClick={() =>
                    void session.edit({
                      kind: 'label-change',
                      rows: Uint32Array.of(props.sample.id),
                      remove: [info.name],
                    })
                  }
                >
                  <X />
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <button
        type="button"
        class={styles.label}
        disabled={readOnly()}
        onClick={() => panels.show({ kind: 'palette', text: '' })}
      >
        <span class={styles.names}>
          <Show
            when={!session.dataset()?.multiLabel || readOnly()}
            fallback={<span class={controls.dim}>add or take away…</span>}
          >
            <For each={classes()} fallback={<span class={controls.dim}>no label</span>}>
              {(info) => (
                <span class={styles.name}>
                  <Swatch of={info} /> {info.name}
                </span>
              )}
            </For>
          </Show>
        </span>
        <kbd class={controls.kbd}>L</kbd>
      </button>
      <Show when={denied().length > 0}>
        <p class={styles.note}>
          Known not to be{' '}
          <For each={denied()}>
            {(info, i) => (
              <>
                {i() > 0 ? ', ' : ''}
                {info.name}
              </>
            )}
          </For>
          .
        </p>
      </Show>
      <Show when={props.sample.excluded}>
        <p class={styles.note}>Excluded: left out of training and of saved files. Press X to take it back in.</p>
      </Show>
    </div>
  );
}
