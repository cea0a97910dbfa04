// The class palette: type, see the matching classes, Enter. What no class is called yet can be created.
import { createMemo, createSignal, For, onMount, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { count, counted } from '../ui/format.ts';
import { Swatch } from '../ui/Swatch.tsx';
import styles from './ClassPalette.module.css';
import { type PaletteEntry, paletteEntries } from './palette.ts';
import { useReview } from './review.ts';

/** Labels the targets of an edit. `text` is what was typed before it opened. */
export function ClassPalette(props: { text: string; onClose(): void }) {
  const session = useSession();
  const review = useReview();
  const targets = session.targets();
  const title = (): string => `Label ${counted(targets.length, 'picture')}`;
  return (
    <Dialog title={title()} open={true} onClose={props.onClose}>
      <ClassChooser
        text={props.text}
        onChoose={(name, { shiftKey, altKey }) => {
          props.onClose();
          if (altKey) void session.edit({ kind: 'label-change', rows: targets, negative: [name] });
          else if (shiftKey) void session.edit({ kind: 'label-change', rows: targets, add: [name] });
          else void review.editAndGoOn(() => session.label(name));
        }}
      />
      <p class={styles.help}>
        <Show
          when={session.dataset()?.multiLabel}
          fallback={
            <>
              <kbd class={controls.kbd}>Enter</kbd> labels <kbd class={controls.kbd}>Shift+Enter</kbd> adds a further
              class
            </>
          }
        >
          <kbd class={controls.kbd}>Enter</kbd> adds or takes away
        </Show>{' '}
        <kbd class={controls.kbd}>Alt+Enter</kbd> marks as known not to be it
      </p>
    </Dialog>
  );
}

/** The keys that were held with a choice. */
type Held = Pick<MouseEvent, 'shiftKey' | 'altKey'>;

/** A text field over a list of classes. `onChoose` gets the name, new or not, and the keys that were held. */
export function ClassChooser(props: { text?: string; onChoose(name: string, held: Held): void }) {
  const session = useSession();
  const [text, setText] = createSignal(props.text ?? '');
  const [at, setAt] = createSignal(0);
  let input!: HTMLInputElement; // set by ref before onMount
  let list!: HTMLDivElement;
  const entries = createMemo(() => paletteEntries(session.dataset()?.classes ?? [], text()));
  const nameOf = (entry: PaletteEntry): string => (entry.kind === 'class' ? entry.info.name : entry.name);

  // what was typed before stays, and is typed on
  onMount(() => input.setSelectionRange(input.value.length, input.value.length));

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((n) => Math.min(entries().length - 1, Math.max(0, n + step)));
      list.children[at()]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = entries()[at()];
      if (entry) props.onChoose(nameOf(entry), event);
    }
  }

  return (
    <>
      <input
        ref={input}
        class={`${controls.field} ${styles.input}`}
        role="combobox"
        data-autofocus
        aria-label="Class"
        aria-expanded="true"
        aria-controls="class-list"
        aria-activedescendant={entries().length > 0 ? `class-option-${at()}` : undefined}
        placeholder="Class name or number"
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} class={styles.list} id="class-list" role="listbox" aria-label="Classes">
        <For each={entries()}>
          {(entry, i) => (
            // keys stay in the text field, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              id={`class-option-${i()}`}
              role="option"
              tabIndex={-1}
              aria-selected={i() === at()}
              class={styles.option}
              onPointerMove={() => setAt(i())}
              onClick={(event) => props.onChoose(nameOf(entry), event)}
            >
              <Show when={entry.kind === 'class' && entry.info} fallback={<span>create “{nameOf(entry)}”</span>}>
                {(info) => (
                  <>
                    <Swatch of={info()} />
                    <span class={styles.name}>{info().name}</span>
                    <span class={controls.dim}>{count(info().count)}</span>
                    <kbd class={controls.kbd}>{info().number}</kbd>
                  </>
                )}
              </Show>
            </div>
          )}
        </For>
      </div>
    </>
  );
}
