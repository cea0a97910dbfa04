// What every facet has: a heading that folds it, a note beside it, and its content.
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import { PersonMark } from '../../ui/PersonMark.tsx';
import styles from './FilterRail.module.css';

interface Props {
  title: string;
  /** Stands at the right of the heading: a unit, a count, a button. */
  note?: JSX.Element;
  closed?: boolean;
  /** The field identifies a person. */
  person?: boolean;
  children: JSX.Element;
}

export function FacetFrame(props: Props) {
  const [open, setOpen] = createSignal(!props.closed);
  const id = createUniqueId();
  return (
    <section class={styles.facet} aria-labelledby={id}>
      <header class={styles.head}>
        <h2 class={styles.title} id={id}>
          <button type="button" class={styles.fold} aria-expanded={open()} onClick={() => setOpen(!open())}>
            {props.title}
            <Show when={props.person}>
              <PersonMark />
            </Show>
            <ChevronRight />
          </button>
        </h2>
        <Show when={open()}>
          <span class={styles.note}>{props.note}</span>
        </Show>
      </header>
      <Show when={open()}>{props.children}</Show>
    </section>
  );
}
