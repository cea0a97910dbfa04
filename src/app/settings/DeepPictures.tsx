// How deep pictures of the open dataset are looked at, by the eye and the model; shown only where the dataset has such files.
import { For, Show } from 'solid-js';
import type { DeepView } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { deepFiles, frameTitles, rangeTitles, windowTitles } from './deep-view.ts';
import styles from './Settings.module.css';

export function DeepPictures() {
  const session = useSession();
  const has = () => deepFiles(session.facets());
  const view = (): DeepView => session.dataset()?.view ?? {};
  const readOnly = (): boolean => session.dataset()?.access !== 'owner';
  let low!: HTMLInputElement; // set by ref before anyone can type
  let high!: HTMLInputElement; // likewise

  return (
    <Show when={session.dataset() && (has().deep || has().dicom || has().frames)}>
      <section>
        <h3>Deep pictures</h3>
        <p>
          For pictures with more than 8 bits. The model sees what you see: another choice needs other embeddings. Those
          made before are kept for when you change back.
        </p>
        <Choice
          title="Range"
          options={rangeTitles(view().range)}
          disabled={readOnly()}
          onChoose={(range) => void session.setDeepView(withPart(view(), 'range', range))}
        />
        <form
          class={styles.row}
          onSubmit={(event) => {
            event.preventDefault();
            const range = { low: low.valueAsNumber, high: high.valueAsNumber };
            void session.setDeepView({ ...view(), range });
          }}
        >
          <label>
            From <input ref={low} type="number" step="any" required value={fixedOf(view())?.low ?? 0} />
          </label>
          <label>
            to <input ref={high} type="number" step="any" required value={fixedOf(view())?.high ?? 65_535} />
          </label>
          <button type="submit" class={controls.line} disabled={readOnly()}>
            Use these values
          </button>
        </form>
        <Show when={has().dicom}>
          <Choice
            title="DICOM window"
            options={windowTitles(view().window)}
            disabled={readOnly()}
            onChoose={(window) => void session.setDeepView(withPart(view(), 'window', window))}
          />
        </Show>
        <Show when={has().frames}>
          <Choice
            title="Frame"
            options={frameTitles(view().frame)}
            disabled={readOnly()}
            onChoose={(frame) => void session.setDeepView(withPart(view(), 'frame', frame))}
          />
        </Show>
      </section>
    </Show>
  );
}

interface ChoiceProps<T> {
  title: string;
  options: { title: string; value: T; chosen: boolean }[];
  disabled: boolean;
  onChoose(value: T): void;
}

function Choice<T>(props: ChoiceProps<T>) {
  return (
    <section class={styles.row} aria-label={props.title}>
      <span>{props.title}</span>
      <For each={props.options}>
        {(option) => (
          <button
            type="button"
            class={controls.line}
            aria-pressed={option.chosen}
            disabled={props.disabled}
            onClick={() => props.onChoose(option.value)}
          >
            {option.title}
          </button>
        )}
      </For>
    </section>
  );
}

/** A view with one part replaced, or without it. */
function withPart<K extends keyof DeepView>(view: DeepView, part: K, value: DeepView[K] | undefined): DeepView {
  const { [part]: _, ...rest } = view;
  return value === undefined ? rest : { ...rest, [part]: value };
}

function fixedOf({ range }: DeepView): { low: number; high: number } | undefined {
  return typeof range === 'object' && 'low' in range ? range : undefined;
}
