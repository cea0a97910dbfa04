// What was recognised in the folder, above the grid and out of the way: it can be accepted, or corrected before it counts.
import { createSignal, For, Show } from 'solid-js';
import type { Layout, LayoutProposal } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import { usePanels } from '../ui/panels.ts';
import styles from './LayoutStrip.module.css';
import { levels, recognised, splitNames, withClassLevel, withSplit, withSplitLevel } from './layout-text.ts';

export function LayoutStrip() {
  const session = useSession();
  const panels = usePanels();
  const [changing, setChanging] = createSignal(false);
  const asked = (): boolean => panels.isOpen('layout');
  const proposal = (): LayoutProposal | null => {
    const state = session.dataset();
    if (!state?.proposal || state.access === 'reader') return null;
    // who has trained on these classes has said that they are right; the menu still leads here
    return (!state.layoutAccepted && !state.probe) || asked() ? state.proposal : null;
  };
  const leftOut = (): number => session.dataset()?.scan.report.leftOut ?? 0;

  function accept(layout: Layout): void {
    setChanging(false);
    panels.close();
    void session.setLayout(layout);
  }

  return (
    <Show when={proposal()}>
      {(found) => (
        <section class={styles.strip} aria-label="What was recognised">
          <div class={styles.line}>
            <span class={styles.words}>{recognised(found(), session.dataset() ?? emptyScan)}</span>
            <Show when={!changing() && !asked()}>
              <button type="button" class={controls.line} onClick={() => accept(found().layout)}>
                Looks right
              </button>
              <button type="button" class={controls.button} onClick={() => setChanging(true)}>
                Change…
              </button>
            </Show>
            <Show when={leftOut() > 0}>
              <button type="button" class={controls.button} onClick={() => panels.show({ kind: 'left-out' })}>
                Show left out
              </button>
            </Show>
          </div>
          <Show when={changing() || asked()}>
            <LayoutForm
              proposal={found()}
              onDone={accept}
              onCancel={() => {
                setChanging(false);
                panels.close();
              }}
            />
          </Show>
        </section>
      )}
    </Show>
  );
}

const emptyScan = {
  size: 0,
  scan: { state: 'done', report: { found: 0, shown: 0, leftOut: 0, added: 0, removed: 0, changed: 0, seconds: 0 } },
} as const;

function LayoutForm(props: { proposal: LayoutProposal; onDone(layout: Layout): void; onCancel(): void }) {
  const [layout, setLayout] = createSignal(props.proposal.layout);
  const splitOf = (folder: string): string => layout().splits.find(([name]) => name === folder)?.[1] ?? '';
  /** Names offered: the usual three, and those the folders themselves bear. */
  const names = (): string[] => [...new Set([...splitNames, ...props.proposal.splits.map((s) => s.split)])];
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onDone(layout());
      }}
    >
      <LevelSelect
        title="Class from"
        depth={props.proposal.depth}
        level={layout().classLevel}
        onLevel={(level) => setLayout(withClassLevel(layout(), level))}
      />
      <LevelSelect
        title="Split from"
        depth={props.proposal.depth}
        level={layout().splitLevel}
        onLevel={(level) => setLayout(withSplitLevel(layout(), level))}
      />
      <Show when={layout().splitLevel !== null}>
        <For each={props.proposal.splits}>
          {(split) => (
            <label class={styles.field}>
              <span class={styles.folder}>
                {split.folder} <span class={controls.dim}>{count(split.count)}</span>
              </span>
              <select
                class={controls.field}
                value={splitOf(split.folder)}
                onChange={(event) => setLayout(withSplit(layout(), split.folder, event.currentTarget.value || null))}
              >
                <option value="">no split</option>
                <For each={names()}>{(name) => <option value={name}>{name}</option>}</For>
              </select>
            </label>
          )}
        </For>
      </Show>
      <span class={styles.answers}>
        <button type="submit" class={controls.primary}>
          Use this
        </button>
        <button type="button" class={controls.line} onClick={() => props.onCancel()}>
          Cancel
        </button>
      </span>
    </form>
  );
}

function LevelSelect(props: {
  title: string;
  depth: number;
  level: number | null;
  onLevel(level: number | null): void;
}) {
  return (
    <label class={styles.field}>
      <span class={controls.dim}>{props.title}</span>
      <select
        class={controls.field}
        value={props.level ?? ''}
        onChange={(event) => props.onLevel(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <For each={levels(props.depth)}>{({ level, title }) => <option value={level ?? ''}>{title}</option>}</For>
      </select>
    </label>
  );
}
