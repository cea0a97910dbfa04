// The filter rail: one facet a field, each with the counts that the other filters leave.
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { titleOfZeroShot } from '../../ui/backbone.ts';
import { Swatch } from '../../ui/Swatch.tsx';
import { ClassFacet } from './ClassFacet.tsx';
import styles from './FilterRail.module.css';
import { HistogramFacet } from './HistogramFacet.tsx';
import { ReviewFacet, reviewRows } from './ReviewFacet.tsx';
import { SwitchFacet } from './SwitchFacet.tsx';
import { ValuesFacet } from './ValuesFacet.tsx';

const secondThoughts = new Set(['margin', 'entropy', 'doubt']);
/** Of use to few, so closed until someone opens them: what a file says of itself, but for its width, and scores beside the confidence. */
const closedAtFirst = (field: Field): boolean =>
  (field.origin === 'file' && field.name !== 'width') || secondThoughts.has(field.name);
/** Where the named fields stand; the others follow in the dataset's order. */
const order = ['split', 'label', 'predicted', 'confidence', 'backbone_class', 'backbone_confidence'];
/** What a backbone with classes of its own says before anything is trained. */
const zeroShot: Record<string, string> = { backbone_class: 'Seen by', backbone_confidence: 'Confidence of' };
const beforeReview = new Set(['split', 'label']);
const reviewFields = new Set(reviewRows.map((row) => row.field));

export function FilterRail() {
  const session = useSession();
  // by name: the fields themselves are new objects with every state of the dataset, and a facet must keep its focus and its search
  const names = createMemo(
    () => {
      const fields = (session.dataset()?.fields ?? []).filter((f) => f.facet !== 'none' && !reviewFields.has(f.name));
      const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
      return fields.map((f) => f.name).sort((a, b) => rank(a) - rank(b));
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((name, i) => name === b[i]) },
  );
  const first = () => names().filter((name) => beforeReview.has(name));
  const rest = () => names().filter((name) => !beforeReview.has(name));

  return (
    <section class={styles.rail} aria-label="Filters">
      <For each={first()}>{(name) => <One name={name} />}</For>
      <ReviewFacet />
      <For each={rest()}>{(name) => <One name={name} />}</For>
    </section>
  );
}

function One(props: { name: string }) {
  const session = useSession();
  const facet = () => session.facets().get(props.name);
  const field = (): Field | undefined => {
    const found = session.dataset()?.fields.find((f) => f.name === props.name);
    const seenBy = found && zeroShot[found.name];
    // the backbone speaks for itself here: its name says whose classes these are
    return seenBy ? { ...found, title: `${seenBy} ${titleOfZeroShot(session)}` } : found;
  };
  const swatch = (value: string) => (
    <Show when={session.dataset()?.classes.find((c) => c.name === value)}>{(info) => <Swatch of={info()} />}</Show>
  );
  return (
    <Show when={hasValues(facet()) && field()}>
      {(known) => (
        <Switch>
          <Match when={is(facet(), 'values')}>
            {(values) => (
              <Show
                when={props.name === 'label'}
                fallback={
                  <ValuesFacet
                    field={known()}
                    facet={values()}
                    closed={closedAtFirst(known())}
                    swatch={props.name === 'predicted' ? swatch : undefined}
                  />
                }
              >
                <ClassFacet field={known()} facet={values()} />
              </Show>
            )}
          </Match>
          <Match when={is(facet(), 'histogram')}>
            {(histogram) => <HistogramFacet field={known()} facet={histogram()} closed={closedAtFirst(known())} />}
          </Match>
          <Match when={is(facet(), 'switch')}>
            {(yesNo) => <SwitchFacet field={known()} facet={yesNo()} closed={closedAtFirst(known())} />}
          </Match>
        </Switch>
      )}
    </Show>
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
