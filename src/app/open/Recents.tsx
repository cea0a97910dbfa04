// Datasets that were open before, with their first four pictures; they show before any permission.
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import type { DatasetInfo } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { counted, day } from '../ui/format.ts';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import styles from './Start.module.css';

export function Recents() {
  const session = useSession();
  const [forgetting, setForgetting] = createSignal<DatasetInfo | null>(null);
  return (
    <section aria-label="Recent">
      <h2 class={styles.heading}>Recent</h2>
      <For each={session.recent()}>
        {(info) => <Show when={info.restored}>{(restored) => <Restored info={info} {...restored()} />}</Show>}
      </For>
      <ul class={styles.recents}>
        <For each={session.recent()}>{(info) => <Recent info={info} onForget={() => setForgetting(info)} />}</For>
      </ul>
      <Dialog
        title={`Forget ${forgetting()?.name ?? ''}?`}
        open={forgetting() !== null}
        onClose={() => setForgetting(null)}
      >
        <p>
          Its labels, embeddings and edits that were not saved into the folder are removed from this browser. The folder
          itself stays as it is.
        </p>
        <div class={styles.answers}>
          <button
            type="button"
            class={controls.primary}
            onClick={() => {
              const info = forgetting();
              setForgetting(null);
              if (info) void session.forget(info);
            }}
          >
            Forget
          </button>
          <button type="button" class={controls.line} onClick={() => setForgetting(null)}>
            Keep
          </button>
        </div>
      </Dialog>
    </section>
  );
}

/** What happened to a dataset whose database the browser lost, and the one thing to do. */
function Restored(props: { info: DatasetInfo; edits: number; damaged: boolean }) {
  const session = useSession();
  const sentence = (): string => {
    const back = `${counted(props.edits, 'edit')} of “${props.info.name}” ${props.edits === 1 ? 'was' : 'were'} restored from Vitrine’s safety copy`;
    const lacking = props.damaged ? ', parts of which could not be read' : '';
    const next = props.info.kind === 'zip' ? ' Open the zip again.' : ' Choose its folder again.';
    return `The browser lost its database. ${back}${lacking}.${props.info.handle ? '' : next}`;
  };
  return (
    <div class={styles.restored} role="status">
      <span>{sentence()}</span>
      {/* lists of files and zips are chosen as they were the first time */}
      <Show when={props.info.kind === 'directory' && !props.info.handle}>
        <button
          type="button"
          class={controls.line}
          disabled={session.opening()}
          onClick={() => void session.openRecent(props.info)}
        >
          Choose folder
        </button>
      </Show>
    </div>
  );
}

function Recent(props: { info: DatasetInfo; onForget(): void }) {
  const session = useSession();
  const pictures = createMemo(() => {
    const urls = props.info.pictures.slice(0, 4).map((blob) => URL.createObjectURL(blob));
    onCleanup(() => urls.forEach((url) => void URL.revokeObjectURL(url)));
    return urls;
  });
  const facts = (): string => {
    const { size, classes, openedAt } = props.info;
    const parts = [counted(size, 'picture')];
    if (classes > 0) parts.push(counted(classes, 'class'));
    parts.push(day(openedAt, Date.now()));
    return parts.join(' · ');
  };
  return (
    <li class={styles.recent}>
      <button
        type="button"
        class={styles.open}
        disabled={session.opening()}
        onClick={() => void session.openRecent(props.info)}
      >
        <span class={styles.four} aria-hidden="true">
          <For each={pictures()}>{(url) => <img src={url} alt="" />}</For>
        </span>
        <span class={styles.caption}>
          <b>{props.info.name}</b>
          <span class={controls.dim}>{facts()}</span>
        </span>
      </button>
      <span class={styles.menu}>
        <Menu class={controls.icon} label={`More about ${props.info.name}`} trigger={<Ellipsis />}>
          <MenuItem onSelect={() => props.onForget()}>Forget…</MenuItem>
        </Menu>
      </span>
      <Show when={props.info.kind !== 'directory'}>
        <span class={controls.hidden}>read-only</span>
      </Show>
    </li>
  );
}
