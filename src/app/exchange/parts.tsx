// A box to tick in the forms of saving.
import { Show } from 'solid-js';
import styles from './SaveDialog.module.css';

export function Check(props: { checked: boolean; onToggle(on: boolean): void; title: string; text?: string }) {
  return (
    <label class={styles.option}>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onToggle(event.currentTarget.checked)}
      />
      <span>
        {props.title}
        <Show when={props.text}>
          <small>{props.text}</small>
        </Show>
      </span>
    </label>
  );
}
