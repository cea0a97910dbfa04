// One cell: what stands over a picture. The picture itself is on the canvas behind it.
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtual; the grid roles are the documented pattern for it
import FileX from 'lucide-solid/icons/file-x';
import { createMemo, Show } from 'solid-js';
import type { ClassInfo, Field, Row } from '../../../catalog/types.ts';
import { nameOf } from '../../../shared/paths.ts';
import controls from '../../ui/controls.module.css';
import { value } from '../../ui/format.ts';
import { classColor } from '../../ui/Swatch.tsx';
import styles from './Grid.module.css';

interface Props {
  position: number;
  column: number;
  width: number;
  height: number;
  left: number;
  row: Row | undefined;
  selected: boolean;
  cursor: boolean;
  /** Class by id. */
  classOf(id: number): ClassInfo | undefined;
  /** The field that the view is sorted by, when its value is to be printed. */
  sortField: Field | undefined;
}

const textFrom = 72; // px: below, a name would be three letters

/** A grid cell with label, disagreeing prediction, sort value and state. */
export function Cell(props: Props) {
  const labels = createMemo(() =>
    (props.row?.labels ?? []).map((id) => props.classOf(id)).filter((c) => c !== undefined),
  );
  const name = (): string =>
    labels()
      .map((c) => c.name)
      .join(', ');
  const predicted = createMemo(() => {
    const row = props.row;
    if (!row || row.predicted === null || row.labels.includes(row.predicted)) return undefined;
    return props.classOf(row.predicted);
  });
  const color = (): string => {
    const [first] = labels();
    return first ? classColor(first) : 'transparent';
  };
  const shows = (): boolean => props.row !== undefined && props.width >= textFrom;
  const broken = (): boolean => props.row?.state === 'unreadable' || props.row?.state === 'unsupported';

  return (
    // the focus is moved by the grid; pointer and keys are handled there, once for all cells
    <div
      role="gridcell"
      class={styles.cell}
      aria-colindex={props.column + 1}
      aria-selected={props.selected}
      aria-busy={props.row === undefined}
      aria-label={shows() ? undefined : spoken(props.row, name(), predicted())}
      tabIndex={props.cursor ? 0 : -1}
      data-position={props.position}
      data-cursor={props.cursor}
      data-dense={props.width < textFrom}
      data-excluded={props.row?.excluded}
      style={{
        left: `${props.left}px`,
        width: `${props.width}px`,
        height: `${props.height}px`,
        '--c': color(),
      }}
    >
      <Show when={broken()}>
        <span class={styles.broken} title={props.row?.reason ?? 'This file could not be read.'}>
          <FileX />
        </span>
      </Show>
      <Show when={shows()} fallback={<span class={styles.bar} data-guess={predicted() !== undefined} />}>
        {/* the words between what is seen: without them a screen reader would say 'shirt dress 0.97' */}
        <span class={controls.hidden}>{nameOf(props.row?.path ?? '')}, </span>
        <span class={styles.tag} data-empty={name() === '' && predicted() === undefined}>
          <span class={styles.name}>{name()}</span>
          <Show when={name() === ''}>
            <span class={controls.hidden}>unlabelled</span>
          </Show>
          <Show when={predicted()}>
            {(guess) => (
              <em class={styles.guess} data-kind={labels().length > 0 ? 'differs' : 'suggests'}>
                <span class={controls.hidden}>, predicted </span>
                {guess().name}
              </em>
            )}
          </Show>
        </span>
        <Show when={props.sortField}>
          {(field) => (
            <span class={styles.value}>
              <span class={controls.hidden}>, {field().title.toLowerCase()} </span>
              {value(props.row?.value ?? null, field())}
            </span>
          )}
        </Show>
        <span class={controls.hidden}>{props.row && remarks(props.row)}</span>
      </Show>
    </div>
  );
}

/** What a screen reader says of a cell that is too small for text, or not loaded. */
function spoken(row: Row | undefined, label: string, predicted: ClassInfo | undefined): string {
  if (!row) return 'loading';
  const guess = predicted ? `, predicted ${predicted.name}` : '';
  return `${nameOf(row.path)}, ${label === '' ? 'unlabelled' : label}${guess}${remarks(row)}`;
}

/** What is seen as a mark only: that it is excluded, that it cannot be read. */
function remarks(row: Row): string {
  const broken = row.state === 'unreadable' || row.state === 'unsupported';
  return `${row.excluded ? ', excluded' : ''}${broken ? `, ${row.reason ?? 'not readable'}` : ''}`;
}
