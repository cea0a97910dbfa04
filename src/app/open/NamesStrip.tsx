// Names in a zip that do not say their code page: how they read in each, above the grid, until a person has chosen.
import { createSignal, For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { counted } from '../ui/format.ts';
import styles from './LayoutStrip.module.css';

export function NamesStrip() {
  const session = useSession();
  return (
    <Show when={session.zipNames.unmarked()} keyed>
      {(unmarked) => {
        const [chosen, setChosen] = createSignal(unmarked.codePage);
        const names = (): string =>
          unmarked.previews.find(({ codePage }) => codePage === chosen())?.names.join(', ') ?? '';
        return (
          <section class={styles.strip} aria-label="Names in the zip">
            <div class={styles.line}>
              <span class={styles.words}>
                {counted(unmarked.count, 'name')} in the zip {unmarked.count === 1 ? 'does' : 'do'} not say{' '}
                {unmarked.count === 1 ? 'its' : 'their'} alphabet. Choose the one in which this reads well:{' '}
                <b>{names()}</b>
              </span>
              <select
                class={controls.field}
                aria-label="Alphabet of the names"
                value={chosen()}
                onChange={(event) => {
                  const page = unmarked.previews.find(({ codePage }) => codePage === event.currentTarget.value);
                  if (page) setChosen(page.codePage);
                }}
              >
                <For each={unmarked.previews}>{({ codePage, title }) => <option value={codePage}>{title}</option>}</For>
              </select>
              <button
                type="button"
                class={controls.line}
                onClick={() =>
                  chosen() === unmarked.codePage ? session.zipNames.accept() : void session.zipNames.choose(chosen())
                }
              >
                Use these names
              </button>
            </div>
          </section>
        );
      }}
    </Show>
  );
}
