// Mapped scrolling: every picture of a million can be reached, and the wheel moves by what it says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyScroll,
  maxSpacer,
  reduceScroll,
  type ScrollState,
  spacerHeight,
} from '../../../src/app/browse/grid/scroll.ts';

const sized = (content: number, viewport = 800): ScrollState =>
  reduceScroll(emptyScroll, { type: 'sized', content, viewport, position: 0 });

const million = sized(1_331_166 * 40); // one picture in a row of 40 px: 53 million px

test('content that fits is scrolled as it is', () => {
  const state = reduceScroll(sized(100_000), { type: 'scrolled', top: 4321 });
  expect(state.position).toBe(4321);
});

test('the spacer never passes what browsers can make at a device pixel ratio of 2', () => {
  expect(spacerHeight(1e9)).toBe(maxSpacer);
  expect(spacerHeight(1e9) * 2).toBeLessThan(16_777_214);
});

test('a wheel moves mapped content by exactly its own pixels', () => {
  const start = reduceScroll(million, { type: 'to', position: 20_000_000 });
  const next = reduceScroll(start, { type: 'scrolled', top: start.top + 120 });
  expect(next.position).toBeCloseTo(20_000_120, 6);
});

test('dragging the bar to its end shows the last row, to the pixel', () => {
  const state = reduceScroll(million, { type: 'scrolled', top: maxSpacer - 800 });
  expect(state.position).toBe(million.content - 800);
});

test('the wheel reaches the last row from anywhere near it', () => {
  let state = reduceScroll(million, { type: 'to', position: million.content - 800 - 5000 });
  for (let i = 0; i < 60; i++) {
    // what the element would do: it stops at its own end
    const top = Math.min(state.top + 100, maxSpacer - 800);
    state = reduceScroll(state, { type: 'scrolled', top });
  }
  expect(state.position).toBe(million.content - 800);
});

test('the wheel reaches the first row from anywhere near it', () => {
  let state = reduceScroll(million, { type: 'to', position: 5000 });
  for (let i = 0; i < 60; i++) state = reduceScroll(state, { type: 'scrolled', top: Math.max(0, state.top - 100) });
  expect(state.position).toBe(0);
  expect(state.top).toBe(0);
});

test('after coming to rest the bar shows where the content is', () => {
  let state = reduceScroll(million, { type: 'to', position: 10_000_000 });
  for (let i = 0; i < 30; i++) state = reduceScroll(state, { type: 'scrolled', top: state.top + 100 });
  const rest = reduceScroll(state, { type: 'settled' });
  expect(rest.position).toBe(state.position);
  const dragged = reduceScroll({ ...million, top: 0, position: 0 }, { type: 'scrolled', top: rest.top });
  expect(dragged.position).toBeCloseTo(rest.position, 3);
});

test('content that shrinks keeps the position inside of it', () => {
  const far = reduceScroll(million, { type: 'to', position: 40_000_000 });
  const state = reduceScroll(far, { type: 'sized', content: 2000, viewport: 800, position: far.position });
  expect(state.position).toBe(1200);
});

test('any sequence of moves stays inside of the content and of the bar', () => {
  const action = fc.oneof(
    fc.record({ type: fc.constant('delta' as const), by: fc.integer({ min: -9_000_000, max: 9_000_000 }) }),
    fc.record({ type: fc.constant('delta' as const), by: fc.integer({ min: -2000, max: 2000 }) }),
    fc.constant({ type: 'settled' as const }),
    fc.record({ type: fc.constant('to' as const), position: fc.integer({ min: -10, max: 60_000_000 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000_000 }), fc.array(action, { maxLength: 40 }), (content, actions) => {
      let state = sized(content);
      const end = Math.max(0, spacerHeight(content) - 800);
      for (const a of actions) {
        const next =
          a.type === 'delta' ? ({ type: 'scrolled', top: Math.min(end, Math.max(0, state.top + a.by)) } as const) : a;
        state = reduceScroll(state, next);
        expect(state.position).toBeGreaterThanOrEqual(0);
        expect(state.position).toBeLessThanOrEqual(Math.max(0, content - 800));
        expect(state.top).toBeGreaterThanOrEqual(0);
        expect(state.top).toBeLessThanOrEqual(end);
      }
    }),
  );
});
