// A histogram that filters: two handles, typed bounds, and a drag over bins. It answers while one drags.
import { createMemo, createSignal, Index, Show } from 'solid-js';
import type { Facet, Field } from '../../../catalog/types.ts';
import { useSession } from '../../context.ts';
import { count } from '../../ui/format.ts';
import { rangeOf } from './conditions.ts';
import { FacetFrame } from './FacetFrame.tsx';
import styles from './HistogramFacet.module.css';
import { binAt, binsOf, parseBound, printBound, rangeCondition, rangeOfBins } from './histogram.ts';

type Bound = 0 | 1;

export function HistogramFacet(props: {
  field: Field;
  facet: Extract<Facet, { kind: 'histogram' }>;
  closed?: boolean;
}) {
  const session = useSession();
  const name = (): string => props.field.name;
  const whole = (): boolean => props.field.type === 'integer';
  const edges = (): number[] => props.facet.edges;
  const bins = (): number => props.facet.counts.length;
  const condition = () => session.condition(name());
  const range = createMemo((): readonly [number | null, number | null] => rangeOf(condition()) ?? [null, null]);
  const chosen = createMemo(() => binsOf(edges(), range()));
  const most = createMemo(() => Math.max(1, ...props.facet.counts));
  const total = (): number => session.dataset()?.size ?? 0;
  const low = (): number => range()[0] ?? edges()[0] ?? 0;
  const high = (): number => range()[1] ?? edges().at(-1) ?? 0;
  /** Part of the width, 0 to 100, of a value. */
  const at = (n: number): number => {
    const [from, to] = [edges()[0] ?? 0, edges().at(-1) ?? 0];
    return to > from ? Math.min(100, Math.max(0, (100 * (n - from)) / (to - from))) : 0;
  };
  const set = (next: readonly [number | null, number | null], before?: readonly [number | null, number | null]): void =>
    session.setCondition(name(), rangeCondition(name(), edges(), next, before));

  /** A drag over bins selects them; the range that was chosen before, again, clears. */
  function dragBins(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.button !== 0) return;
    const element = event.currentTarget;
    const box = element.getBoundingClientRect();
    const binOf = (e: PointerEvent): number => binAt(bins(), (e.clientX - box.left) / box.width);
    const start = binOf(event);
    const before = range();
    const choose = (e: PointerEvent, last: boolean): void => {
      const end = binOf(e);
      set(rangeOfBins(edges(), Math.min(start, end), Math.max(start, end), whole()), last ? before : undefined);
    };
    follow(element, event, choose);
  }

  function dragHandle(bound: Bound, event: PointerEvent & { currentTarget: HTMLElement }): void {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    follow(event.currentTarget, event, (e) => moveHandle(bound, binAt(bins(), (e.clientX - box.left) / box.width)));
  }

  function moveHandle(bound: Bound, bin: number): void {
    const [first, last] = chosen();
    // the other bound stays as it is, also where it was typed and lies inside of a bin
    if (bound === 0) set([rangeOfBins(edges(), Math.min(bin, last), last, whole())[0], range()[1]]);
    else set([range()[0], rangeOfBins(edges(), first, Math.max(bin, first), whole())[1]]);
  }

  function handleKey(bound: Bound, event: KeyboardEvent): void {
    const now = chosen()[bound];
    const steps: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      Home: 0,
      End: bins() - 1,
    };
    const bin = steps[event.key];
    if (bin === undefined) return;
    event.preventDefault();
    moveHandle(bound, Math.min(bins() - 1, Math.max(0, bin)));
  }

  const handle = (bound: Bound) => (
    <span
      class={styles.handle}
      role="slider"
      tabIndex={0}
      aria-label={`${props.field.title} ${bound === 0 ? 'from' : 'to'}`}
      aria-valuemin={edges()[0]}
      aria-valuemax={edges().at(-1)}
      aria-valuenow={bound === 0 ? low() : high()}
      aria-valuetext={printBound(bound === 0 ? low() : high(), props.field)}
      style={{ left: `${at(bound === 0 ? low() : high())}%` }}
      onPointerDown={(event) => dragHandle(bound, event)}
      onKeyDown={(event) => handleKey(bound, event)}
    />
  );

  return (
    <FacetFrame
      title={props.field.title}
      person={props.field.sensitive}
      closed={props.closed}
      note={props.field.unit === 'bytes' ? undefined : props.field.unit}
    >
      <div class={styles.bins} onPointerDown={dragBins}>
        <Index each={props.facet.counts}>
          {(rows, i) => (
            <span
              class={styles.bin}
              data-in={i >= chosen()[0] && i <= chosen()[1]}
              title={`${printBound(edges()[i] ?? 0, props.field)} – ${printBound(edges()[i + 1] ?? 0, props.field)}: ${count(rows())}`}
              style={{ height: rows() === 0 ? '0' : `max(var(--s-half), ${(100 * rows()) / most()}%)` }}
            />
          )}
        </Index>
      </div>
      <div class={styles.track}>
        {handle(0)}
        {handle(1)}
      </div>
      <div class={styles.ends}>
        <BoundInput
          label={`${props.field.title} from`}
          value={printBound(low(), props.field)}
          onText={(text) => typed(0, text)}
        />
        <BoundInput
          label={`${props.field.title} to`}
          value={printBound(high(), props.field)}
          onText={(text) => typed(1, text)}
        />
      </div>
      <Show when={props.facet.known < total()}>
        <p class={styles.known}>
          {props.field.title.toLowerCase()} read: {count(props.facet.known)} of {count(total())}
        </p>
      </Show>
    </FacetFrame>
  );

  /** True when the text was a bound. */
  function typed(bound: Bound, text: string): boolean {
    const n = parseBound(text, props.field);
    if (n === null) return false;
    set(bound === 0 ? [n, range()[1]] : [range()[0], n]);
    return true;
  }
}

/** A bound that can be typed; what is no bound goes back to what it was. */
function BoundInput(props: { label: string; value: string; onText(text: string): boolean }) {
  const [text, setText] = createSignal<string | null>(null);
  const commit = (): void => {
    const now = text();
    if (now !== null && now !== props.value) props.onText(now);
    setText(null);
  };
  return (
    <input
      class={styles.bound}
      aria-label={props.label}
      value={text() ?? props.value}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setText(null);
      }}
    />
  );
}

/** Calls `move` for a pointer until it is let go: at most once a frame, and once more, with `last`, at the end. */
function follow(element: HTMLElement, start: PointerEvent, move: (event: PointerEvent, last: boolean) => void): void {
  start.preventDefault();
  element.setPointerCapture(start.pointerId);
  let frame = 0;
  const stop = new AbortController();
  element.addEventListener(
    'pointermove',
    (event) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => move(event, false));
    },
    { signal: stop.signal },
  );
  const end = (event: PointerEvent): void => {
    cancelAnimationFrame(frame);
    stop.abort();
    if (event.type === 'pointerup') move(event, true);
  };
  element.addEventListener('pointerup', end, { signal: stop.signal });
  element.addEventListener('pointercancel', end, { signal: stop.signal });
}
