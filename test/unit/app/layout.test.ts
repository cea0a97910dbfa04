// The grid's geometry: places, hits, ranges and moves agree with each other, with and without groups.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createLayout,
  lineAt,
  type Move,
  moved,
  nearestTo,
  placeOf,
  positionAt,
  rangesIn,
} from '../../../src/app/browse/grid/layout.ts';
import type { Group } from '../../../src/catalog/types.ts';

const groupsOf = (counts: number[]): Group[] => {
  let start = 0;
  return counts.map((count, i) => {
    const group = { value: `g${i}`, start, count };
    start += count;
    return group;
  });
};

const layoutOf = (counts: number[], width = 700, cellSize = 136) =>
  createLayout({
    count: counts.reduce((a, b) => a + b, 0),
    groups: counts.length > 1 ? groupsOf(counts) : [],
    width,
    viewport: 600,
    cellSize,
    gap: 6,
    heading: 32,
  });

const anyLayout = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 200, max: 2000 }),
    fc.integer({ min: 40, max: 900 }),
  )
  .map(([counts, width, cell]) => layoutOf(counts, width, cell));

test('cells fill the width and are at least as wide as asked', () => {
  const layout = layoutOf([100]);
  expect(layout.columns).toBe(4);
  expect(layout.columns * layout.cellWidth + 3 * 6).toBeCloseTo(700);
});

test('a cell wider than the grid is one picture per row, as high as the viewport at most', () => {
  const layout = layoutOf([10], 700, 5000);
  expect(layout.columns).toBe(1);
  expect(layout.cellHeight).toBe(594);
});

test('a point in the middle of a cell hits that cell', () => {
  fc.assert(
    fc.property(anyLayout, fc.nat(), (layout, n) => {
      const position = n % layout.count;
      const place = placeOf(layout, position);
      const [x, y] = [place.left + layout.cellWidth / 2, place.top + layout.cellHeight / 2];
      expect(positionAt(layout, x, y)).toBe(position);
      expect(nearestTo(layout, x, y)).toBe(position);
    }),
  );
});

test('lines hold every cell once and in order', () => {
  fc.assert(
    fc.property(anyLayout, (layout) => {
      let next = 0;
      for (let n = 0; n < layout.lines; n++) {
        const line = lineAt(layout, n);
        if (line?.kind !== 'row') continue;
        expect(line.first).toBe(next);
        expect(line.count).toBeGreaterThan(0);
        next += line.count;
      }
      expect(next).toBe(layout.count);
      expect(lineAt(layout, layout.lines)).toBeUndefined();
    }),
  );
});

test('gaps, headings and the space after the last cell hit nothing', () => {
  const layout = layoutOf([3, 5]);
  expect(positionAt(layout, 10, 10)).toBeNull();
  expect(positionAt(layout, layout.cellWidth + 3, 60)).toBeNull();
  expect(positionAt(layout, 3 * (layout.cellWidth + 6) + 10, 60)).toBeNull();
});

test('every move stays inside, and down then up comes back inside of a section', () => {
  const moves: Move[] = [
    'left',
    'right',
    'up',
    'down',
    'first',
    'last',
    'page-up',
    'page-down',
    'row-start',
    'row-end',
  ];
  fc.assert(
    fc.property(anyLayout, fc.nat(), fc.constantFrom(...moves), (layout, n, move) => {
      const to = moved(layout, n % layout.count, move, 600);
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(layout.count);
    }),
  );
  const layout = layoutOf([100]);
  expect(moved(layout, moved(layout, 41, 'down', 600), 'up', 600)).toBe(41);
});

test('moving down crosses a heading into the same column, or the last cell there', () => {
  const layout = layoutOf([4, 2, 8]);
  expect(moved(layout, 1, 'down', 600)).toBe(5);
  expect(moved(layout, 3, 'down', 600)).toBe(5);
  expect(moved(layout, 9, 'up', 600)).toBe(5);
});

test('up in the first row and down in the last end at the ends', () => {
  const layout = layoutOf([10]);
  expect(moved(layout, 2, 'up', 600)).toBe(2);
  expect(moved(layout, 9, 'down', 600)).toBe(9);
  expect(moved(layout, 2, 'page-up', 600)).toBe(2);
  expect(moved(layout, 0, 'page-down', 600)).toBe(9);
});

test('a rubber band touches exactly the cells that it overlaps', () => {
  fc.assert(
    fc.property(anyLayout, fc.nat(), fc.nat(), (layout, a, b) => {
      const [p, q] = [placeOf(layout, a % layout.count), placeOf(layout, b % layout.count)];
      const [x0, y0, x1, y1] = [p.left + 1, p.top + 1, q.left + 1, q.top + 1];
      const hit = new Set<number>();
      for (const [from, to] of rangesIn(layout, x0, y0, x1, y1)) for (let i = from; i <= to; i++) hit.add(i);
      for (let i = 0; i < layout.count; i++) {
        const place = placeOf(layout, i);
        const overlaps =
          place.left <= Math.max(x0, x1) &&
          place.left + layout.cellWidth >= Math.min(x0, x1) &&
          place.top <= Math.max(y0, y1) &&
          place.top + layout.cellHeight >= Math.min(y0, y1);
        expect(hit.has(i)).toBe(overlaps);
      }
    }),
    { numRuns: 40 },
  );
});
