// The bar at the top: what is open, search, undo, whether it is saved, the device, and the one next step.
import Redo2 from 'lucide-solid/icons/redo-2';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Undo2 from 'lucide-solid/icons/undo-2';
import { createMemo, Show } from 'solid-js';
import { useReview } from '../browse/review.ts';
import { useSession } from '../context.ts';
import { nextStep, type StepKind } from '../next-step.ts';
import controls from '../ui/controls.module.css';
import { usePanels } from '../ui/panels.ts';
import { DatasetMenu } from './DatasetMenu.tsx';
import styles from './Header.module.css';
import { SearchBox } from './SearchBox.tsx';

export function Header() {
  const session = useSession();
  const panels = usePanels();
  const review = useReview();
  const state = session.dataset;
  const step = createMemo(() => nextStep(session.dataset(), session.jobs(), session.backbone()));
  const owner = (): boolean => state()?.access === 'owner';

  const steps: Record<StepKind, () => void> = {
    embed: () => void session.embed(),
    train() {
      session.goTo('learn');
      void session.train({});
    },
    review: () => review.start(),
    save: () => panels.show({ kind: 'save' }),
    label() {
      session.goTo('browse');
      session.setCondition('labelled', { field: 'labelled', is: false });
      panels.show({ kind: 'palette', text: '' });
    },
  };

  return (
    <header class={styles.header}>
      <h1 class={styles.brand}>
        <i class={styles.mark} aria-hidden="true" />
        <span class={styles.word}>Vitrine</span>
      </h1>
      <span class={styles.separator} aria-hidden="true">
        /
      </span>
      <DatasetMenu />
      <span class={styles.grow} />
      <SearchBox />
      <span class={styles.grow} />
      <Show when={owner()}>
        <button
          type="button"
          class={controls.icon}
          aria-label="Undo"
          title={state()?.undo ? `Undo: ${state()?.undo} (Ctrl+Z)` : 'Nothing to undo'}
          disabled={!state()?.undo}
          onClick={() => void session.undo()}
        >
          <Undo2 />
        </button>
        <button
          type="button"
          class={controls.icon}
          aria-label="Redo"
          title={state()?.redo ? `Redo: ${state()?.redo} (Ctrl+Shift+Z)` : 'Nothing to redo'}
          disabled={!state()?.redo}
          onClick={() => void session.redo()}
        >
          <Redo2 />
        </button>
        <span
          class={styles.saved}
          data-busy={session.saving() > 0}
          title="Every edit is kept in this browser before this says saved. Save writes files into the folder."
        >
          <i class={styles.dot} aria-hidden="true" />
          <span class={styles.word}>{session.saving() > 0 ? 'saving…' : 'saved'}</span>
        </span>
      </Show>
      <button
        type="button"
        class={controls.line}
        title={`Backbone, device, appearance. ${session.device()?.reason ?? ''}`.trim()}
        onClick={() => panels.show({ kind: 'settings' })}
      >
        <SlidersHorizontal aria-hidden="true" />
        <span class={styles.device}>{session.device()?.title ?? 'Settings'}</span>
      </button>
      <Show when={step()?.kind !== 'save'}>
        <button type="button" class={controls.line} title="Save (Ctrl+S)" onClick={() => panels.show({ kind: 'save' })}>
          Save
        </button>
      </Show>
      <Show when={step()} keyed>
        {(next) => (
          <button type="button" class={controls.primary} data-step={next.kind} onClick={() => steps[next.kind]()}>
            {next.title}
          </button>
        )}
      </Show>
    </header>
  );
}
