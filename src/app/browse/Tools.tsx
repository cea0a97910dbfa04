// The right half of the tab row: how many, in what order, in which groups, how large.
import Crop from 'lucide-solid/icons/crop';
import StepForward from 'lucide-solid/icons/step-forward';
import { createMemo, For, Show } from 'solid-js';
import type { Field } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { Menu, MenuItem, MenuLine } from '../ui/Menu.tsx';
import { type GridView, smallestCell } from './grid/view.ts';
import { useReview } from './review.ts';
import styles from './Tools.module.css';

/** Fields that pictures can be grouped by: those with values that repeat. */
const groupable = (field: Field): boolean => field.facet === 'values' && field.type !== 'classes';

export function Tools(props: { view: GridView }) {
  const session = useSession();
  const review = useReview();
  const fields = () => session.dataset()?.fields ?? [];
  const titleOf = (name: string): string => (fields().find((f) => f.name === name)?.title ?? name).toLowerCase();
  const sort = createMemo(() => session.query().sort?.[0]);
  // by name: fields are new objects with every state, and an open menu must keep its place
  const sortable = (): string[] =>
    fields()
      .filter((f) => f.type !== 'json' && f.name !== 'path' && f.name !== 'name')
      .map((f) => f.name);
  const groups = (): string[] =>
    fields()
      .filter((f) => f.name === 'label' || f.name === 'predicted' || groupable(f))
      .map((f) => f.name);

  /** The same field again turns the order round. */
  function sortBy(field: string): void {
    const now = sort();
    session.setSort([{ field, descending: now?.field === field ? !now.descending : false }]);
  }

  // the slider is logarithmic: from small to smaller matters as much as from large to larger
  const widest = (): number => Math.max(smallestCell + 1, props.view.layout().cellWidth * props.view.layout().columns);
  const toSlider = (size: number): number => (100 * Math.log(size / smallestCell)) / Math.log(widest() / smallestCell);
  const fromSlider = (n: number): number => smallestCell * (widest() / smallestCell) ** (n / 100);

  return (
    <div class={styles.tools}>
      <span class={styles.count}>
        <Show
          when={session.selection.count()}
          fallback={`${count(session.view()?.count ?? 0)} of ${count(session.dataset()?.size ?? 0)}`}
        >
          {(selected) => <>{count(selected())} selected</>}
        </Show>
      </span>
      <Menu
        class={controls.button}
        trigger={
          <>
            {sort() ? titleOf(sort()?.field ?? '') : 'name'} {sort()?.descending ? '↓' : '↑'}
          </>
        }
        label={`Sort: ${sort() ? titleOf(sort()?.field ?? '') : 'name'}`}
      >
        <MenuItem chosen={!sort()} onSelect={() => session.setSort(undefined)}>
          folder and name
        </MenuItem>
        <MenuLine />
        <For each={sortable()}>
          {(field) => (
            <MenuItem
              chosen={sort()?.field === field}
              hint={sort()?.field === field ? (sort()?.descending ? 'descending' : 'ascending') : ''}
              onSelect={() => sortBy(field)}
            >
              {titleOf(field)}
            </MenuItem>
          )}
        </For>
      </Menu>
      <Menu
        class={controls.button}
        trigger={<>{session.query().group ? `by ${titleOf(session.query().group ?? '')}` : 'group'} ▾</>}
        label={`Group: ${session.query().group ? `by ${titleOf(session.query().group ?? '')}` : 'none'}`}
      >
        <MenuItem chosen={!session.query().group} onSelect={() => session.setGroup(undefined)}>
          no groups
        </MenuItem>
        <MenuLine />
        <For each={groups()}>
          {(field) => (
            <MenuItem chosen={session.query().group === field} onSelect={() => session.setGroup(field)}>
              {titleOf(field)}
            </MenuItem>
          )}
        </For>
      </Menu>
      <button
        type="button"
        class={controls.icon}
        aria-pressed={review.always()}
        aria-label="Go on to the next picture after labelling"
        title={
          review.always()
            ? 'Labelling goes on to the next picture. Click to stay'
            : 'Go on to the next picture after labelling'
        }
        onClick={() => review.setAlways(!review.always())}
      >
        <StepForward />
      </button>
      <button
        type="button"
        class={controls.icon}
        aria-pressed={session.settings.fill()}
        aria-label="Crop pictures to fill their cells"
        title={
          session.settings.fill()
            ? 'Pictures are cropped to fill. Click to see them whole'
            : 'Crop pictures to fill their cells'
        }
        onClick={() => session.settings.setFill(!session.settings.fill())}
      >
        <Crop />
      </button>
      <Show when={props.view.layout().count > 0}>
        <input
          class={styles.size}
          type="range"
          min="0"
          max="100"
          step="any"
          aria-label="Size of pictures"
          title="Size of pictures (+ and −)"
          value={toSlider(Math.min(session.settings.cellSize(), widest()))}
          onInput={(event) => props.view.zoomTo(fromSlider(event.currentTarget.valueAsNumber))}
        />
      </Show>
    </div>
  );
}
