// The filter rail: one facet a field, each with the counts that the other filters leave.
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { Swatch } from '../../ui/Swatch.tsx';
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
  const isClasses = (): boolean => props.field.name === 'predicted';
  const swatch = (value: string) => (
    <Show when={session.dataset()?.classes.find((c) => c.name === value)}>{(info) => <Swatch of={info()} />}</Show>
  );
  return (
    <Switch>
      <Match when={hasValues(facet()) && is(facet(), 'values')}>
        {(values) => (
          <Show
            when={props.field.name === 'label'}
            fallback={
              <ValuesFacet
                field={props.field}
                facet={values()}
                closed={closed}
                swatch={isClasses() ? swatch : undefined}
              />
            }
          >
            <ClassFacet field={props.field} facet={values()} />
          </Show>
        )}
      </Match>
      <Match when={hasValues(facet()) && is(facet(), 'histogram')}>
        {(histogram) => <HistogramFacet field={props.field} facet={histogram()} closed={closed} />}
      </Match>
      <Match when={is(facet(), 'switch')}>{(yesNo) => <SwitchFacet field={props.field} facet={yesNo()} />}</Match>
    </Switch>
  );
}

/** False while no row has a value at all: a facet of nothing but 'missing' tells nothing. */
function hasValues(facet: Facet | undefined): boolean {
  if (facet?.kind === 'values') return facet.values.length > 0;
  return facet?.kind !== 'histogram' || facet.known > 0;
}

/** The facet when it is of this kind. */
function is<K extends Facet['kind']>(facet: Facet | undefined, kind: K): Extract<Facet, { kind: K }> | undefined {
  return facet?.kind === kind ? (facet as Extract<Facet, { kind: K }>) : undefined; // the line before is the proof
}
