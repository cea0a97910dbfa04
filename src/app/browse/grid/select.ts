// Selecting with the pointer: click, shift, ctrl, and a rubber band that starts on empty space.
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Session } from '../../../client/types.ts';
import { positionAt, rangesIn } from './layout.ts';
import type { GridView } from './view.ts';

/** A rectangle of the content, two corners. */
export interface Band {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

interface Parts {
  session: Session;
  view: GridView;
  /** A point of the page in content pixels. */
  toContent(event: { clientX: number; clientY: number }): { x: number; y: number };
  /** How far a point is above (negative) or below (positive) the viewport, in pixels; 0 inside. */
  outside(event: { clientY: number }): number;
}

export interface Selecting {
  band: Accessor<Band | null>;
  /** Where the last plain or Ctrl click was: Shift extends from there. */
  anchor(): number;
  setAnchor(position: number): void;
  onPointerDown(event: PointerEvent): void;
}

const startsAfter = 4; // px: less is a click with an unsteady hand

/** Pointer selection for the grid; call under an owner. */
export function createSelecting({ session, view, toContent, outside }: Parts): Selecting {
  const [band, setBand] = createSignal<Band | null>(null);
  let anchor = 0;
  let stop: (() => void) | undefined;
  onCleanup(() => stop?.());

  function click(position: number, event: PointerEvent): void {
    const row = session.window.row(position);
    if (event.shiftKey) void session.selection.range(anchor, position, event.ctrlKey || event.metaKey);
    else {
      if (row && (event.ctrlKey || event.metaKey)) session.selection.toggle(row.id);
      else if (row) session.selection.set([row.id]);
      anchor = position;
    }
    session.setCursor(position);
  }

  function startBand(event: PointerEvent): void {
    const keep = event.shiftKey || event.ctrlKey || event.metaKey;
    const before = keep ? session.selection.ids() : new Uint32Array();
    const start = toContent(event);
    let last = { clientX: event.clientX, clientY: event.clientY };
    let frame = 0;
    // rows that scrolled out of the window while the band grew over them are remembered here
    const known = new Map<number, number>();

    const ranges = () => {
      const at = band();
      return at ? rangesIn(view.layout(), at.x0, at.y0, at.x1, at.y1) : [];
    };

    function update(): void {
      frame = 0;
      const now = toContent(last);
      if (!band() && Math.hypot(now.x - start.x, now.y - start.y) < startsAfter) return;
      setBand({ x0: start.x, y0: start.y, x1: now.x, y1: now.y });
      const ids: number[] = [...before];
      for (const [from, to] of ranges())
        for (let p = from; p <= to; p++) {
          const id = known.get(p) ?? session.window.row(p)?.id;
          if (id === undefined) continue;
          known.set(p, id);
          ids.push(id);
        }
      session.selection.set(ids);
      const beyond = outside(last);
      if (beyond !== 0) {
        view.dispatch({ type: 'to', position: view.scroll().position + beyond / 4 });
        frame = requestAnimationFrame(update);
      }
    }
    const onMove = (moved: PointerEvent): void => {
      last = { clientX: moved.clientX, clientY: moved.clientY };
      if (frame === 0) frame = requestAnimationFrame(update);
    };
    const onUp = (): void => {
      const unseen = ranges().filter(([from, to]) => !known.has(from) || !known.has(to));
      if (!band() && !keep) session.selection.clear();
      void Promise.all(unseen.map(([from, to]) => session.selection.range(from, to, true)));
      stop?.();
    };
    stop = () => {
      cancelAnimationFrame(frame);
      removeEventListener('pointermove', onMove);
      removeEventListener('pointerup', onUp);
      removeEventListener('pointercancel', onUp);
      setBand(null);
      stop = undefined;
    };
    addEventListener('pointermove', onMove);
    addEventListener('pointerup', onUp);
    addEventListener('pointercancel', onUp);
  }

  return {
    band,
    anchor: () => anchor,
    setAnchor(position) {
      anchor = position;
    },
    onPointerDown(event) {
      if (event.button !== 0) return;
      const { x, y } = toContent(event);
      const position = positionAt(view.layout(), x, y);
      if (position !== null) click(position, event);
      else startBand(event);
    },
  };
}
