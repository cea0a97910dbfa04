// Filters under a name: what was kept before, and a way to keep what is set now.
import Bookmark from 'lucide-solid/icons/bookmark';
import BookmarkPlus from 'lucide-solid/icons/bookmark-plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Show } from 'solid-js';
import type { Filter } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './Chips.module.css';

/** The kept sets as buttons; a click shows their pictures, sorted and grouped as before. */
export function KeptFilters() {
  const session = useSession();
  const now = (): string => JSON.stringify(session.query().filter);
  return (
    <Show when={session.filterSets().length > 0}>
      <ul class={styles.list} aria-label="Kept filters">
        <For each={session.filterSets()}>
          {(set) => (
            <li class={styles.kept}>
              <button
                type="button"
                class={styles.choose}
                aria-pressed={JSON.stringify(set.filter) === now()}
                onClick={() => session.setQuery({ ...session.query(), filter: set.filter })}
              >
                <Bookmark />
                <span class={styles.words}>{set.name}</span>
              </button>
              <button
                type="button"
                class={styles.act}
                aria-label={`Forget the filters ${set.name}`}
                title="Forget"
                onClick={() => session.forgetFilters(set.name)}
              >
                <X />
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** A button that becomes a text box for the name; gone while these filters are kept already. */
export function KeepFilters(props: { filter: Filter }) {
  const session = useSession();
  const [naming, setNaming] = createSignal(false);
  const kept = (): boolean =>
    session.filterSets().some((set) => JSON.stringify(set.filter) === JSON.stringify(props.filter));

  function keep(event: SubmitEvent & { currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (name !== '') session.keepFilters(name, props.filter);
    setNaming(false);
  }

  return (
    <Show when={!kept()}>
      <Show
        when={naming()}
        fallback={
          <button
            type="button"
            class={`${controls.icon} ${controls.dim}`}
            aria-label="Keep these filters"
            title="Keep these filters under a name"
            onClick={() => setNaming(true)}
          >
            <BookmarkPlus />
          </button>
        }
      >
        <form class={styles.naming} onSubmit={keep}>
          <input
            ref={(element) => queueMicrotask(() => element.focus())}
            class={controls.field}
            name="name"
            aria-label="Name of these filters"
            placeholder="Name of these filters"
            autocomplete="off"
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault(); // closes the box and nothing else
              setNaming(false);
            }}
          />
          <button type="submit" class={controls.line}>
            Keep
          </button>
        </form>
      </Show>
    </Show>
  );
}
