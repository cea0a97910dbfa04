// Zoom and pan of the inspector: laws that hold for every picture, stage and pointer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, fitScale, inside, pan, placement, type Size, type Zoom, zoomAt } from '../../../src/app/inspect/zoom.ts';

const side = fc.double({ min: 20, max: 4000, noNaN: true });
const size: fc.Arbitrary<Size> = fc.record({ width: side, height: side });
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** A zoom that the interface can be in: reached by zooming in from the fit. */
const scene = fc.record({
  stage: size,
  picture: size,
  x: share,
  y: share,
  factor: fc.double({ min: 1.1, max: 40, noNaN: true }),
});

const pointOf = (stage: Size, x: number, y: number) => ({ x: x * stage.width, y: y * stage.height });

/** Which point of the picture (0 to 1) is seen at a point of the stage. */
function seenAt(zoom: Zoom, stage: Size, picture: Size, point: { x: number; y: number }): [u: number, v: number] {
  const place = placement(zoom, stage, picture);
  return [(point.x - place.left) / place.width, (point.y - place.top) / place.height];
}

test('the fit shows the whole picture, in the middle, at most eight times its size', () => {
  fc.assert(
    fc.property(size, size, (stage, picture) => {
      const place = placement(fit, stage, picture);
      expect(place.left).toBeGreaterThanOrEqual(-1e-6);
      expect(place.top).toBeGreaterThanOrEqual(-1e-6);
      expect(place.left * 2 + place.width).toBeCloseTo(stage.width, 6);
      expect(place.top * 2 + place.height).toBeCloseTo(stage.height, 6);
      expect(fitScale(stage, picture)).toBeLessThanOrEqual(8);
    }),
  );
});

test('what is under the pointer stays there while zooming in, wherever the picture’s edges allow it', () => {
  fc.assert(
    fc.property(scene, ({ stage, picture, x, y, factor }) => {
      const first = zoomAt(fit, stage, picture, pointOf(stage, x, y), factor);
      if (first.scale === null) return;
      const place = placement(first, stage, picture);
      // an axis on which the picture is larger than the stage is free; on the other it stays centred
      const free = [place.width > stage.width + 1e-6, place.height > stage.height + 1e-6];
      const before = seenAt(first, stage, picture, pointOf(stage, x, y));
      const next = zoomAt(first, stage, picture, pointOf(stage, x, y), 1.5);
      const after = seenAt(next, stage, picture, pointOf(stage, x, y));
      for (const axis of [0, 1]) if (free[axis]) expect(after[axis]).toBeCloseTo(before[axis] ?? 0, 6);
    }),
  );
});

test('zooming out as far as one zoomed in is the fit again', () => {
  fc.assert(
    fc.property(scene, ({ stage, picture, x, y, factor }) => {
      const point = pointOf(stage, x, y);
      expect(zoomAt(zoomAt(fit, stage, picture, point, factor), stage, picture, point, 1 / (factor * 1.001))).toEqual(
        fit,
      );
    }),
  );
});

test('no pan leaves a gap beside a picture that is larger than the stage', () => {
  const way = fc.double({ min: -9000, max: 9000, noNaN: true });
  fc.assert(
    fc.property(scene, way, way, ({ stage, picture, x, y, factor }, dx, dy) => {
      const zoomed = zoomAt(fit, stage, picture, pointOf(stage, x, y), factor);
      const place = placement(pan(zoomed, stage, picture, dx, dy), stage, picture);
      for (const [start, length, stageLength] of [
        [place.left, place.width, stage.width],
        [place.top, place.height, stage.height],
      ] as const) {
        if (length > stageLength) {
          expect(start).toBeLessThanOrEqual(1e-6);
          expect(start + length).toBeGreaterThanOrEqual(stageLength - 1e-6);
        } else expect(2 * start + length).toBeCloseTo(stageLength, 6);
      }
    }),
  );
});

test('keeping a picture inside twice changes nothing more', () => {
  fc.assert(
    fc.property(scene, ({ stage, picture, x, y, factor }) => {
      const once = inside({ scale: fitScale(stage, picture) * factor, x, y }, stage, picture);
      const twice = inside(once, stage, picture);
      expect(twice.x).toBeCloseTo(once.x, 9);
      expect(twice.y).toBeCloseTo(once.y, 9);
    }),
  );
});

test('one picture pixel is at most 32 pixels of the screen', () => {
  const stage = { width: 300, height: 200 };
  const zoom = zoomAt(fit, stage, { width: 1000, height: 1000 }, { x: 150, y: 100 }, 1e6);
  expect(zoom.scale).toBe(32);
});
