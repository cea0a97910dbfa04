// The inspector over the whole page: one picture as large as it goes, details beside it, previous and next with the zoom kept.
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import X from 'lucide-solid/icons/x';
import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { SampleSections } from './Inspector.tsx';
import styles from './Large.module.css';
import { Stage } from './Stage.tsx';
import { fit, type Zoom } from './zoom.ts';

/** `details` false is the quick look: the picture alone. The opener gets the focus back. */
export function Large(props: { details: boolean; onClose(): void }) {
  const session = useSession();
  const [zoom, setZoom] = createSignal<Zoom>(fit);
  let close!: HTMLButtonElement; // set by ref before onMount

  const before = document.activeElement;
  onMount(() => close.focus());
  onCleanup(() => before instanceof HTMLElement && before.focus({ preventScroll: true }));

  const step = (by: number): void => session.setCursor(session.cursor() + by);

  return (
    <div
      class={styles.large}
      role="dialog"
      aria-modal="true"
      aria-label={session.sample()?.path ?? 'Picture'}
      data-details={props.details}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') step(-1);
        else if (event.key === 'ArrowRight') step(1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <header class={styles.head}>
        <span class={styles.path}>{session.sample()?.path}</span>
        <span class={controls.dim}>
          {count(session.cursor() + 1)} of {count(session.view()?.count ?? 0)}
        </span>
        <span class={styles.zoom}>{zoom().scale === null ? 'fits' : `${Math.round((zoom().scale ?? 1) * 100)} %`}</span>
        <button type="button" class={controls.icon} aria-label="Previous picture" onClick={() => step(-1)}>
          <ChevronLeft />
        </button>
        <button type="button" class={controls.icon} aria-label="Next picture" onClick={() => step(1)}>
          <ChevronRight />
        </button>
        <button
          type="button"
          class={controls.line}
          onClick={() => setZoom((now) => (now.scale === null ? { scale: 1, x: 0.5, y: 0.5 } : fit))}
        >
          {zoom().scale === null ? '1:1' : 'Fit'}
        </button>
        <button
          type="button"
          class={controls.icon}
          aria-label="Close"
          title="Close (Esc)"
          ref={close}
          onClick={() => props.onClose()}
        >
          <X />
        </button>
      </header>
      <Stage row={session.sample()} label={`Picture ${session.sample()?.path ?? ''}`} zoom={zoom()} onZoom={setZoom} />
      <Show when={props.details && session.sample()}>
        {(sample) => (
          <aside class={styles.side}>
            <SampleSections sample={sample()} />
          </aside>
        )}
      </Show>
    </div>
  );
}
