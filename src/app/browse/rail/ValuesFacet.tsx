// A list facet: values with counts, 'missing' as a value, the tail as 'other', by count or by name, with a search when it is long.
import ArrowDownAZ from 'lucide-solid/icons/arrow-down-a-z';
import ArrowDownWideNarrow from 'lucide-solid/icons/arrow-down-wide-narrow';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { compareNatural } from '../../../shared/natural.ts';
import { useSession } from '../../context.ts';
import controls from '../../ui/controls.module.css';
import { count } from '../../ui/format.ts';
import { type Choice, choiceOf, conditionOf, not, only, passes, tailCondition, toggled } from './conditions.ts';
import { FacetFrame } from './FacetFrame.tsx';
import styles from './FilterRail.module.css';
import { ValueRow } from './ValueRow.tsx';

interface Props {
  field: Field;
  facet: Extract<Facet, { kind: 'values' }>;
  closed?: boolean;
  note?: JSX.Element;
  /** What stands before a value, and what else can be done with it. */
  swatch?(value: string): JSX.Element;
  menu?(value: string): JSX.Element;
  number?(value: string): number | undefined;
}

const searchFrom = 12; // values; a longer list gets a search box
const shownAtOnce = 200; // elements; the search finds the rest

export function ValuesFacet(props: Props) {
  const session = useSession();
  const [byName, setByName] = createSignal(false);
  const [all, setAll] = createSignal(false);
  const [search, setSearch] = createSignal('');
  const name = (): string => props.field.name;
  const choice = createMemo(() => choiceOf(session.condition(name())));
  const choose = (next: Choice): void => session.setCondition(name(), conditionOf(name(), next));
  const none = (): boolean => choice().values.size === 0 && !choice().missing;
  const most = createMemo(() => props.facet.values.reduce((m, v) => Math.max(m, v.count), props.facet.missing));

  const values = createMemo(() => {
    const text = search().trim().toLowerCase();
    const found =
      text === '' ? props.facet.values : props.facet.values.filter((v) => v.value.toLowerCase().includes(text));
    return byName() ? [...found].sort((a, b) => compareNatural(a.value, b.value)) : found;
  });
  const shown = createMemo(() => values().slice(0, all() || search() !== '' ? shownAtOnce : searchFrom));

  const counts = createMemo(() => new Map(props.facet.values.map((v) => [v.value, v.count])));
  const row = (value: string | null): JSX.Element => (
    <ValueRow
      name={value ?? 'missing'}
      quiet={value === null}
      count={value === null ? props.facet.missing : (counts().get(value) ?? 0)}
      most={most()}
      chosen={!none() && passes(choice(), value)}
      out={!passes(choice(), value)}
      swatch={value === null ? undefined : props.swatch?.(value)}
      key={value === null ? undefined : props.number?.(value)}
      menu={value === null ? undefined : props.menu?.(value)}
      onToggle={() => choose(toggled(choice(), value))}
      onOnly={() => choose(only(value))}
      onNot={() => choose(not(value))}
    />
  );

  return (
    <FacetFrame
      title={props.field.title}
      person={props.field.sensitive}
      closed={props.closed}
      note={
        <>
          {props.note}
          <Show when={props.facet.values.length > 3}>
            <button
              type="button"
              class={styles.order}
              aria-label={byName() ? `Sort ${props.field.title} by count` : `Sort ${props.field.title} by name`}
              title={byName() ? 'By name; click for by count' : 'By count; click for by name'}
              onClick={() => setByName(!byName())}
            >
              {byName() ? <ArrowDownAZ /> : <ArrowDownWideNarrow />}
            </button>
          </Show>
        </>
      }
    >
      <Show when={props.facet.values.length > searchFrom}>
        <input
          type="search"
          class={`${controls.field} ${styles.search}`}
          aria-label={`Search in ${props.field.title}`}
          placeholder={`${count(props.facet.values.length)} values`}
          value={search()}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </Show>
      <div class={styles.values}>
        <For each={shown().map((v) => v.value)}>{(value) => row(value)}</For>
        <Show when={props.facet.missing > 0 || choice().missing}>{row(null)}</Show>
        <Show when={props.facet.other.rows > 0}>
          <ValueRow
            name={`other, ${count(props.facet.other.values)} values`}
            quiet
            count={props.facet.other.rows}
            most={most()}
            chosen={false}
            out={false}
            onToggle={() =>
              session.setCondition(
                name(),
                tailCondition(
                  name(),
                  props.facet.values.map((v) => v.value),
                ),
              )
            }
          />
        </Show>
      </div>
      <Show when={search() === '' && values().length > searchFrom}>
        <button type="button" class={styles.more} onClick={() => setAll(!all())}>
          {all() ? 'Show fewer' : `Show all ${count(values().length)}`}
        </button>
      </Show>
    </FacetFrame>
  );
}
