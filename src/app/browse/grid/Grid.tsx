// The virtual grid: a scroller whose height is mapped, one canvas for the pictures, and a pool of rows over it.
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtual; the grid roles are the documented pattern for it
import { createEffect, createMemo, createSelector, Index, onCleanup, onMount, Show } from 'solid-js';
import { useSession } from '../../context.ts';
import styles from './Grid.module.css';
import { type CellContext, GridHeading, GridRow } from './GridLine.tsx';
import { type Line, lineAt, type Section, sectionAt } from './layout.ts';
import { createPictureDrawing } from './pictures.ts';
import { spacerHeight } from './scroll.ts';
import { createSelecting, type Selecting } from './select.ts';
import { type GridView, positionsOf } from './view.ts';

interface Props {
  view: GridView;
  /** Called once with what extends the selection by keyboard. */
  onSelecting(selecting: Selecting): void;
  /** A double click on a picture. */
  onOpen(): void;
}

const margin = 1; // rows rendered beyond each edge, so that a row is there before it is seen
const wheelPerDouble = 300; // px of Ctrl+wheel that double the size

export function Grid(props: Props) {
  const session = useSession();
  const view = props.view;
  let scroller!: HTMLDivElement; // the refs are set before onMount and before any event
  let inner!: HTMLDivElement;
  let canvas!: HTMLCanvasElement;

  const toViewport = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const box = inner.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const selecting = createSelecting({
    session,
    view,
    toContent: (event) => ({ x: toViewport(event).x, y: toViewport(event).y + view.scroll().position }),
    outside: (event) => {
      const y = event.clientY - inner.getBoundingClientRect().top;
      return Math.min(0, y) + Math.max(0, y - view.scroll().viewport);
    },
  });
  props.onSelecting(selecting);

  /** A ring of slots: a row keeps its slot while it is on screen, so that scrolling by a row touches one row of elements. */
  const slots = createMemo<(Extract<Line, { kind: 'row' }> | undefined)[]>((before) => {
    const layout = view.layout();
    const [first, last] = [
      Math.max(0, view.visible()[0] - margin),
      Math.min(layout.lines - 1, view.visible()[1] + margin),
    ];
    const needed = Math.max(0, last - first + 1);
    // one more slot or less is no reason to build all of them anew
    const size = before.length >= needed && before.length <= needed + 2 ? before.length : needed;
    const ring: (Extract<Line, { kind: 'row' }> | undefined)[] = new Array(size);
    for (let n = first; n <= last; n++) {
      const line = lineAt(layout, n);
      if (line?.kind === 'row') ring[n % size] = line;
    }
    return ring;
  }, []);

  const headings = createMemo<{ section: Section; next: number }[]>(() => {
    const { sections, height } = view.layout();
    const { position, viewport } = view.scroll();
    const first = sectionAt(view.layout(), position);
    if (!first?.group) return [];
    const from = sections.indexOf(first);
    let to = from + 1;
    while ((sections[to]?.top ?? Infinity) < position + viewport) to++;
    return sections.slice(from, to).map((section, i) => ({ section, next: sections[from + i + 1]?.top ?? height }));
  });

  const classes = createMemo(() => new Map(session.dataset()?.classes.map((info) => [info.id, info])));
  const sortField = createMemo(() => {
    const name = session.query().sort?.[0]?.field;
    // the name is in the inspector in full; a part of it on every cell says nothing
    return name === 'path' || name === 'name' ? undefined : session.dataset()?.fields.find((f) => f.name === name);
  });
  const context: CellContext = {
    view,
    isCursor: createSelector(session.cursor),
    classOf: (id) => classes().get(id),
    sortField,
  };
  const cursorOnScreen = createMemo(() => {
    const range = positionsOf(view.layout(), ...view.visible());
    return range !== undefined && session.cursor() >= range[0] && session.cursor() <= range[1];
  });

  createPictureDrawing(session, view, () => canvas);

  onMount(() => {
    const measure = (): void => {
      const style = getComputedStyle(scroller);
      view.resize({
        width: inner.clientWidth,
        height: scroller.clientHeight,
        gap: Number.parseFloat(style.getPropertyValue('--cell-gap')),
        heading: Number.parseFloat(style.getPropertyValue('--group')),
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
    // listeners of the element live as long as it does; Solid delegates neither of these
    scroller.addEventListener('scrollend', () => view.dispatch({ type: 'settled' }));
    scroller.addEventListener('wheel', onWheel, { passive: false });
  });

  // DOM: the element follows the state where a command, not the person, moved it
  createEffect(() => {
    const { top } = view.scroll();
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
  });

  // focus: it follows the cursor, and waits on the grid itself while the cursor's cell is off screen
  createEffect(() => {
    slots();
    session.cursor();
    // an effect before this one may have scrolled: the cells are moved when all effects have run
    if (scroller.contains(document.activeElement)) queueMicrotask(focusCursor);
  });

  function focusCursor(): void {
    const cell = (cursorOnScreen() && scroller.querySelector<HTMLElement>('[data-cursor="true"]')) || scroller;
    if (cell !== document.activeElement) cell.focus({ preventScroll: true });
  }

  function onWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { x, y } = toViewport(event);
    view.zoomTo(session.settings.cellSize() * 2 ** (-event.deltaY / wheelPerDouble), x, y);
  }

  return (
    <div
      ref={scroller}
      class={styles.scroller}
      role="grid"
      aria-label="Pictures"
      aria-multiselectable="true"
      aria-rowcount={view.layout().lines}
      aria-colcount={view.layout().columns}
      tabIndex={cursorOnScreen() ? -1 : 0}
      onScroll={() => view.dispatch({ type: 'scrolled', top: scroller.scrollTop })}
      onPointerDown={(event) => {
        // the scroll bar is part of the element and not of the grid
        if (event.clientX < scroller.getBoundingClientRect().left + scroller.clientWidth)
          selecting.onPointerDown(event);
      }}
      // what comes back to an older cell (from a dialog) belongs to the cursor
      onFocusIn={() => queueMicrotask(focusCursor)}
      onDblClick={(event) => event.target.closest('[role=gridcell]') && props.onOpen()}
    >
      <div class={styles.spacer} style={{ height: `${spacerHeight(view.layout().height)}px` }}>
        <div class={styles.window} style={{ height: `${view.scroll().viewport}px` }}>
          <canvas ref={canvas} class={styles.canvas} />
          <div ref={inner} class={styles.inner} role="presentation">
            <Index each={slots()}>
              {(line) => <Show when={line()}>{(shown) => <GridRow line={shown()} context={context} />}</Show>}
            </Index>
            <Index each={headings()}>
              {(heading) => <GridHeading section={heading().section} next={heading().next} view={view} />}
            </Index>
            <Show when={selecting.band()}>
              {(band) => (
                <div
                  class={styles.band}
                  style={{
                    left: `${Math.min(band().x0, band().x1)}px`,
                    top: `${Math.min(band().y0, band().y1) - view.scroll().position}px`,
                    width: `${Math.abs(band().x1 - band().x0)}px`,
                    height: `${Math.abs(band().y1 - band().y0)}px`,
                  }}
                />
              )}
            </Show>
          </div>
        </div>
      </div>
    </div>
  );
}
