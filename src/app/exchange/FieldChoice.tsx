// Which fields go along as further columns; those that identify a person only after a tick of their own.
import { createMemo, For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { type Choice, exportable } from './choice.ts';
import { Check } from './parts.tsx';
import styles from './SaveDialog.module.css';

export function FieldChoice(props: { choice: Choice; onChange(choice: Choice): void }) {
  const session = useSession();
  // by name: fields are new objects with every state of the dataset, and a box must keep its focus
  const names = createMemo(() => exportable(session.dataset()?.fields ?? []).map((field) => field.name), [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const fieldOf = (name: string) => session.dataset()?.fields.find((field) => field.name === name);
  const isPerson = (name: string): boolean => fieldOf(name)?.sensitive === true;
  const persons = (): string[] => names().filter(isPerson);
  const offered = (): string[] => names().filter((name) => props.choice.person || !isPerson(name));
  const set = (fields: readonly string[], person = props.choice.person): void =>
    props.onChange({ ...props.choice, fields, person });
  const chosen = (): number => props.choice.fields.length;

  return (
    <Show when={names().length > 0}>
      <details class={styles.fields}>
        <summary>Fields {chosen() > 0 ? `(${count(chosen())} chosen)` : '(none)'}</summary>
        <fieldset>
          <legend>Further columns</legend>
          <div class={styles.fieldList}>
            <For each={offered()}>
              {(name) => (
                <Check
                  checked={props.choice.fields.includes(name)}
                  onToggle={(on) => set(names().filter((n) => (n === name ? on : props.choice.fields.includes(n))))}
                  title={fieldOf(name)?.title ?? name}
                  text={isPerson(name) ? 'identifies a person' : undefined}
                />
              )}
            </For>
          </div>
          <div class={styles.actions}>
            <button type="button" class={controls.line} onClick={() => set(offered())}>
              All
            </button>
            <button type="button" class={controls.line} disabled={chosen() === 0} onClick={() => set([])}>
              None
            </button>
          </div>
          <Show when={persons().length > 0}>
            <Check
              checked={props.choice.person}
              onToggle={(on) => set(on ? props.choice.fields : props.choice.fields.filter((n) => !isPerson(n)), on)}
              title="Also fields that identify a person"
              text={
                props.choice.person
                  ? undefined
                  : `Left out: ${persons()
                      .map((name) => fieldOf(name)?.title ?? name)
                      .join(', ')}.`
              }
            />
          </Show>
        </fieldset>
      </details>
    </Show>
  );
}
