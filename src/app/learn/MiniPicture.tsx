// One picture beside the matrix: bitmap, label and the prediction that disagrees.
import { createEffect, Show } from 'solid-js';
import type { Row } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import { classColor } from '../ui/Swatch.tsx';
import styles from './Beside.module.css';

/** Side of a picture here, in CSS pixels. */
export const pictureSize = 160;

export function MiniPicture(props: { row: Row; onOpen(): void }) {
  const session = useSession();
  let canvas!: HTMLCanvasElement; // set by ref before the effect runs
  const classOf = (id: number | null | undefined) => session.dataset()?.classes.find((c) => c.id === id);
  const label = () => classOf(props.row.labels[0]);
  const predicted = () => (props.row.predicted === props.row.labels[0] ? undefined : classOf(props.row.predicted));

  // drawing on a canvas: outside of Solid
  createEffect(() => {
    session.pictures.version();
    const bitmap = session.pictures.peek(props.row, pictureSize * devicePixelRatio);
    const context = canvas.getContext('2d');
    if (!context) return;
    canvas.width = bitmap?.width ?? 1;
    canvas.height = bitmap?.height ?? 1;
    if (bitmap) context.drawImage(bitmap, 0, 0);
  });

  return (
    <button type="button" class={styles.picture} title={props.row.path} onClick={() => props.onOpen()}>
      <canvas ref={canvas} />
      <span class={styles.tag} style={{ '--c': label() ? classColor(label() ?? { color: 9 }) : 'var(--line-strong)' }}>
        <span>{label()?.name ?? 'no label'}</span>
        <Show when={predicted()}>{(info) => <em>{info().name}</em>}</Show>
      </span>
    </button>
  );
}
