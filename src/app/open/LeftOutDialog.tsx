// Every file that was found and is not shown, with its reason: found = shown + left out.
import { createMemo, createResource, createSignal, For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { download } from '../ui/download.ts';
import { count, counted } from '../ui/format.ts';
import styles from './LeftOutDialog.module.css';
import { reasonsOf, sentences, uncountable } from './left-out.ts';

const pageSize = 200; // rows of the list at a time; all of them are in the CSV

export default function LeftOutDialog(props: { onClose(): void }) {
  const session = useSession();
  const [to, setTo] = createSignal(pageSize);
  const [answer] = createResource(to, (end) => session.leftOut(0, end));
  // the last answer stays while more is loaded
  const list = createMemo(() => answer.latest);
  const report = () => session.dataset()?.scan.report;

  async function save(): Promise<void> {
    download(await session.leftOutCsv(), `${session.dataset()?.name ?? 'dataset'}-left-out.csv`);
  }

  return (
    <Dialog title="Files left out" shape="wide" open={true} onClose={props.onClose}>
      <p>
        {counted(report()?.found ?? 0, 'file')} found = {count(report()?.shown ?? 0)} shown +{' '}
        {count(report()?.leftOut ?? 0)} left out.
      </p>
      <Show when={list()}>
        {(found) => (
          <>
            <dl class={styles.reasons}>
              <For each={reasonsOf(found().byReason)}>
                {(entry) => (
                  <>
                    <dt>{count(entry.count)}</dt>
                    <dd>{sentences[entry.reason]}</dd>
                  </>
                )}
              </For>
            </dl>
            <p class={controls.dim}>{uncountable}</p>
            <Show when={found().total > 0}>
              <div class={styles.bar}>
                <button type="button" class={controls.line} onClick={() => void save()}>
                  Download as CSV
                </button>
              </div>
              <ul class={styles.list}>
                <For each={found().items}>
                  {(item) => (
                    <li class={styles.item}>
                      <span class={styles.path}>{item.path === '' ? '(no name)' : item.path}</span>
                      <span class={controls.dim}>{item.reason.replaceAll('-', ' ')}</span>
                    </li>
                  )}
                </For>
              </ul>
              <Show when={found().items.length < found().total}>
                <button type="button" class={controls.button} onClick={() => setTo(to() + pageSize)}>
                  Show more of {count(found().total)}
                </button>
              </Show>
            </Show>
          </>
        )}
      </Show>
    </Dialog>
  );
}
