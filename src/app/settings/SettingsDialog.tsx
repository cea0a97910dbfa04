// Backbone, device and appearance: what makes the embeddings, what it runs on, and how the page looks.
import { For } from 'solid-js';
import type { Theme } from '../../client/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { BackboneList } from './BackboneList.tsx';
import { DeepPictures } from './DeepPictures.tsx';
import { DeviceSection } from './DeviceSection.tsx';
import styles from './Settings.module.css';

const themes: [Theme, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export default function SettingsDialog(props: { open: boolean; onClose(): void }) {
  const session = useSession();
  return (
    <Dialog title="Settings" shape="wide" open={props.open} onClose={props.onClose}>
      <div class={styles.sections}>
        <BackboneList />
        <DeviceSection />
        <DeepPictures />
        <section>
          <h3>Appearance</h3>
          <section class={styles.row} aria-label="Theme">
            <For each={themes}>
              {([theme, title]) => (
                <button
                  type="button"
                  class={controls.line}
                  aria-pressed={session.settings.theme() === theme}
                  onClick={() => session.settings.setTheme(theme)}
                >
                  {title}
                </button>
              )}
            </For>
          </section>
        </section>
        <section>
          <h3>Privacy</h3>
          <p>
            Nothing leaves this computer.{' '}
            {session.shell.offlineReady()
              ? 'Everything is cached: ready offline.'
              : 'The application is being cached for offline use.'}{' '}
            To check, switch the network off and go on working. The only requests that ever leave this site are
            downloads from the gallery above, when you ask for one.
          </p>
        </section>
      </div>
    </Dialog>
  );
}
