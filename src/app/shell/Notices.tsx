// Short messages at the lower edge: they go by themselves, wait while someone reads or uses them, and are spoken.
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { Notice } from '../../client/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { spoken } from './job-text.ts';
import styles from './Notices.module.css';

/** Id of the landmark, for the key that goes there. */
export const noticesId = 'notices';

const staysMs = { plain: 6000, good: 6000, bad: 12_000 } as const;
const withActionMs = 10_000; // time to read, decide and reach the button

export function Notices() {
  const session = useSession();
  return (
    // the attribute keeps messages audible and in reach while a dialog is open
    <section class={styles.notices} id={noticesId} aria-label="Messages" tabIndex={-1} data-kb-top-layer="">
      <For each={session.notices()}>{(notice) => <One notice={notice} />}</For>
      <Announcer />
    </section>
  );
}

function One(props: { notice: Notice }) {
  const session = useSession();
  const dismiss = (): void => session.dismiss(props.notice.id);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hold = (): void => clearTimeout(timer);
  // the clock: it stands still while the message is hovered or holds the focus
  const start = (): void => {
    hold();
    timer = setTimeout(dismiss, props.notice.action ? withActionMs : staysMs[props.notice.tone]);
  };
  start();
  onCleanup(hold);

  return (
    <article
      class={styles.notice}
      data-tone={props.notice.tone}
      onPointerEnter={hold}
      onPointerLeave={start}
      onFocusIn={hold}
      onFocusOut={start}
    >
      <span class={styles.text}>{props.notice.text}</span>
      <Show when={props.notice.action}>
        {(action) => (
          <button
            type="button"
            class={styles.action}
            onClick={() => {
              dismiss();
              action().run();
            }}
          >
            {action().title}
          </button>
        )}
      </Show>
      <button type="button" class={controls.icon} aria-label="Dismiss" onClick={dismiss}>
        <X />
      </button>
    </article>
  );
}

const settlesMs = 400; // counts change with every key: only the last one is worth a word

/** Speaks counts and edits when they settle, and jobs at start, quarters and end. */
function Announcer() {
  const session = useSession();
  const [words, setWords] = createSignal('');
  const before = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  // the screen reader: it reads whatever this region changes to
  createEffect(
    on([session.announcement, session.jobs], ([text, jobs], earlier) => {
      for (const job of jobs) {
        const news = spoken(job, before.get(job.id));
        if (news === null) continue;
        before.set(job.id, news);
        setWords(news);
      }
      if (text === (earlier?.[0] ?? '')) return;
      clearTimeout(timer);
      timer = setTimeout(() => setWords(text), settlesMs);
    }),
  );

  return (
    <output class={controls.hidden} aria-live="polite">
      {words()}
    </output>
  );
}
