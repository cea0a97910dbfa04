// What is known of a picture beyond its file: values that were imported or written here, each changed in place.
import Plus from 'lucide-solid/icons/plus';
import { createSignal, For, Show } from 'solid-js';
import type { Field, Sample } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { counted } from '../ui/format.ts';
import styles from './Metadata.module.css';
import { textOfValue, valueOfText } from './values.ts';

export function Metadata(props: { sample: Sample }) {
  const session = useSession();
  const [editing, setEditing] = createSignal<string | null>(null);
  const [problem, setProblem] = createSignal('');
  const fields = (): Field[] => (session.dataset()?.fields ?? []).filter((field) => field.origin === 'metadata');
  const readOnly = (): boolean => session.dataset()?.access !== 'owner';
  /** The selection, when this picture is part of it; else this picture alone. */
  const targets = (): Uint32Array =>
    session.selection.has(props.sample.id) ? session.selection.ids() : Uint32Array.of(props.sample.id);

  function save(name: string, field: Field | undefined, text: string): void {
    const value = valueOfText(field?.type, text);
    if ('problem' in value) {
      setProblem(value.problem);
      return;
    }
    setProblem('');
    setEditing(null);
    if (field && textOfValue(props.sample.fields[name]) === text) return;
    const rows = Array.from(targets(), (id): [number, Record<string, unknown>] => [id, { [name]: value.value }]);
    void session.edit({ kind: 'metadata', rows });
  }

  return (
    <div class={styles.section}>
      <div class={styles.head}>
        <h2>Metadata</h2>
        <Show when={!readOnly() && editing() !== newField}>
          <button
            type="button"
            class={controls.icon}
            aria-label="Add a field"
            title="Add a field"
            onClick={() => setEditing(newField)}
          >
            <Plus />
          </button>
        </Show>
      </div>
      <Show when={session.selection.count() > 1 && session.selection.has(props.sample.id)}>
        <p class={styles.note}>Changes count for the {counted(session.selection.count(), 'picture')} selected.</p>
      </Show>
      <dl class={styles.values}>
        <For each={fields()}>
          {(field) => (
            <>
              <dt title={field.title}>{field.title}</dt>
              <dd>
                <Show
                  when={editing() === field.name}
                  fallback={
                    <button
                      type="button"
                      class={styles.value}
                      disabled={readOnly()}
                      title={textOfValue(props.sample.fields[field.name])}
                      aria-label={`Change ${field.title}`}
                      onClick={() => setEditing(field.name)}
                    >
                      <Show
                        when={props.sample.fields[field.name] !== undefined}
                        fallback={<span class={controls.dim}>none</span>}
                      >
                        {textOfValue(props.sample.fields[field.name])}
                      </Show>
                    </button>
                  }
                >
                  <Editor
                    label={field.title}
                    long={field.type === 'text' || field.type === 'json'}
                    text={textOfValue(props.sample.fields[field.name])}
                    onSave={(text) => save(field.name, field, text)}
                    onCancel={() => {
                      setProblem('');
                      setEditing(null);
                    }}
                  />
                </Show>
              </dd>
            </>
          )}
        </For>
      </dl>
      <Show when={editing() === newField}>
        <NewField onSave={(name, text) => save(name, undefined, text)} onCancel={() => setEditing(null)} />
      </Show>
      <Show when={problem()}>
        <p class={styles.problem} role="alert">
          {problem()}
        </p>
      </Show>
    </div>
  );
}

/** Stands for the form of a further field; no field has an empty name. */
const newField = '';

function Editor(props: { label: string; long: boolean; text: string; onSave(text: string): void; onCancel(): void }) {
  const keys = (event: KeyboardEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }): void => {
    event.stopPropagation(); // in the grid the same keys label and move
    if (event.key === 'Escape') props.onCancel();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      props.onSave(event.currentTarget.value);
    }
  };
  const focus = (element: HTMLElement): void => void queueMicrotask(() => element.focus());
  return (
    <Show
      when={props.long}
      fallback={
        <input
          ref={focus}
          class={`${controls.field} ${styles.editor}`}
          aria-label={props.label}
          value={props.text}
          onKeyDown={keys}
          onChange={(event) => props.onSave(event.currentTarget.value)}
        />
      }
    >
      <textarea
        ref={focus}
        class={`${controls.field} ${styles.editor}`}
        rows={4}
        aria-label={props.label}
        value={props.text}
        onKeyDown={keys}
        onChange={(event) => props.onSave(event.currentTarget.value)}
      />
    </Show>
  );
}

function NewField(props: { onSave(name: string, text: string): void; onCancel(): void }) {
  const [name, setName] = createSignal('');
  const [text, setText] = createSignal('');
  return (
    <form
      class={styles.fresh}
      onSubmit={(event) => {
        event.preventDefault();
        if (name().trim()) props.onSave(name().trim(), text());
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') props.onCancel();
      }}
    >
      <input
        ref={(element) => queueMicrotask(() => element.focus())}
        class={controls.field}
        aria-label="Name of the field"
        placeholder="name"
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <input
        class={controls.field}
        aria-label="Value"
        placeholder="value"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class={controls.line}>
        Add
      </button>
    </form>
  );
}
