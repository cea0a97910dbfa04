// Under a deep picture: which values are shown, presets, the way back, and the same look for all pictures; under one of several frames: which.
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createUniqueId, For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { useAdjust } from './adjust.ts';
import styles from './WindowBar.module.css';
import { presetsOf, shortened, stepOf, type Window } from './window.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Nothing for pictures of 8 bits and one frame. */
export function WindowBar() {
  const session = useSession();
  const adjust = useAdjust();
  const readOnly = (): boolean => session.dataset()?.access !== 'owner';

  return (
    <>
      <Show when={adjust.frames()}>{(frames) => <FrameBar at={frames().at} count={frames().count} />}</Show>
      <Show when={adjust.deep()}>
        {(deep) => {
          const presets = () => presetsOf(deep().kind);
          const chosen = (): number => presets().findIndex((preset) => same(preset.look, adjust.look()));
          return (
            <section class={styles.bar} aria-label="Window">
              <select
                class={controls.field}
                aria-label="Window preset"
                title="Which values are shown from black to white"
                onChange={(event) => {
                  const preset = presets()[Number(event.currentTarget.value)];
                  if (preset) adjust.tryLook(preset.look);
                }}
              >
                <Show when={chosen() < 0}>
                  <option value={-1} selected>
                    Own window
                  </option>
                </Show>
                <For each={presets()}>
                  {(preset, i) => (
                    <option value={i()} selected={i() === chosen()}>
                      {preset.title}
                    </option>
                  )}
                </For>
              </select>
              <button
                type="button"
                class={controls.icon}
                aria-label="Back to what all pictures have"
                title="Back to what all pictures have"
                disabled={!adjust.trying()}
                onClick={() => adjust.reset()}
              >
                <RotateCcw />
              </button>
              <span class={styles.numbers}>
                <Bound part="center" title="Centre" />
                <Bound part="width" title="Width" />
              </span>
              <Show
                when={adjust.trying()}
                fallback={<p class={styles.hint}>Drag on the picture: right widens, down darkens.</p>}
              >
                <button
                  type="button"
                  class={controls.line}
                  disabled={readOnly()}
                  title="For the grid, thumbnails, embeddings and the probe; kept with the dataset"
                  onClick={() => void adjust.useForAll()}
                >
                  Use for all pictures
                </button>
              </Show>
            </section>
          );
        }}
      </Show>
    </>
  );
}

/** One of the two numbers; arrows step by a fortieth of what the values span. */
function Bound(props: { part: keyof Window; title: string }) {
  const adjust = useAdjust();
  const id = createUniqueId();
  const window = () => adjust.deep()?.window;
  const step = (): number => {
    const deep = adjust.deep();
    if (!deep) return 1;
    const tenth = stepOf(deep.values) * 10;
    return deep.whole ? Math.max(1, Math.round(tenth)) : Number(tenth.toPrecision(1));
  };
  return (
    <span class={styles.bound}>
      <label for={id}>{props.title}</label>
      <input
        id={id}
        class={controls.field}
        type="number"
        step="any"
        value={window() ? shortened(window()?.[props.part] ?? 0) : ''}
        onKeyDown={(event) => {
          const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
          if (direction === 0) return;
          event.preventDefault();
          set(event.currentTarget.valueAsNumber + direction * step());
        }}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
    </span>
  );

  function set(value: number): void {
    const now = window();
    if (!now || !Number.isFinite(value)) return;
    if (props.part === 'width' && !(value > 0)) return;
    adjust.tryWindow({ ...now, [props.part]: value });
  }
}

function FrameBar(props: { at: number; count: number }) {
  const adjust = useAdjust();
  return (
    <section class={styles.bar} aria-label="Frames">
      <button
        type="button"
        class={controls.icon}
        aria-label="Previous frame"
        title="Previous frame (,)"
        disabled={props.at === 0}
        onClick={() => adjust.setFrame(props.at - 1)}
      >
        <ChevronLeft />
      </button>
      <input
        class={styles.slider}
        type="range"
        min="1"
        max={props.count}
        step="1"
        aria-label="Frame"
        aria-valuetext={`frame ${count(props.at + 1)} of ${count(props.count)}`}
        value={props.at + 1}
        onInput={(event) => adjust.setFrame(event.currentTarget.valueAsNumber - 1)}
      />
      <button
        type="button"
        class={controls.icon}
        aria-label="Next frame"
        title="Next frame (.)"
        disabled={props.at + 1 === props.count}
        onClick={() => adjust.setFrame(props.at + 1)}
      >
        <ChevronRight />
      </button>
      <span class={styles.frame}>
        frame {count(props.at + 1)} of {count(props.count)}
      </span>
    </section>
  );
}
