// The pictures behind the number that was clicked: the first of the current view, two in a row, and the way to Browse.
import { createEffect, createMemo, For, Show } from 'solid-js';
import type { Filter, Row } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { counted } from '../ui/format.ts';
import styles from './Beside.module.css';
import { MiniPicture, pictureSize } from './MiniPicture.tsx';

const shownPictures = 24;

export function Beside() {
  const session = useSession();
  const name = (condition: Filter | undefined): string | undefined =>
    condition && 'is' in condition ? String(condition.is) : undefined;
  const label = () => name(session.condition('label'));
  const predicted = () => name(session.condition('predicted'));
  const rows = createMemo(() =>
    Array.from({ length: Math.min(shownPictures, session.view()?.count ?? 0) }, (_, i) => session.window.row(i)).filter(
      (row): row is Row => row !== undefined,
    ),
  );

  // workers: which rows are on screen, and which pictures
  createEffect(() => {
    if (session.view()) session.window.show(0, shownPictures);
    session.pictures.want(rows(), pictureSize * devicePixelRatio);
  });

  return (
    <aside class={styles.beside} aria-label="Pictures of the chosen cell">
      <div class={styles.head}>
        <Show when={label() || predicted()} fallback={<span>All pictures that the filters leave</span>}>
          <span>
            <Show when={label()}>
              label <b>{label()}</b>
            </Show>
            <Show when={label() && predicted()}>, </Show>
            <Show when={predicted()}>
              predicted <b>{predicted()}</b>
            </Show>
          </span>
        </Show>
        <span class={controls.dim}>{counted(session.view()?.count ?? 0, 'picture')}</span>
      </div>
      <div class={styles.grid}>
        <For each={rows()}>{(row, i) => <MiniPicture row={row} onOpen={() => open(i())} />}</For>
      </div>
      <div class={styles.foot}>
        <button type="button" class={controls.line} onClick={() => session.goTo('browse')}>
          Show in Browse
        </button>
      </div>
    </aside>
  );

  function open(position: number): void {
    session.setCursor(position);
    session.goTo('browse');
  }
}
