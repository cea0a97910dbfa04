// A menu under a button: arrows, type-ahead and escape as everywhere.
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import Check from 'lucide-solid/icons/check';
import { type JSX, Show } from 'solid-js';
import styles from './Menu.module.css';

interface Props {
  /** What the button shows. */
  trigger: JSX.Element;
  /** The button's name when it shows only a sign. */
  label?: string;
  class?: string;
  children: JSX.Element;
}

/** A button that opens a menu. */
export function Menu(props: Props) {
  return (
    <DropdownMenu gutter={4} modal={false}>
      <DropdownMenu.Trigger class={props.class} aria-label={props.label} title={props.label}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={styles.menu}>{props.children}</DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

/** One command. `chosen` marks it as the present choice among its neighbours; `hint` stands at the right: a key, a count. */
export function MenuItem(props: { onSelect(): void; chosen?: boolean; hint?: string; children: JSX.Element }) {
  return (
    <DropdownMenu.Item class={styles.item} onSelect={() => props.onSelect()}>
      <Show when={props.chosen !== undefined}>
        <span class={styles.mark}>
          <Show when={props.chosen}>
            <Check aria-label="chosen" />
          </Show>
        </span>
      </Show>
      <span class={styles.text}>{props.children}</span>
      <Show when={props.hint}>
        <span class={styles.hint}>{props.hint}</span>
      </Show>
    </DropdownMenu.Item>
  );
}

/** A line between groups of commands. */
export function MenuLine() {
  return <DropdownMenu.Separator class={styles.separator} />;
}

/** A heading over commands that belong together. */
export function MenuGroup(props: { title: string; children: JSX.Element }) {
  return (
    <DropdownMenu.Group>
      <DropdownMenu.GroupLabel class={styles.heading}>{props.title}</DropdownMenu.GroupLabel>
      {props.children}
    </DropdownMenu.Group>
  );
}
