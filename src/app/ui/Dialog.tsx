// A dialog: title, content, close. Focus stays inside and goes back to where it came from.
import { Dialog as Kobalte } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { createComputed, type JSX, onCleanup } from 'solid-js';
import controls from './controls.module.css';
import styles from './Dialog.module.css';

interface Props {
  title: string;
  open: boolean;
  onClose(): void;
  /** 'wide' for tables and previews; 'left' and 'right' slide in as drawers. */
  shape?: 'plain' | 'wide' | 'left' | 'right';
  children: JSX.Element;
}

/** What is asked for first gets the focus; without such an element the dialog's first control has it. */
function focusFirst(event: Event): void {
  const wanted = event.target instanceof Element ? event.target.querySelector<HTMLElement>('[data-autofocus]') : null;
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
}

/** A modal dialog (an element with `data-autofocus` in it gets the focus), or a drawer at one side on narrow screens. */
export function Dialog(props: Props) {
  // the focus goes back to where it came from, also when the dialog is taken away while it is open
  let opener: Element | null = null;
  const giveBack = (): void => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };
  createComputed(() => {
    if (props.open) opener = document.activeElement;
  });
  onCleanup(() => setTimeout(giveBack)); // after Kobalte's own cleanup

  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class={styles.overlay} />
        <div class={styles.place} data-shape={props.shape ?? 'plain'}>
          <Kobalte.Content
            class={styles.content}
            onOpenAutoFocus={focusFirst}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              giveBack();
            }}
          >
            <header class={styles.head}>
              <Kobalte.Title class={styles.title}>{props.title}</Kobalte.Title>
              <Kobalte.CloseButton class={controls.icon} aria-label="Close">
                <X />
              </Kobalte.CloseButton>
            </header>
            <div class={styles.body}>{props.children}</div>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}
