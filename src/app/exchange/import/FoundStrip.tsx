// Files beside the pictures tell labels or metadata: said above the grid, one click away from the import.
import { createSignal, Show } from 'solid-js';
import { useSession } from '../../context.ts';
import strip from '../../open/LayoutStrip.module.css';
import controls from '../../ui/controls.module.css';
import { usePanels } from '../../ui/panels.ts';

export function FoundStrip() {
  const session = useSession();
  const panels = usePanels();
  const [refused, setRefused] = createSignal('');
  const best = () => {
    const state = session.dataset();
    if (!state || state.access === 'reader' || state.imported || refused() === state.id) return undefined;
    return session.importing.offered().find(({ confidence, folders }) => confidence >= 0.5 && !folders);
  };
  return (
    <Show when={best()}>
      {(found) => (
        <section class={strip.strip} aria-label="Files beside the pictures">
          <div class={strip.line}>
            <span class={strip.words}>{found().text}</span>
            <button type="button" class={controls.line} onClick={() => panels.show({ kind: 'import', files: [] })}>
              Import…
            </button>
            <button type="button" class={controls.button} onClick={() => setRefused(session.dataset()?.id ?? '')}>
              Not now
            </button>
          </div>
        </section>
      )}
    </Show>
  );
}
