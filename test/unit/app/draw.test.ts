// Pictures keep their shape in a cell: whole when contained, evenly cropped when they fill it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit } from '../../../src/app/browse/grid/draw.ts';

const side = fc.integer({ min: 1, max: 4000 });
const cell = { x: 12, y: 30, width: 150, height: 150 };

test('the picture never changes its proportions', () => {
  fc.assert(
    fc.property(side, side, fc.boolean(), (width, height, fill) => {
      const { source, target } = fit(width, height, cell, fill);
      expect(target.width / source.width).toBeCloseTo(target.height / source.height, 6);
    }),
  );
});

test('contained pictures are whole and inside, filling ones cover the cell', () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const inside = fit(width, height, cell, false);
      expect(inside.source).toEqual({ x: 0, y: 0, width, height });
      expect(inside.target.x).toBeGreaterThanOrEqual(cell.x - 1e-9);
      expect(inside.target.x + inside.target.width).toBeLessThanOrEqual(cell.x + cell.width + 1e-9);
      const filled = fit(width, height, cell, true);
      expect(filled.target).toEqual(cell);
      expect(filled.source.x).toBeGreaterThanOrEqual(-1e-9);
      expect(filled.source.width).toBeLessThanOrEqual(width + 1e-9);
    }),
  );
});
