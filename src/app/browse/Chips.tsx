// What the view is filtered by, as chips: each can be turned round or removed.
import X from 'lucide-solid/icons/x';
import { createMemo, For, Show } from 'solid-js';
import type { Filter } from '../../catalog/types.ts';
import { conditionsOf, fieldOf } from '../../client/query.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import styles from './Chips.module.css';
import { describe, negated } from './chips.ts';
import { KeepFilters, KeptFilters } from './KeptFilters.tsx';
import { useReview } from './review.ts';

export function Chips() {
  const session = useSession();
  const review = useReview();
  const conditions = createMemo(() => conditionsOf(session.query()));
  const fields = () => session.dataset()?.fields ?? [];
  const replace = (filter: Filter, by: Filter | null): void => {
    const field = fieldOf(filter);
    if (field === undefined) session.clearFilters();
    else session.setCondition(field, by);
  };

  return (
    <div class={styles.row}>
      <div class={styles.chips}>
        <ul class={styles.list} aria-label="Filters">
          <For each={conditions()}>
            {(filter) => (
              <li class={styles.chip}>
                <span class={styles.words}>{describe(filter, fields())}</span>
                <button
                  type="button"
                  class={styles.turn}
                  aria-label={`not: turn round ${describe(filter, fields())}`}
                  title={`Show the others: ${describe(negated(filter), fields())}`}
                  onClick={() => replace(filter, negated(filter))}
                >
                  not
                </button>
                <button
                  type="button"
                  class={styles.act}
                  aria-label={`Remove: ${describe(filter, fields())}`}
                  title="Remove"
                  onClick={() => replace(filter, null)}
                >
                  <X />
                </button>
              </li>
            )}
          </For>
        </ul>
        <Show when={session.query().filter}>
          {(filter) => (
            <>
              <button type="button" class={`${controls.button} ${controls.dim}`} onClick={() => session.clearFilters()}>
                Clear
              </button>
              <KeepFilters filter={filter()} />
            </>
          )}
        </Show>
        <KeptFilters />
      </div>
      <Show when={review.on() && !review.always()}>
        <span class={styles.review}>
          <button
            type="button"
            class={controls.button}
            title="The prediction becomes the label"
            onClick={() => void review.accept()}
          >
            Accept <kbd class={controls.kbd}>A</kbd>
          </button>
          <button
            type="button"
            class={controls.button}
            title="The label is right: it is not brought up again"
            onClick={() => void review.keep()}
          >
            Keep <kbd class={controls.kbd}>K</kbd>
          </button>
          <button
            type="button"
            class={controls.button}
            title="Go on without deciding"
            onClick={() => session.setCursor(session.cursor() + 1)}
          >
            Later <kbd class={controls.kbd}>N</kbd>
          </button>
        </span>
      </Show>
    </div>
  );
}
