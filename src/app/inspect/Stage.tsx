// One picture on a stage: zoom to the pointer, drag to pan or to change the window, double click between fit and one to one.
import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Sample } from '../../catalog/types.ts';
import { useSession } from '../context.ts';
import { useAdjust } from './adjust.ts';
import { Boxes } from './Boxes.tsx';
import { createFullPicture } from './full.ts';
import styles from './Stage.module.css';
import { fit, fitScale, pan, placement, type Size, type Zoom, zoomAt } from './zoom.ts';

interface StageProps {
  row: Pick<Sample, 'id' | 'path' | 'fields'> | undefined;
  /** What a screen reader says of the picture. */
  label: string;
  zoom: Zoom;
  onZoom(zoom: Zoom): void;
  /** One wheel notch zooms; in the small inspector a plain double click opens the large view instead. */
  onOpen?: () => void;
  /** The picture is shown larger elsewhere: this stage keeps what it has. */
  resting?: boolean;
}

const wheelStep = 1.0015;
const keyStep = 1.25;

/** The stage loads the full picture of `row`; a picture that scrolled by is cancelled. */
export function Stage(props: StageProps) {
  const session = useSession();
  const adjust = useAdjust();
  const [size, setSize] = createSignal<Size>({ width: 1, height: 1 });
  let canvas!: HTMLCanvasElement; // set by ref before any effect runs

  const { shown, problem } = createFullPicture(
    session,
    adjust,
    () => {
      if (!props.row) return undefined;
      const { id, path, fields } = props.row;
      return { id, path, stamp: [fields.size, fields.modified, session.dataset()?.permission].join(' ') };
    },
    () => props.resting === true,
  );

  const picture = (): Size | undefined => shown()?.thumbnail.bitmap;

  // drawing on a canvas: outside of Solid
  createEffect(() => {
    const bitmap = shown()?.thumbnail.bitmap;
    const stage = size();
    const ratio = devicePixelRatio;
    canvas.width = Math.round(stage.width * ratio);
    canvas.height = Math.round(stage.height * ratio);
    const context = canvas.getContext('2d');
    if (!context || !bitmap) return;
    const place = placement(props.zoom, stage, bitmap);
    // above two to one single pixels are what one looks for
    context.imageSmoothingEnabled = place.width / bitmap.width < 2;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, place.left * ratio, place.top * ratio, place.width * ratio, place.height * ratio);
  });

  const observer = new ResizeObserver(([entry]) => {
    if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
  });
  onCleanup(() => observer.disconnect());

  function zoomBy(factor: number, point = { x: size().width / 2, y: size().height / 2 }): void {
    const of = picture();
    if (of) props.onZoom(zoomAt(props.zoom, size(), of, point, factor));
  }

  function pointOf(event: MouseEvent): { x: number; y: number } {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function drag(event: PointerEvent): void {
    const of = picture();
    if (!of || event.buttons === 0) return;
    // where there is nothing to pan, and always with the other button or Shift, a drag changes the window as viewers of slices do
    if (event.buttons === 2 || event.shiftKey || props.zoom.scale === null)
      adjust.drag(event.movementX, event.movementY);
    else if (event.buttons === 1) props.onZoom(pan(props.zoom, size(), of, event.movementX, event.movementY));
  }

  function toggle(event: MouseEvent): void {
    const of = picture();
    if (props.onOpen) props.onOpen();
    else if (props.zoom.scale !== null) props.onZoom(fit);
    else if (of) props.onZoom(zoomAt(fit, size(), of, pointOf(event), 1 / fitScale(size(), of)));
  }

  function keys(event: KeyboardEvent): void {
    if (event.key === '+' || event.key === '=') zoomBy(keyStep);
    else if (event.key === '-') zoomBy(1 / keyStep);
    else if (event.key === '0') props.onZoom(fit);
    else return;
    event.preventDefault();
    event.stopPropagation(); // in the grid the same keys size the cells
  }

  return (
    <div
      class={styles.stage}
      ref={(element) => observer.observe(element)}
      data-zoomed={props.zoom.scale !== null}
      data-deep={adjust.deep() !== undefined}
      onWheel={(event) => {
        event.preventDefault();
        zoomBy(wheelStep ** -event.deltaY, pointOf(event));
      }}
    >
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={props.label}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onContextMenu={(event) => adjust.deep() && event.preventDefault()}
        onDblClick={toggle}
        onKeyDown={keys}
      />
      <Show when={props.row?.fields.objects !== undefined && picture()}>
        {(of) => <Boxes objects={props.row?.fields.objects} zoom={props.zoom} stage={size()} picture={of()} />}
      </Show>
      <Show when={problem()}>
        <p class={styles.problem}>{problem()}</p>
      </Show>
      <Show when={shown()?.thumbnail.facts.warning}>{(warning) => <p class={styles.warning}>{warning()}</p>}</Show>
    </div>
  );
}
