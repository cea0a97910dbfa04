// The browse screen between the rail and the inspector: tools, what was recognised, chips, and the grid.
import { type JSX, onCleanup, Show } from 'solid-js';
import { useSession } from '../context.ts';
import { FoundStrip } from '../exchange/import/FoundStrip.tsx';
import { commandOf } from '../keys.ts';
import { LayoutStrip } from '../open/LayoutStrip.tsx';
import { NamesStrip } from '../open/NamesStrip.tsx';
import { PlaceTabs } from '../ui/PlaceTabs.tsx';
import { usePanels } from '../ui/panels.ts';
import styles from './Browse.module.css';
import { Chips } from './Chips.tsx';
import { runCommand } from './commands.ts';
import { Grid } from './grid/Grid.tsx';
import type { Selecting } from './grid/select.ts';
import { createGridView } from './grid/view.ts';
import { pressOf } from './press.ts';
import { useReview } from './review.ts';
import { Tools } from './Tools.tsx';

interface Props {
  /** Stands before the tabs: what opens the drawers on narrow screens. */
  before?: JSX.Element;
  after?: JSX.Element;
  showFilters(): void;
}

export default function Browse(props: Props) {
  const session = useSession();
  const panels = usePanels();
  const review = useReview();
  const view = createGridView(session);
  let selecting: Selecting | undefined;

  const onKeyDown = (event: KeyboardEvent): void => {
    const picture = panels.isOpen('quick-look') || panels.isOpen('inspect');
    const press = pressOf(event, picture);
    if (event.defaultPrevented) return;
    const command = commandOf(picture && press.place === 'page' ? { ...press, place: 'grid' } : press);
    const parts = { session, panels, view, review, selecting: () => selecting, showFilters: () => props.showFilters() };
    if (command && runCommand(parts, command, event)) {
      event.preventDefault();
      // the first arrow brings the keyboard into the grid
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('[role=grid]')?.focus();
    } else if (command === null && startsClassName(event, press.place)) {
      event.preventDefault();
      panels.show({ kind: 'palette', text: event.key });
    }
  };

  /** A letter that is no command, with something selected, is the start of a class name. */
  function startsClassName(event: KeyboardEvent, place: string): boolean {
    const letter = /^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    return letter && place !== 'text' && session.selection.count() > 0 && panels.current() === null;
  }

  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  return (
    <div class={styles.browse}>
      <PlaceTabs before={props.before}>
        <Tools view={view} />
        {props.after}
      </PlaceTabs>
      <div>
        <NamesStrip />
        <LayoutStrip />
        <FoundStrip />
        <Chips />
      </div>
      <div class={styles.grid}>
        <Grid
          view={view}
          onSelecting={(s) => {
            selecting = s;
          }}
          onOpen={() => panels.show({ kind: 'inspect' })}
        />
        <Show when={session.view()?.count === 0}>
          <Empty />
        </Show>
      </div>
    </div>
  );
}

/** Says why there is nothing to see, and what to do about it. */
function Empty() {
  const session = useSession();
  const walking = (): boolean => session.dataset()?.scan.state === 'walking';
  return (
    <p class={styles.empty}>
      <Show
        when={session.query().filter}
        fallback={
          walking()
            ? 'Reading the folder…'
            : 'No picture was found here. Folders made of symbolic links look empty to a page: open the folder that the links point to.'
        }
      >
        No picture passes these filters. Remove one above.
      </Show>
    </p>
  );
}
