// The filter rail: one facet a field, each with the counts that the other filters leave.
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { ClassFacet } from './ClassFacet.tsx';
import styles from './FilterRail.module.css';
import { HistogramFacet } from './HistogramFacet.tsx';
import { ReviewFacet, reviewRows } from './ReviewFacet.tsx';
import { SwitchFacet } from './SwitchFacet.tsx';
import { ValuesFacet } from './ValuesFacet.tsx';

/** Fields of the file that are of use to few: closed until someone opens them. */
const closedAtFirst = new Set(['directory', 'format', 'height', 'size', 'modified', 'margin', 'entropy', 'doubt']);
/** Where the named fields stand; the others follow in the dataset's order. */
const order = ['split', 'label', 'predicted', 'confidence'];

export function FilterRail() {
  const session = useSession();
  const review = new Set(reviewRows.map((row) => row.field));
  const fields = createMemo(() => {
    const all = (session.dataset()?.fields ?? []).filter((f) => f.facet !== 'none' && !review.has(f.name));
    const rank = (f: Field): number => (order.includes(f.name) ? order.indexOf(f.name) : order.length);
    return [...all].sort((a, b) => rank(a) - rank(b));
  });
  const first = () => fields().filter((f) => order.slice(0, 2).includes(f.name));
  const rest = () => fields().filter((f) => !order.slice(0, 2).includes(f.name));

  return (
    <section class={styles.rail} aria-label="Filters">
      <For each={first()}>{(field) => <One field={field} />}</For>
      <ReviewFacet />
      <For each={rest()}>{(field) => <One field={field} />}</For>
    </section>
  );
}

function One(props: { field: Field }) {
  const session = useSession();
  const facet = () => session.facets().get(props.field.name);
  const closed = closedAtFirst.has(props.field.name);
  return (
    <Switch>
      <Match when={is(facet(), 'values')}>
        {(values) => (
          <Show
            when={props.field.name === 'label'}
            fallback={<ValuesFacet field={props.field} facet={values()} closed={closed} />}
          >
            <ClassFacet field={props.field} facet={values()} />
          </Show>
        )}
      </Match>
      <Match when={is(facet(), 'histogram')}>
        {(histogram) => <HistogramFacet field={props.field} facet={histogram()} closed={closed} />}
      </Match>
      <Match when={is(facet(), 'switch')}>{(yesNo) => <SwitchFacet field={props.field} facet={yesNo()} />}</Match>
    </Switch>
  );
}

/** The facet when it is of this kind. */
function is<K extends Facet['kind']>(facet: Facet | undefined, kind: K): Extract<Facet, { kind: K }> | undefined {
  return facet?.kind === kind ? (facet as Extract<Facet, { kind: K }>) : undefined; // the line before is the proof
}
