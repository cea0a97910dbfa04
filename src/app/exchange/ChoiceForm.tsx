// The left side of saving: the file's kind, which pictures, and the options of that kind.
import { createResource, For, Show } from 'solid-js';
import { toVitrineError } from '../../shared/errors.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import type { Choice } from './choice.ts';
import { FieldChoice } from './FieldChoice.tsx';
import { OptionsForm } from './OptionsForm.tsx';
import { Check } from './parts.tsx';
import styles from './SaveDialog.module.css';

const kinds = {
  csv: ['CSV', 'Path and label, as LightlyTrain, pandas and spreadsheets read it.'],
  'metadata-jsonl': ['metadata.jsonl', 'One line a picture, as Hugging Face imagefolder and opsml read it.'],
  probe: ['Probe', 'The trained classifier as ONNX, with a card that says how to feed it.'],
} as const;

export function ChoiceForm(props: { choice: Choice; onChange(choice: Choice): void }) {
  const session = useSession();
  // CSV, JSON lines and the probe are there without them
  const [systems] = createResource(() =>
    session.exportSystems().catch((error: unknown) => {
      session.notify({ tone: 'bad', text: toVitrineError(error).message });
      return [];
    }),
  );
  const set = (change: Partial<Choice>): void => props.onChange({ ...props.choice, ...change });
  const metadata = (): string[] =>
    (session.dataset()?.fields ?? [])
      .filter(({ origin, sensitive }) => origin === 'metadata' && !sensitive)
      .map(({ name }) => name);
  const filtered = (): boolean => session.query().filter !== undefined;
  const hasSplits = (): boolean => (session.dataset()?.splits.length ?? 0) > 0;

  const plain = (what: keyof typeof kinds) => (
    <Radio
      name="what"
      checked={props.choice.what === what}
      onChoose={() => set({ what })}
      title={kinds[what][0]}
      text={kinds[what][1]}
    />
  );

  return (
    <form class={styles.choice} onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>What</legend>
        {plain('csv')}
        {plain('metadata-jsonl')}
        <For each={systems.latest}>
          {(one) => (
            <Radio
              name="what"
              checked={props.choice.what === 'system' && props.choice.system?.system === one.system}
              onChoose={() => set({ what: 'system', system: one, fields: metadata() })}
              title={one.title}
              text={one.text}
            />
          )}
        </For>
        {plain('probe')}
      </fieldset>
      <Show when={props.choice.what === 'system' && props.choice.system}>
        {(one) => (
          <OptionsForm
            title="Files"
            options={one().options}
            load={(options) => session.exportSystemOptions(one().system, options)}
            onChange={(options) => set({ system: { ...one(), options } })}
          />
        )}
      </Show>
      <Show when={props.choice.what !== 'probe'}>
        <fieldset>
          <legend>Pictures</legend>
          <Radio
            name="rows"
            checked={!props.choice.filtered}
            onChoose={() => set({ filtered: false })}
            title={`All ${count((session.dataset()?.size ?? 0) - (session.dataset()?.excluded ?? 0))}`}
            text="Everything that is not excluded."
          />
          <Show when={filtered()}>
            <Radio
              name="rows"
              checked={props.choice.filtered}
              onChoose={() => set({ filtered: true })}
              title={`The ${count(session.view()?.count ?? 0)} that the filters leave`}
              text="Whoever reads the file sees only these; it is not the whole dataset."
            />
          </Show>
        </fieldset>
      </Show>
      <Show when={props.choice.what === 'csv'}>
        <fieldset>
          <legend>Files</legend>
          <Show when={hasSplits()}>
            <Radio
              name="files"
              checked={props.choice.files === 'per-split'}
              onChoose={() => set({ files: 'per-split' })}
              title="One file per split"
              text="As LightlyTrain wants it."
            />
          </Show>
          <Radio
            name="files"
            checked={props.choice.files === 'one'}
            onChoose={() => set({ files: 'one' })}
            title={hasSplits() ? 'One file with a split column' : 'One file'}
          />
          <label class={styles.text}>
            Put before each path
            <input
              class={controls.field}
              value={props.choice.prefix}
              placeholder="nothing: paths relative to the folder"
              onInput={(event) => set({ prefix: event.currentTarget.value })}
            />
          </label>
        </fieldset>
      </Show>
      <Show when={props.choice.what === 'metadata-jsonl'}>
        <fieldset>
          <legend>Files</legend>
          <Show when={hasSplits()}>
            <Radio
              name="place"
              checked={props.choice.place === 'split-folders'}
              onChoose={() => set({ place: 'split-folders' })}
              title="One in each split folder"
              text="For Hugging Face, which does not look at the root then."
            />
          </Show>
          <Radio
            name="place"
            checked={props.choice.place === 'root'}
            onChoose={() => set({ place: 'root' })}
            title="One at the root"
            text="For opsml, and for a folder without splits."
          />
          <label class={styles.text}>
            Key of the label
            <select
              class={controls.field}
              value={props.choice.labelKey}
              onChange={(event) =>
                set({ labelKey: event.currentTarget.value === 'categories' ? 'categories' : 'label' })
              }
            >
              <option value="label">label (one name)</option>
              <option value="categories">categories (a list, opsml)</option>
            </select>
          </label>
        </fieldset>
      </Show>
      <Show when={(props.choice.what === 'csv' || props.choice.what === 'metadata-jsonl') && session.dataset()?.probe}>
        <fieldset>
          <legend>Also</legend>
          <Check
            checked={props.choice.predictions}
            onToggle={(predictions) => set({ predictions })}
            title="Predicted class and confidence"
          />
          <Show when={props.choice.what === 'csv'}>
            <Check
              checked={props.choice.probabilities}
              onToggle={(probabilities) => set({ probabilities })}
              title="A probability column for each class"
            />
          </Show>
        </fieldset>
      </Show>
      <Show when={props.choice.what !== 'probe'}>
        <FieldChoice choice={props.choice} onChange={props.onChange} />
      </Show>
    </form>
  );
}

function Radio(props: { name: string; checked: boolean; onChoose(): void; title: string; text?: string }) {
  return (
    <label class={styles.option}>
      <input type="radio" name={props.name} checked={props.checked} onChange={() => props.onChoose()} />
      <span>
        {props.title}
        <Show when={props.text}>
          <small>{props.text}</small>
        </Show>
      </span>
    </label>
  );
}
