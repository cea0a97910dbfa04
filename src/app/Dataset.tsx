// An open dataset: header, filters, the place, the inspector, and the dialogs about it. On narrow screens filters and inspector are drawers.
import ListFilter from 'lucide-solid/icons/list-filter';
import PanelRight from 'lucide-solid/icons/panel-right';
import { createSignal, lazy, Match, onCleanup, Show, Suspense, Switch } from 'solid-js';
import Browse from './browse/Browse.tsx';
import { ClassPalette } from './browse/ClassPalette.tsx';
import { labelByNumber } from './browse/commands.ts';
import { pressOf } from './browse/press.ts';
import { FilterRail } from './browse/rail/FilterRail.tsx';
import { useReview } from './browse/review.ts';
import { createShiftNumber, ShiftContext } from './browse/shift.ts';
import { useSession } from './context.ts';
import styles from './Dataset.module.css';
import { AdjustContext, createAdjust } from './inspect/adjust.ts';
import { commandOf } from './keys.ts';
import { Banners } from './shell/Banners.tsx';
import { Header } from './shell/Header.tsx';
import controls from './ui/controls.module.css';
import { Dialog } from './ui/Dialog.tsx';
import { PlaceTabs } from './ui/PlaceTabs.tsx';
import { usePanels } from './ui/panels.ts';

const Learn = lazy(() => import('./learn/Learn.tsx'));
const Inspector = lazy(() => import('./inspect/Inspector.tsx').then((m) => ({ default: m.Inspector })));
const Large = lazy(() => import('./inspect/Large.tsx').then((m) => ({ default: m.Large })));
const SaveDialog = lazy(() => import('./exchange/SaveDialog.tsx'));
const ImportDialog = lazy(() => import('./exchange/import/ImportDialog.tsx'));
const LeftOutDialog = lazy(() => import('./open/LeftOutDialog.tsx'));

/** Id of the rail, for the key that goes there. */
const railId = 'filters';

export default function Dataset() {
  const session = useSession();
  const panels = usePanels();
  const review = useReview();
  const narrow = createNarrow();
  const [drawer, setDrawer] = createSignal<'filters' | 'inspector' | null>(null);
  onCleanup(panels.close); // a dialog of one dataset makes no sense over another
  const shift = createShiftNumber(
    (number) => labelByNumber({ session, review }, number),
    (event) => pressOf(event, false).place === 'text' || session.place() !== 'browse',
  );

  const adjust = createAdjust(session);
  // keys of the picture under the cursor, beside the grid and in the large view alike
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const large = panels.isOpen('quick-look') || panels.isOpen('inspect');
    const command = commandOf(pressOf(event, large));
    if (command && adjust.run(command)) event.preventDefault();
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  function showFilters(): void {
    if (narrow()) setDrawer('filters');
    else document.getElementById(railId)?.querySelector<HTMLElement>('button, input')?.focus();
  }

  const openFilters = () => (
    <Show when={narrow()}>
      <button
        type="button"
        class={controls.icon}
        aria-label="Filters"
        title="Filters (F)"
        onClick={() => setDrawer('filters')}
      >
        <ListFilter />
      </button>
    </Show>
  );
  const openInspector = () => (
    <Show when={narrow()}>
      <button
        type="button"
        class={controls.icon}
        aria-label="Inspector"
        title="Inspector"
        onClick={() => setDrawer('inspector')}
      >
        <PanelRight />
      </button>
    </Show>
  );

  return (
    <AdjustContext.Provider value={adjust}>
      <ShiftContext.Provider value={shift}>
        <div class={styles.dataset}>
          <div>
            <Header />
            <Banners />
          </div>
          <main class={styles.main} data-place={session.place()}>
            <Show when={!narrow()}>
              <div class={styles.rail} id={railId}>
                <FilterRail />
              </div>
            </Show>
            <div class={styles.centre}>
              <Switch>
                <Match when={session.place() === 'browse'}>
                  <Browse before={openFilters()} after={openInspector()} showFilters={showFilters} />
                </Match>
                <Match when={session.place() === 'learn'}>
                  <div class={styles.place}>
                    <PlaceTabs before={openFilters()} />
                    <Suspense>
                      <Learn />
                    </Suspense>
                  </div>
                </Match>
              </Switch>
            </div>
            <Show when={!narrow() && session.place() === 'browse'}>
              <aside class={styles.inspector}>
                <Suspense>
                  <Inspector />
                </Suspense>
              </aside>
            </Show>
          </main>
        </div>
        <Show when={narrow()}>
          <Dialog title="Filters" shape="left" open={drawer() === 'filters'} onClose={() => setDrawer(null)}>
            <FilterRail />
          </Dialog>
          <Dialog title="Inspector" shape="right" open={drawer() === 'inspector'} onClose={() => setDrawer(null)}>
            <Suspense>
              <Inspector />
            </Suspense>
          </Dialog>
        </Show>
        <Suspense>
          <Overlays />
        </Suspense>
      </ShiftContext.Provider>
    </AdjustContext.Provider>
  );

  function Overlays() {
    const palette = () => {
      const now = panels.current();
      return now?.kind === 'palette' ? now : undefined;
    };
    const importing = () => {
      const now = panels.current();
      return now?.kind === 'import' ? now : undefined;
    };
    return (
      <Switch>
        <Match when={palette()} keyed>
          {(now) => <ClassPalette text={now.text} onClose={panels.close} />}
        </Match>
        <Match when={panels.isOpen('quick-look') || panels.isOpen('inspect')}>
          <Large details={panels.isOpen('inspect')} onClose={panels.close} />
        </Match>
        <Match when={panels.isOpen('save')}>
          <SaveDialog open={true} onClose={panels.close} />
        </Match>
        <Match when={importing()} keyed>
          {(now) => <ImportDialog open={true} files={now.files} onClose={panels.close} />}
        </Match>
        <Match when={panels.isOpen('left-out')}>
          <LeftOutDialog onClose={panels.close} />
        </Match>
      </Switch>
    );
  }
}

/** True where rail and inspector do not fit beside the grid: the media query of the style sheets, as a signal. */
function createNarrow(): () => boolean {
  const query = matchMedia('(width < 1000px)');
  const [narrow, setNarrow] = createSignal(query.matches);
  const onChange = (): void => void setNarrow(query.matches);
  query.addEventListener('change', onChange);
  onCleanup(() => query.removeEventListener('change', onChange));
  return narrow;
}
