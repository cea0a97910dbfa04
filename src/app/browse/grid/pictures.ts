// Keeps the canvas of the grid showing what it should: asks for the pictures on screen and draws them, at most once a frame.
import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { Row } from '../../../catalog/types.ts';
import type { Session } from '../../../client/types.ts';
import { type DrawnCell, drawCells } from './draw.ts';
import { lineAt } from './layout.ts';
import { type GridView, positionsOf } from './view.ts';

/** Draws the visible cells of `view` on the canvas; call under an owner. */
export function createPictureDrawing(session: Session, view: GridView, canvas: () => HTMLCanvasElement): void {
  let frame = 0;
  onCleanup(() => cancelAnimationFrame(frame));
  const [themed, setThemed] = createSignal(0);
  const observer = new MutationObserver(() => setThemed((n) => n + 1));
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  onCleanup(() => observer.disconnect());

  // workers: what is on screen is loaded, what left it is cancelled
  createEffect(() => {
    const layout = view.layout();
    const range = positionsOf(layout, ...view.visible());
    if (!range) return;
    session.window.show(range[0], range[1] + 1);
    const rows: Row[] = [];
    for (let p = range[0]; p <= range[1]; p++) {
      const row = session.window.row(p);
      if (row) rows.push(row);
    }
    session.pictures.want(rows, Math.max(layout.cellWidth, layout.cellHeight) * devicePixelRatio);
  });

  // canvas: whatever is seen is a dependency; the drawing itself waits for the frame
  createEffect(() => {
    themed();
    session.pictures.version();
    const cells = visibleCells(session, view);
    const [height, fill] = [view.scroll().viewport, session.settings.fill()];
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => paint(canvas(), cells, height, fill, session));
  });
}

function visibleCells(session: Session, view: GridView): DrawnCell[] {
  const layout = view.layout();
  const { position } = view.scroll();
  const [first, last] = view.visible();
  const cells: DrawnCell[] = [];
  for (let n = first; n <= last; n++) {
    const line = lineAt(layout, n);
    if (line?.kind !== 'row') continue;
    for (let column = 0; column < line.count; column++)
      cells.push({
        x: column * (layout.cellWidth + layout.gap),
        y: line.top - position,
        width: layout.cellWidth,
        height: layout.cellHeight,
        row: session.window.row(line.first + column),
      });
  }
  return cells;
}

function paint(
  canvas: HTMLCanvasElement,
  cells: readonly DrawnCell[],
  height: number,
  fill: boolean,
  session: Session,
): void {
  const ratio = devicePixelRatio;
  const [w, h] = [Math.round(canvas.clientWidth * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext('2d');
  if (!context) return; // out of canvas memory: cells keep their names
  const background = getComputedStyle(canvas).color; // the style sheet gives the canvas the colour of a cell
  drawCells(context, cells, { ratio, fill, background, peek: (row, size) => session.pictures.peek(row, size) });
}
