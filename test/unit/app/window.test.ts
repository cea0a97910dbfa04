// Window and level as arithmetic: what drags do, and that a look becomes the same rule of pixels wherever it is kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dragged,
  type Kind,
  type Look,
  lookAt,
  lookOf,
  pixelView,
  presetsOf,
  stepOf,
  storedLook,
  windowOf,
} from '../../../src/app/inspect/window.ts';
import type { DeepView } from '../../../src/catalog/types.ts';

const number = fc.double({ min: -4000, max: 4000, noNaN: true });
const window = fc.record({ center: number, width: fc.double({ min: 1, max: 8000, noNaN: true }) });
const kind = fc.constantFrom<Kind>('dicom', 'other');
const range = fc.constantFrom<NonNullable<DeepView['range']>>(
  'file',
  { percentiles: [0.5, 99.5] },
  { low: 1, high: 9 },
);
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const view: fc.Arbitrary<DeepView> = fc
  .record({ range: optional(range), window: optional(window), frame: optional(fc.constant('middle' as const)) })
  .map(({ range, window, frame }) => ({ ...(range && { range }), ...(window && { window }), ...(frame && { frame }) }));

test('a window is the same after it became a look', () => {
  fc.assert(
    fc.property(window, kind, (given, of) => {
      const back = windowOf(lookAt(given, of), of);
      expect(back?.center).toBeCloseTo(given.center, 6);
      expect(back?.width).toBeCloseTo(given.width, 6);
    }),
  );
});

test('a look that is used for all pictures is the look of the dataset afterwards, and the frame stays', () => {
  fc.assert(
    fc.property(view, window, kind, (before, given, of) => {
      const looks: Look[] = [lookAt(given, of), ...presetsOf(of).map((preset) => preset.look)];
      for (const look of looks) {
        const after = storedLook(before, look, of);
        expect(lookOf(after, of)).toEqual(look.window || look.range ? look : lookOf(storedLook(before, {}, of), of));
        expect(after.frame).toEqual(before.frame);
      }
    }),
  );
});

test('a window for slices leaves the range of other pictures alone, and a range of others the window of slices', () => {
  const before: DeepView = { range: 'file', window: { center: 40, width: 400 } };
  const lung = { center: -600, width: 1500 };
  expect(storedLook(before, { window: lung }, 'dicom')).toEqual({ range: 'file', window: lung });
  expect(storedLook(before, { range: { low: 0, high: 5 } }, 'other')).toEqual({
    range: { low: 0, high: 5 },
    window: { center: 40, width: 400 },
  });
  expect(storedLook(before, {}, 'dicom')).toEqual({});
});

test('what is tried goes before the dataset’s rule, and a chosen frame before the dataset’s', () => {
  const of: DeepView = { range: 'file', window: { center: 40, width: 400 }, frame: 'middle' };
  expect(pixelView(of, undefined, undefined)).toEqual(of);
  expect(pixelView(of, {}, undefined)).toEqual({ frame: 'middle' });
  expect(pixelView(of, { range: { low: 1, high: 2 } }, 0)).toEqual({ range: { low: 1, high: 2 }, frame: 0 });
});

test('dragging right widens, down raises the centre, back again is where it began', () => {
  fc.assert(
    fc.property(window, fc.integer({ min: 0, max: 300 }), fc.integer({ min: -300, max: 300 }), (from, dx, dy) => {
      const there = dragged(from, dx, dy, 2, false);
      expect(there.width).toBeGreaterThanOrEqual(from.width);
      expect(Math.sign(there.center - from.center)).toBe(Math.sign(dy) + 0);
      const back = dragged(there, -dx, -dy, 2, false);
      expect(back.center).toBeCloseTo(from.center, 6);
      expect(back.width).toBeCloseTo(from.width, 6);
    }),
  );
});

test('a window never becomes empty, and one of whole values stays whole', () => {
  fc.assert(
    fc.property(
      window,
      fc.integer({ min: -5000, max: 0 }),
      fc.double({ min: 0.01, max: 50, noNaN: true }),
      (from, dx, step) => {
        const fine = dragged(from, dx, 3, step, false);
        expect(fine.width).toBeGreaterThan(0);
        const coarse = dragged(from, dx, 3, step, true);
        expect(coarse.width).toBeGreaterThanOrEqual(1);
        expect([coarse.center, coarse.width].every(Number.isInteger)).toBe(true);
      },
    ),
  );
});

test('a picture of one value can still be dragged', () => {
  const flat = { low: 7, high: 7 };
  expect(stepOf({ bulk: flat, found: flat })).toBeGreaterThan(0);
});
