// A row of cells, and the heading of a group that sticks to the top edge while its group is on screen.
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtual; the grid roles are the documented pattern for it
// biome-ignore-all lint/a11y/useFocusableInteractive: cells take the focus, rows never do
import { createMemo, Index } from 'solid-js';
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

/** The heading of a section; `next` is where the following section begins, which pushes it out. */
export function GridHeading(props: { section: Section; next: number; view: GridView }) {
  const y = (): number => {
    const natural = props.section.top - props.view.scroll().position;
    const pushed = props.next - props.view.scroll().position - props.view.layout().heading;
    return Math.min(Math.max(natural, 0), Math.max(natural, pushed));
  };
  return (
    <div
      role="row"
      class={styles.heading}
      aria-rowindex={props.section.line + 1}
      style={{ transform: `translateY(${y()}px)` }}
    >
      <span role="rowheader" aria-colspan={props.view.layout().columns}>
        <b>{props.section.group?.value ?? 'missing'}</b>{' '}
        <span class={styles.dim}>{counted(props.section.count, 'picture')}</span>
      </span>
    </div>
  );
}
