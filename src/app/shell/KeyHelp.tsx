// The map of keys, from the table that the keys themselves come from.
import { For } from 'solid-js';
import { bindings, type KeyGroup, moreHelp } from '../keys.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './KeyHelp.module.css';

const groups: readonly KeyGroup[] = ['Looking', 'Labelling', 'Selecting', 'Everything'];

export default function KeyHelp(props: { onClose(): void }) {
  const entries = [...bindings.flatMap((b) => (b.help ? [b.help] : [])), ...moreHelp];
  return (
    <Dialog title="Keys" shape="wide" open={true} onClose={props.onClose}>
      <div class={styles.groups}>
        <For each={groups}>
          {(group) => (
            <section>
              <h3 class={styles.title}>{group}</h3>
              <dl class={styles.list}>
                <For each={entries.filter((entry) => entry.group === group)}>
                  {(entry) => (
                    <>
                      <dt>
                        <kbd class={controls.kbd}>{entry.keys}</kbd>
                      </dt>
                      <dd>{entry.title}</dd>
                    </>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}
