// One value of a facet: a click takes it in or out; on hover 'only' and 'not'. The bar shows its share.
import Check from 'lucide-solid/icons/check';
import { type JSX, Show } from 'solid-js';
import { count } from '../../ui/format.ts';
import styles from './FilterRail.module.css';

interface Props {
  name: string;
  /** Rows with this value under the other filters. */
  count: number;
  /** Largest count of the list: the full bar. */
  most: number;
  /** Chosen; undefined while nothing is chosen in this facet. */
  chosen: boolean;
  /** Left out by the choice. */
  out: boolean;
  swatch?: JSX.Element;
  /** Shown in place of the count: the class's number while Shift is held. */
  key?: number;
  quiet?: boolean;
  onToggle(): void;
  onOnly?(): void;
  onNot?(): void;
  menu?: JSX.Element;
}

export function ValueRow(props: Props) {
  const share = (): number => (props.most > 0 ? (100 * props.count) / props.most : 0);
  return (
    <div class={styles.value} data-off={props.out || props.count === 0} data-quiet={props.quiet}>
      <span class={styles.fill} style={{ width: `${share()}%` }} />
      <button type="button" class={styles.choose} aria-pressed={props.chosen} onClick={() => props.onToggle()}>
        <span class={styles.sign}>
          <Show when={props.chosen} fallback={props.swatch}>
            <Check />
          </Show>
        </span>
        <span class={styles.name} title={props.name}>
          {props.name}
        </span>{' '}
        <span class={styles.count}>
          <Show when={props.key} fallback={count(props.count)}>
            <kbd class={styles.number}>{props.key}</kbd>
          </Show>
        </span>
      </button>
      <Show when={props.onOnly}>
        <span class={styles.acts}>
          <button type="button" class={styles.act} aria-label={`Only ${props.name}`} onClick={() => props.onOnly?.()}>
            only
          </button>
          <button type="button" class={styles.act} aria-label={`Not ${props.name}`} onClick={() => props.onNot?.()}>
            not
          </button>
          {props.menu}
        </span>
      </Show>
    </div>
  );
}
