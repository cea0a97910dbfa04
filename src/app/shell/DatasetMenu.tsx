// The name of what is open, and what can be done with it as a whole.
import ChevronDown from 'lucide-solid/icons/chevron-down';
import { For, Show } from 'solid-js';
import { useSession } from '../context.ts';
import controls from '../ui/controls.module.css';
import { count, counted } from '../ui/format.ts';
import { Menu, MenuGroup, MenuItem, MenuLine } from '../ui/Menu.tsx';
import { usePanels } from '../ui/panels.ts';
import styles from './Header.module.css';

export function DatasetMenu() {
  const session = useSession();
  const panels = usePanels();
  const state = session.dataset;
  const others = () => session.recent().filter((info) => info.id !== state()?.id);
  const leftOut = (): number => state()?.scan.report.leftOut ?? 0;

  return (
    <Menu
      class={controls.button}
      trigger={
        <>
          <span class={styles.name}>{state()?.name}</span>
          <ChevronDown aria-hidden="true" />
        </>
      }
    >
      <MenuItem onSelect={() => void session.openFolder()}>Open folder…</MenuItem>
      <MenuItem onSelect={() => void session.openZip()}>Open zip…</MenuItem>
      <MenuItem onSelect={() => void session.rescan()}>Rescan</MenuItem>
      <MenuItem onSelect={() => panels.show({ kind: 'import', files: [] })}>Import labels and metadata…</MenuItem>
      <Show when={state()?.proposal}>
        <MenuItem onSelect={() => panels.show({ kind: 'layout' })}>Classes and splits from folders…</MenuItem>
      </Show>
      <Show when={session.zipNames.canChoose()}>
        <MenuItem onSelect={() => session.zipNames.ask()}>Names in the zip…</MenuItem>
      </Show>
      <MenuItem hint={count(leftOut())} onSelect={() => panels.show({ kind: 'left-out' })}>
        Files left out…
      </MenuItem>
      <Show when={state()?.permission === 'granted'}>
        <MenuItem onSelect={() => void session.findDuplicates()}>Find equal files…</MenuItem>
      </Show>
      <MenuItem hint="?" onSelect={() => panels.show({ kind: 'keys' })}>
        Keys…
      </MenuItem>
      <Show when={others().length > 0}>
        <MenuLine />
        <MenuGroup title="Recent">
          <For each={others()}>
            {(info) => (
              <MenuItem hint={counted(info.size, 'picture')} onSelect={() => void session.openRecent(info)}>
                {info.name}
              </MenuItem>
            )}
          </For>
        </MenuGroup>
      </Show>
      <MenuLine />
      <MenuItem onSelect={() => void session.close()}>Close</MenuItem>
    </Menu>
  );
}
