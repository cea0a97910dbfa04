// Boxes of a picture's `objects`, drawn over the stage where they are, with their category. They are shown, not edited.
import { For } from 'solid-js';
import styles from './Boxes.module.css';
import { boxesOf } from './boxes.ts';
import { placement, type Size, type Zoom } from './zoom.ts';

export function Boxes(props: { objects: unknown; zoom: Zoom; stage: Size; picture: Size }) {
  const place = () => placement(props.zoom, props.stage, props.picture);
  const scale = (): number => place().width / props.picture.width;
  return (
    <svg class={styles.boxes} aria-hidden="true">
      <For each={boxesOf(props.objects)}>
        {(box) => (
          <g>
            <rect
              x={place().left + box.x * scale()}
              y={place().top + box.y * scale()}
              width={box.width * scale()}
              height={box.height * scale()}
            />
            <text x={place().left + box.x * scale()} y={place().top + box.y * scale()} dx="2" dy="-3">
              {box.name}
            </text>
          </g>
        )}
      </For>
    </svg>
  );
}
