// The colour of a class. It never stands alone: the name is always beside it.
import type { ClassInfo } from '../../catalog/types.ts';
import styles from './Swatch.module.css';

const paletteSize = 12;

/** The CSS colour of a class. */
export const classColor = (info: Pick<ClassInfo, 'color'>): string => `var(--class-${info.color})`;

/** A small square in the class's colour; from the thirteenth class on with a pattern over it. */
export function Swatch(props: { of: Pick<ClassInfo, 'color' | 'number'> }) {
  return (
    <span
      class={styles.swatch}
      aria-hidden="true"
      data-pattern={Math.floor((props.of.number - 1) / paletteSize) % 3}
      style={{ '--c': classColor(props.of) }}
    />
  );
}
