// What may need a look: rows that disagree, have no label, cannot be read, or were taken out. One switch each.
import { For, Show } from 'solid-js';
import { useSession } from '../../context.ts';
import { isOn } from './conditions.ts';
import { FacetFrame } from './FacetFrame.tsx';
import styles from './FilterRail.module.css';
import { ValueRow } from './ValueRow.tsx';

/** The built-in switches, with the value of each that is worth a look. */
export const reviewRows: readonly { field: string; value: boolean; title: string }[] = [
  { field: 'disagrees', value: true, title: 'label ≠ prediction' },
  { field: 'labelled', value: false, title: 'unlabelled' },
  { field: 'readable', value: false, title: 'unreadable' },
  { field: 'excluded', value: true, title: 'excluded' },
  { field: 'reviewed', value: true, title: 'reviewed' },
];

export function ReviewFacet() {
  const session = useSession();
  const countOf = (row: (typeof reviewRows)[number]): number | undefined => {
    const facet = session.facets().get(row.field);
    return facet?.kind === 'switch' ? (row.value ? facet.yes : facet.no) : undefined;
  };
  return (
    <Show when={reviewRows.some((row) => countOf(row) !== undefined)}>
      <FacetFrame title="Review">
        <div class={styles.values}>
          <For each={reviewRows}>
            {(row) => (
              <Show when={countOf(row) !== undefined}>
                <ValueRow
                  name={row.title}
                  count={countOf(row) ?? 0}
                  most={0}
                  chosen={isOn(session.condition(row.field), row.value)}
                  out={false}
                  onToggle={() =>
                    session.setCondition(
                      row.field,
                      isOn(session.condition(row.field), row.value) ? null : { field: row.field, is: row.value },
                    )
                  }
                />
              </Show>
            )}
          </For>
        </div>
      </FacetFrame>
    </Show>
  );
}
