// The options of a format, as it describes them itself: a further format needs no line here.
import { createResource, For, Match, Show, Switch } from 'solid-js';
import type { FormatOptions, OptionField } from '../../formats/types.ts';
import controls from '../ui/controls.module.css';
import styles from './OptionsForm.module.css';
import { pairsOf, textOfPairs } from './pairs.ts';

export function OptionsForm(props: {
  title: string;
  options: FormatOptions;
  /** What can be changed, given the options as they are. */
  load(options: FormatOptions): Promise<OptionField[]>;
  onChange(options: FormatOptions): void;
}) {
  const [fields] = createResource(
    () => props.options,
    (options) => props.load(options).catch((): OptionField[] => []), // what is wrong with the files is told by the plan
  );
  const set = (key: string, value: unknown): void => props.onChange({ ...props.options, [key]: value });
  return (
    <Show when={fields.latest?.length ? fields.latest : undefined}>
      {(all) => (
        <fieldset class={styles.options}>
          <legend>{props.title}</legend>
          <For each={all()}>
            {(field) => (
              <Option field={field} value={props.options[field.key]} onChange={(value) => set(field.key, value)} />
            )}
          </For>
        </fieldset>
      )}
    </Show>
  );
}

function Option(props: { field: OptionField; value: unknown; onChange(value: unknown): void }) {
  return (
    <Switch
      fallback={
        <label class={styles.text}>
          {props.field.title}
          <input
            class={controls.field}
            value={typeof props.value === 'string' ? props.value : ''}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
          <Help text={props.field.help} />
        </label>
      }
    >
      <Match when={props.field.kind === 'switch'}>
        <label class={styles.option}>
          <input
            type="checkbox"
            checked={props.value === true}
            onChange={(event) => props.onChange(event.currentTarget.checked)}
          />
          <span>
            {props.field.title}
            <Help text={props.field.help} />
          </span>
        </label>
      </Match>
      <Match when={props.field.kind === 'choice' || props.field.kind === 'file'}>
        <label class={styles.text}>
          {props.field.title}
          <select
            class={controls.field}
            value={String(props.value ?? '')}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          >
            <For each={props.field.choices}>
              {(choice) => (
                <option value={choice.value} selected={choice.value === String(props.value ?? '')}>
                  {choice.title}
                </option>
              )}
            </For>
          </select>
          <Help text={props.field.help} />
        </label>
      </Match>
      <Match when={props.field.kind === 'pairs'}>
        <label class={styles.text}>
          {props.field.title}
          <textarea
            class={controls.field}
            rows={5}
            value={textOfPairs(props.value)}
            onChange={(event) => props.onChange(pairsOf(event.currentTarget.value))}
          />
          <Help text={props.field.help ?? 'One a line: number, colon, name.'} />
        </label>
      </Match>
    </Switch>
  );
}

function Help(props: { text: string | undefined }) {
  return (
    <Show when={props.text}>
      <small>{props.text}</small>
    </Show>
  );
}
