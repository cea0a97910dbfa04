// The page: the start screen, or a dataset with its header, places, inspector, jobs and messages.
import { lazy, Match, onCleanup, Show, Suspense, Switch } from 'solid-js';
import styles from './App.module.css';
import { pressOf } from './browse/press.ts';
import { createReview, ReviewContext } from './browse/review.ts';
import { useSession } from './context.ts';
import { commandOf } from './keys.ts';
import { createDrop, Start } from './open/Start.tsx';
import { JobBar } from './shell/JobBar.tsx';
import { Notices, noticesId } from './shell/Notices.tsx';
import { searchId } from './shell/search.ts';
import { createPanels, PanelsContext } from './ui/panels.ts';
import './base.css';

// everything past the first screen is loaded behind it
const Dataset = lazy(() => import('./Dataset.tsx'));
const SettingsDialog = lazy(() => import('./settings/SettingsDialog.tsx'));
const KeyHelp = lazy(() => import('./shell/KeyHelp.tsx'));

/** The application, under a SessionContext. */
export function App() {
  const session = useSession();
  const panels = createPanels();
  const review = createReview(session);
  const dropping = createDrop(
    (data) => void session.openDropped(data, (files) => panels.show({ kind: 'import', files })),
  );

  // keys that work in every place; those of the grid are taken by the browse screen
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const picture = panels.isOpen('quick-look') || panels.isOpen('inspect');
    const command = commandOf(pressOf(event, picture));
    switch (command) {
      case 'back':
        if (panels.current()) panels.close();
        else session.selection.clear();
        break;
      case 'keys':
        panels.show({ kind: 'keys' });
        break;
      case 'notices':
        document.getElementById(noticesId)?.querySelector('button')?.focus();
        break;
      case 'search':
        document.getElementById(searchId)?.focus();
        break;
      case 'save':
        if (session.dataset()) panels.show({ kind: 'save' });
        break;
      case 'undo':
        void session.undo();
        break;
      case 'redo':
        void session.redo();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  return (
    <PanelsContext.Provider value={panels}>
      <ReviewContext.Provider value={review}>
        <div class={styles.page}>
          <Show when={session.dataset()} fallback={<Start />}>
            <Suspense>
              <Dataset />
            </Suspense>
          </Show>
          <JobBar />
        </div>
        <Suspense>
          <Switch>
            <Match when={panels.isOpen('settings')}>
              <SettingsDialog open={true} onClose={panels.close} />
            </Match>
            <Match when={panels.isOpen('keys')}>
              <KeyHelp onClose={panels.close} />
            </Match>
          </Switch>
        </Suspense>
        <Show when={dropping()}>
          <div class={styles.drop}>Drop a folder to open it</div>
        </Show>
        <Notices />
      </ReviewContext.Provider>
    </PanelsContext.Provider>
  );
}
