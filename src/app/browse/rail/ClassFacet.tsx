// The class list: swatch, name, count, the class's number while Shift is held, and a menu that edits the class.
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import { createMemo, createSignal, Show } from 'solid-js';
import type { ClassInfo, Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { counted } from '../../ui/format.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/Menu.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { useShift } from '../shift.ts';
import { ClassDialog, type ClassTask } from './ClassDialog.tsx';
import styles from './FilterRail.module.css';
import { ValuesFacet } from './ValuesFacet.tsx';

export function ClassFacet(props: { field: Field; facet: Extract<Facet, { kind: 'values' }> }) {
  const session = useSession();
  const shift = useShift();
  const [task, setTask] = createSignal<ClassTask | null>(null);
  const classes = createMemo(() => new Map(session.dataset()?.classes.map((c) => [c.name, c])));
  const canEdit = (): boolean => session.dataset()?.access === 'owner';
  const menu = (info: ClassInfo) => (
    <Menu class={styles.act} label={`Class ${info.name}`} trigger={<Ellipsis />}>
      <MenuItem onSelect={() => setTask({ kind: 'rename', name: info.name })}>Rename…</MenuItem>
      <MenuItem onSelect={() => setTask({ kind: 'merge', name: info.name })}>Merge into…</MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => void session.edit({ kind: 'remove-class', name: info.name })}>Remove</MenuItem>
    </Menu>
  );

  return (
    <>
      <ValuesFacet
        field={props.field}
        facet={props.facet}
        note={
          <>
            {counted(classes().size, 'class')}
            <Show when={canEdit()}>
              <button
                type="button"
                class={styles.order}
                aria-label="New class"
                title="New class"
                onClick={() => setTask({ kind: 'add' })}
              >
                <Plus />
              </button>
            </Show>
          </>
        }
        swatch={(value) => <Show when={classes().get(value)}>{(info) => <Swatch of={info()} />}</Show>}
        number={(value) => (shift().held ? classes().get(value)?.number : undefined)}
        menu={(value) => <Show when={canEdit() && classes().get(value)}>{(info) => menu(info())}</Show>}
      />
      <Show when={task()} keyed>
        {(now) => <ClassDialog task={now} onClose={() => setTask(null)} />}
      </Show>
    </>
  );
}
