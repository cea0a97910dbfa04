// A row of cells, and the heading of a group that sticks to the top edge while its group is on screen.
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtual; the grid roles are the documented pattern for it
// biome-ignore-all lint/a11y/useFocusableInteractive: cells take the focus, rows never do
import { createMemo, Index, Show } from 'solid-js';
import type { ClassInfo, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { counted } from '../../ui/format.ts';
import { Cell } from './Cell.tsx';
import styles from './Grid.module.css';
import type { Line, Section } from './layout.ts';
import type { GridView } from './view.ts';

/** What every cell asks of the grid. */
export interface CellContext {
  view: GridView;
  isCursor(position: number): boolean;
  classOf(id: number): ClassInfo | undefined;
  sortField(): Field | undefined;
}

export function GridRow(props: { line: Extract<Line, { kind: 'row' }>; context: CellContext }) {
  const session = useSession();
  const view = props.context.view;
  const columns = createMemo(() => Array.from({ length: props.line.count }, (_, i) => i));
  const isSelected = (id: number | undefined): boolean => {
    session.selection.version();
    return id !== undefined && session.selection.has(id);
  };
  return (
    <div
      role="row"
      class={styles.row}
      aria-rowindex={props.line.line + 1}
      style={{ transform: `translateY(${props.line.top - view.scroll().position}px)` }}
    >
      <Index each={columns()}>
        {(column) => {
          const position = (): number => props.line.first + column();
          const row = createMemo(() => session.window.row(position()));
          return (
            <Cell
              position={position()}
              column={column()}
              left={column() * (view.layout().cellWidth + view.layout().gap)}
              width={view.layout().cellWidth}
              height={view.layout().cellHeight}
              row={row()}
              selected={isSelected(row()?.id)}
              cursor={props.context.isCursor(position())}
              classOf={props.context.classOf}
              sortField={props.context.sortField()}
            />
          );
        }}
      </Index>
    </div>
  );
}

/** Stands between the levels of a value that has several: patient, study, series. */
const level = ' › ';

/** The heading of a section; `next` is where the following section begins, which pushes it out. */
export function GridHeading(props: { section: Section; next: number; view: GridView }) {
  const y = (): number => {
    const natural = props.section.top - props.view.scroll().position;
    const pushed = props.next - props.view.scroll().position - props.view.layout().heading;
    return Math.min(Math.max(natural, 0), Math.max(natural, pushed));
  };
  // of patient › study › series the last level is what differs from the heading before
  const levels = (): { above: string; last: string } => {
    const value = props.section.group?.value ?? 'missing';
    const at = value.lastIndexOf(level);
    return at < 0
      ? { above: '', last: value }
      : { above: value.slice(0, at + level.length), last: value.slice(at + level.length) };
  };
  return (
    <div
      role="row"
      class={styles.heading}
      aria-rowindex={props.section.line + 1}
      style={{ transform: `translateY(${y()}px)` }}
    >
      <span role="rowheader" class={styles.levels} aria-colspan={props.view.layout().columns}>
        <Show when={levels().above}>
          <span class={styles.above}>{levels().above}</span>
        </Show>
        <b>{levels().last}</b> <span class={styles.dim}>{counted(props.section.count, 'picture')}</span>
      </span>
    </div>
  );
}
