// A yes-or-no field: two switches and, where some rows have no value, 'missing'.
import { Show } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { isOn } from './conditions.ts';
import { FacetFrame } from './FacetFrame.tsx';
import styles from './FilterRail.module.css';
import { ValueRow } from './ValueRow.tsx';

export function SwitchFacet(props: { field: Field; facet: Extract<Facet, { kind: 'switch' }>; closed?: boolean }) {
  const session = useSession();
  const name = (): string => props.field.name;
  const condition = () => session.condition(name());
  const most = (): number => Math.max(props.facet.yes, props.facet.no, props.facet.missing);
  const missing = (): boolean => {
    const now = condition();
    return now !== undefined && 'missing' in now;
  };
  const row = (title: string, value: boolean, rows: () => number) => (
    <ValueRow
      name={title}
      count={rows()}
      most={most()}
      chosen={isOn(condition(), value)}
      out={condition() !== undefined && !isOn(condition(), value)}
      onToggle={() => session.setCondition(name(), isOn(condition(), value) ? null : { field: name(), is: value })}
    />
  );
  return (
    <FacetFrame title={props.field.title} person={props.field.sensitive} closed={props.closed}>
      <div class={styles.values}>
        {row('yes', true, () => props.facet.yes)}
        {row('no', false, () => props.facet.no)}
        <Show when={props.facet.missing > 0 || missing()}>
          <ValueRow
            name="missing"
            quiet
            count={props.facet.missing}
            most={most()}
            chosen={missing()}
            out={condition() !== undefined && !missing()}
            onToggle={() => session.setCondition(name(), missing() ? null : { field: name(), missing: true })}
          />
        </Show>
      </div>
    </FacetFrame>
  );
}
