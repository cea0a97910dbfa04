// Browse or Learn, with the tools of the place beside them.
import { For, type JSX } from 'solid-js';
import type { Place } from '../../client/types.ts';
import { useSession } from '../context.ts';
import styles from './PlaceTabs.module.css';

const places: readonly { place: Place; title: string }[] = [
  { place: 'browse', title: 'Browse' },
  { place: 'learn', title: 'Learn' },
];

export function PlaceTabs(props: { before?: JSX.Element; children?: JSX.Element }) {
  const session = useSession();
  return (
    <div class={styles.row}>
      {props.before}
      <nav class={styles.tabs} aria-label="Places">
        <For each={places}>
          {({ place, title }) => (
            <button
              type="button"
              class={styles.tab}
              aria-current={session.place() === place ? 'page' : undefined}
              onClick={() => session.goTo(place)}
            >
              {title}
            </button>
          )}
        </For>
      </nav>
      <span class={styles.grow} />
      {props.children}
    </div>
  );
}
