// The inspector over the whole page: one picture as large as it goes, details beside it, previous and next with the zoom kept.
import { Dialog as Kobalte } from '@kobalte/core/dialog';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import X from 'lucide-solid/icons/x';
import { createSignal, onCleanup, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { SampleSections } from './Inspector.tsx';
import styles from './Large.module.css';
import { Stage } from './Stage.tsx';
import { WindowBar } from './WindowBar.tsx';
import { fit, type Zoom } from './zoom.ts';

/** No control is focused at first: Space and the letters mean here what they mean in the grid. */
function focusItself(event: Event): void {
  event.preventDefault();
  if (event.target instanceof HTMLElement) event.target.focus();
}

/** `details` false is the quick look: the picture alone. The focus stays inside and goes back to where it came from. */
export function Large(props: { details: boolean; onClose(): void }) {
  const session = useSession();
  const [zoom, setZoom] = createSignal<Zoom>(fit);
  const opener = document.activeElement;
  onCleanup(() => opener instanceof HTMLElement && setTimeout(() => opener.focus({ preventScroll: true }))); // after Kobalte's own cleanup
  const last = (): number => (session.view()?.count ?? 0) - 1;
  const step = (by: number): void => session.setCursor(session.cursor() + by);

  function onKeyDown(event: KeyboardEvent): void {
    // numbers, lists and sliders use the arrows themselves
    if (event.target instanceof Element && event.target.closest('input, select')) return;
    if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'ArrowRight') step(1);
    else return;
    event.preventDefault();
    event.stopPropagation(); // in the grid the same keys move by cell
  }

  return (
    <Kobalte open={true} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Content
          class={styles.large}
          data-details={props.details}
          onOpenAutoFocus={focusItself}
          onKeyDown={onKeyDown}
        >
          <div class={styles.head}>
            <Kobalte.Title class={styles.path}>{session.sample()?.path ?? 'Picture'}</Kobalte.Title>
            <span class={controls.dim}>
              {count(session.cursor() + 1)} of {count(last() + 1)}
            </span>
            <button
              type="button"
              class={controls.icon}
              aria-label="Previous picture"
              title="Previous picture (←)"
              disabled={session.cursor() <= 0}
              onClick={() => step(-1)}
            >
              <ChevronLeft />
            </button>
            <button
              type="button"
              class={controls.icon}
              aria-label="Next picture"
              title="Next picture (→)"
              disabled={session.cursor() >= last()}
              onClick={() => step(1)}
            >
              <ChevronRight />
            </button>
            <span class={styles.zoom}>{zoom().scale === null ? '' : `${Math.round((zoom().scale ?? 1) * 100)} %`}</span>
            <button
              type="button"
              class={controls.line}
              title={zoom().scale === null ? 'One pixel of the picture is one of the screen' : 'The whole picture'}
              onClick={() => setZoom((now) => (now.scale === null ? { scale: 1, x: 0.5, y: 0.5 } : fit))}
            >
              {zoom().scale === null ? '1:1' : 'Fit'}
            </button>
            <Kobalte.CloseButton class={controls.icon} aria-label="Close" title="Close (Esc)">
              <X />
            </Kobalte.CloseButton>
          </div>
          <div class={styles.picture}>
            <Stage
              row={session.sample()}
              label={`Picture ${session.sample()?.path ?? ''}`}
              zoom={zoom()}
              onZoom={setZoom}
            />
            <WindowBar />
          </div>
          <Show when={props.details && session.sample()}>
            {(sample) => (
              <div class={styles.side}>
                <SampleSections sample={sample()} />
              </div>
            )}
          </Show>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
