// The grid's state: its size, layout and scroll position as signals, and the anchors that keep a person's place when any of them changes.
import { type Accessor, createComputed, createEffect, createMemo, createSignal, on, untrack } from 'solid-js';
import type { ViewInfo } from '../../../catalog/types.ts';
import type { Session } from '../../../client/types.ts';
import { createLayout, type Layout, lineAt, lineNumberAt, type Move, moved, nearestTo, placeOf } from './layout.ts';
import { emptyScroll, reduceScroll, type ScrollAction, type ScrollState } from './scroll.ts';

/** Lengths from the style sheet, in CSS pixels. */
export interface GridMetrics {
  width: number;
  height: number;
  gap: number;
  heading: number;
}

export interface GridView {
  layout: Accessor<Layout>;
  scroll: Accessor<ScrollState>;
  /** First and last line on screen, both included. */
  visible: Accessor<readonly [first: number, last: number]>;
  dispatch(action: ScrollAction): void;
  resize(metrics: GridMetrics): void;
  /** Scrolls as little as shows the cell whole, or into the middle. */
  reveal(position: number, middle?: boolean): void;
  /** Changes the size of cells; what is at this point of the viewport (its middle when absent) stays there. */
  zoomTo(size: number, x?: number, y?: number): void;
  /** One step of the keyboard: at least one column less (1) or more (-1). */
  zoomStep(direction: 1 | -1): void;
  move(move: Move): number;
}

/** Narrowest cell, in CSS pixels. */
export const smallestCell = 40;

/** Builds the state; call under an owner. */
export function createGridView(session: Session): GridView {
  const [metrics, resize] = createSignal<GridMetrics>({ width: 0, height: 0, gap: 0, heading: 0 });
  const [scroll, setScroll] = createSignal<ScrollState>(emptyScroll);
  const dispatch = (action: ScrollAction): void => void setScroll((state) => reduceScroll(state, action));
  /** What the next change of the layout keeps in place: a cell, and how far below the viewport's top it is. */
  let anchor: { position: number; offset: number } | null = null;

  const layout = createMemo(() => {
    const { width, height, gap, heading } = metrics();
    // nothing is laid out before the element was measured
    const view = width > 0 ? session.view() : null;
    const cellSize = Math.min(session.settings.cellSize(), Math.max(width, 1));
    return createLayout({
      count: view?.count ?? 0,
      groups: view?.groups ?? [],
      width,
      viewport: height,
      cellSize,
      gap,
      heading,
    });
  });

  const visible = createMemo(
    (): readonly [number, number] => {
      const { position } = scroll();
      return [lineNumberAt(layout(), position), lineNumberAt(layout(), position + metrics().height)];
    },
    [0, 0],
    { equals: (a, b) => a[0] === b[0] && a[1] === b[1] },
  );

  function reveal(position: number, middle = false): void {
    const { top } = placeOf(layout(), position);
    const { cellHeight, gap, sections, heading } = layout();
    const height = metrics().height;
    // a sticky heading covers what is directly under the top edge
    const cover = sections[0]?.group ? heading : 0;
    const now = scroll().position;
    if (middle) dispatch({ type: 'to', position: top - Math.max(0, (height - cellHeight) / 2) });
    else if (top - cover < now) dispatch({ type: 'to', position: top - cover });
    else if (top + cellHeight + gap > now + height) dispatch({ type: 'to', position: top + cellHeight + gap - height });
  }

  // before anything is drawn with a new layout, the scroll position is brought to it
  createComputed(
    on(layout, (next, before) => {
      const state = untrack(scroll);
      const scrolled = before !== undefined && before.count > 0 && state.position > 0;
      const keep = anchor ?? (scrolled ? anchorAt(before, state.position, 0, 0) : null);
      const position = keep ? placeOf(next, Math.min(keep.position, next.count - 1)).top - keep.offset : 0;
      dispatch({ type: 'sized', content: next.height, viewport: untrack(metrics).height, position });
      if (!before || before.height === 0) reveal(untrack(session.cursor), true);
    }),
  );

  // the scroll position follows the cursor; under the same question with another answer (files arrive, labels change) the picture
  // at the top stays at the top
  createEffect(
    on([session.view, session.cursor], ([view, cursor], before) => {
      if (!before) return;
      const [viewBefore, cursorBefore] = before;
      if (view && viewBefore && view !== viewBefore) {
        if (sameQuestion(view, viewBefore)) void keepPlace(view);
        else reveal(cursor);
      }
      if (cursor !== cursorBefore) reveal(cursor);
    }),
  );

  /** Rows of the old answer are still in the window when the new one is announced. */
  async function keepPlace(view: ViewInfo): Promise<void> {
    const state = untrack(scroll);
    if (state.position === 0) return;
    const at = anchorAt(layout(), state.position, 0, 0);
    const row = untrack(() => session.window.row(at.position));
    if (!row) return;
    const position = await session.positionOf(row.id);
    const moved = untrack(scroll).position !== state.position;
    if (position < 0 || moved || untrack(session.view)?.version !== view.version) return;
    dispatch({ type: 'to', position: placeOf(layout(), position).top - at.offset });
  }

  function zoomTo(size: number, x = 0, y = metrics().height / 2): void {
    anchor = anchorAt(layout(), scroll().position, x, y);
    session.settings.setCellSize(Math.max(smallestCell, Math.min(size, metrics().width)));
    anchor = null;
  }

  return {
    layout,
    scroll,
    visible,
    dispatch,
    resize,
    reveal,
    zoomTo,
    zoomStep(direction) {
      const { columns, gap } = layout();
      const { width } = metrics();
      const next =
        direction > 0
          ? Math.min(columns - 1, Math.floor(columns * 0.9))
          : Math.max(columns + 1, Math.ceil(columns * 1.1));
      zoomTo(Math.floor((width + gap) / Math.max(1, next)) - gap);
    },
    move: (move) => moved(layout(), session.cursor(), move, metrics().height),
  };
}

/** The cell at a point of the viewport, and where its top is below the viewport's. */
function anchorAt(layout: Layout, scrolled: number, x: number, y: number): { position: number; offset: number } {
  const position = nearestTo(layout, x, scrolled + y);
  return { position, offset: placeOf(layout, position).top - scrolled };
}

/** True when two answers are to the same query. */
function sameQuestion(a: ViewInfo, b: ViewInfo): boolean {
  return a.view === b.view && JSON.stringify(a.query) === JSON.stringify(b.query);
}

/** First and last position of the pictures in some lines; undefined when there are none. */
export function positionsOf(layout: Layout, first: number, last: number): [number, number] | undefined {
  let from: number | undefined;
  let to = 0;
  for (let n = first; n <= last; n++) {
    const line = lineAt(layout, n);
    if (line?.kind !== 'row') continue;
    from ??= line.first;
    to = line.first + line.count - 1;
  }
  return from === undefined ? undefined : [from, to];
}
