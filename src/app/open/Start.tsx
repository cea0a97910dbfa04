// The first screen: what this is, three ways in, and what was open before.
import { createSignal, For, onCleanup, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { sampleWords } from './layout-text.ts';
import { Recents } from './Recents.tsx';
import styles from './Start.module.css';

const canPick = 'showDirectoryPicker' in globalThis;

export function Start() {
  const session = useSession();
  return (
    <main class={styles.start}>
      <div class={styles.hello}>
        <header>
          <h1 class={styles.name}>
            <i class={styles.mark} aria-hidden="true" />
            Vitrine
          </h1>
          <p class={styles.sentence}>
            Look at a folder of images, train a classifier on it, fix its labels.
            <br />
            Nothing leaves this computer.
          </p>
        </header>
        <Show when={session.shell.missing.length === 0} fallback={<Missing sentences={session.shell.missing} />}>
          <WaysIn />
          <Show when={session.recent().length > 0}>
            <Recents />
          </Show>
          <p class={styles.privacy}>
            No account, no upload, no tracking. To check, switch the network off and go on working.
            <Show when={session.shell.offlineReady()}> Everything needed for that is stored in this browser.</Show>
          </p>
        </Show>
      </div>
    </main>
  );
}

function WaysIn() {
  const session = useSession();
  let input: HTMLInputElement | undefined;
  return (
    <div class={styles.ways}>
      <div class={styles.way} data-kind="folder">
        <Show
          when={canPick}
          fallback={
            <>
              <button
                type="button"
                class={`${controls.primary} ${controls.large}`}
                disabled={session.opening()}
                onClick={() => input?.click()}
              >
                Open folder
              </button>
              <input
                ref={(element) => {
                  input = element;
                  element.webkitdirectory = true; // a folder, without handles: read-only
                }}
                type="file"
                multiple
                hidden
                aria-label="Folder"
                onChange={(event) => event.currentTarget.files && void session.openFiles(event.currentTarget.files)}
              />
              <span class={controls.dim}>This browser gives read-only access: results are saved as downloads.</span>
            </>
          }
        >
          <button
            type="button"
            class={`${controls.primary} ${controls.large}`}
            disabled={session.opening()}
            onClick={() => void session.openFolder()}
          >
            {session.opening() ? 'Opening…' : 'Open folder'}
          </button>
        </Show>
        <span class={controls.dim}>or drop a folder or a zip anywhere on this page</span>
      </div>
      <div class={styles.way}>
        <button
          type="button"
          class={`${controls.line} ${controls.large}`}
          disabled={session.opening()}
          onClick={() => void session.openSample()}
        >
          Try the sample
        </button>
        <span class={controls.dim}>{sampleWords}</span>
      </div>
    </div>
  );
}

/** What this browser lacks, in place of the ways in. */
function Missing(props: { sentences: readonly string[] }) {
  return (
    <div class={styles.missing} role="alert">
      <p>Vitrine cannot work in this browser. Use a current Chrome or Edge.</p>
      <ul>
        <For each={props.sentences}>{(sentence) => <li>{sentence}</li>}</For>
      </ul>
    </div>
  );
}

/** Takes folders dropped anywhere on the page; true while one is dragged over it. Call under an owner. */
export function createDrop(onDrop: (data: DataTransfer) => void): () => boolean {
  const [over, setOver] = createSignal(false);
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault(); // else the browser opens what is dropped
      setOver(true);
    },
    options,
  );
  // without a related target the pointer left the window, not an element
  window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), options);
  window.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) onDrop(event.dataTransfer);
    },
    options,
  );
  onCleanup(() => stop.abort());
  return over;
}
