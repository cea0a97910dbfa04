// What a training plan trains on, judges by, holds out and refuses; folds and subsamples by their laws.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverHeldOut, stratifiedFolds, stratifiedSubsample } from '../../../src/learn/folds.ts';
import { bestPoint, estimateCost, pathIsDone, pathOfC } from '../../../src/learn/path.ts';
import { planTraining } from '../../../src/learn/plan.ts';
import type { TrainingSamples, TrainOptions } from '../../../src/learn/types.ts';

/** Samples written as 'split/class' a row; '-' is none, a leading '!' excludes. */
function samplesOf(rows: string[]): TrainingSamples {
  const cells = rows.map((row) => row.replace('!', '').split('/'));
  const names = (column: number) => [...new Set(cells.map((c) => c[column] ?? '-'))].filter((name) => name !== '-');
  const splits = names(0);
  const classes = names(1).map((name, i) => ({ id: 10 + i, name }));
  return {
    labels: Int32Array.from(cells, (c) => classes.find((k) => k.name === c[1])?.id ?? -1),
    split: Int32Array.from(cells, (c) => splits.indexOf(c[0] ?? '')),
    excluded: Uint8Array.from(rows, (row) => Number(row.startsWith('!'))),
    splits,
    classes,
  };
}

const times = (n: number, ...rows: string[]): string[] => Array.from({ length: n }, () => rows).flat();
const plan = (rows: string[], options: TrainOptions = {}) => planTraining(samplesOf(rows), options);
const refusal = (rows: string[], options: TrainOptions = {}): { code: string; message: string } => {
  try {
    plan(rows, options);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was not refused');
};

describe('plan', () => {
  test('trains on the train split, chooses C on the validation split, holds the test split out', () => {
    const p = plan([...times(3, 'train/a', 'train/b'), ...times(2, 'val/a', 'val/b'), 'test/a', 'train/-', 'test/-']);
    expect(p.split).toBe('train');
    expect([...p.train]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(p.judge).toEqual({ by: 'split', split: 'val', rows: Uint32Array.of(6, 7, 8, 9) });
    expect(p.heldOut.map((h) => [h.split, h.rows.length])).toEqual([
      ['test', 1],
      ['val', 4],
    ]);
    expect(p.leftOut).toEqual([
      { reason: 'no label, or more than one', count: 2 },
      { reason: 'in split val, held out', count: 4 },
      { reason: 'in split test, held out', count: 1 },
    ]);
  });

  test('without splits it trains on every labelled sample and judges by folds', () => {
    const p = plan([...times(4, '-/a', '-/b'), '-/-']);
    expect(p).toMatchObject({ split: null, judge: { by: 'folds' }, folds: 4, heldOut: [] });
    expect(p.train.length).toBe(8);
  });

  test('without a train split the test and validation splits still do not train', () => {
    const p = plan([...times(2, 'day1/a', 'day2/b'), 'test/a', 'valid/b']);
    expect(p.train.length).toBe(4);
    expect(p.judge).toMatchObject({ by: 'split', split: 'valid' });
    expect(p.heldOut.map((h) => h.split)).toEqual(['test', 'valid']);
  });

  test('excluded samples, ignored classes and samples in no split are left out and counted', () => {
    const p = plan(['!train/a', ...times(2, 'train/a', 'train/b', 'train/c'), '-/a'], {
      ignoreClasses: ['c', 'unknown'],
    });
    expect(p.classes.map((c) => c.name)).toEqual(['a', 'b']);
    expect(p.leftOut).toEqual([
      { reason: 'excluded', count: 1 },
      { reason: 'ignored class', count: 2 },
      { reason: 'in no split', count: 1 },
    ]);
    expect([...p.targets]).toEqual([-1, 0, 1, -1, 0, 1, -1, 0]);
  });

  test('a class without a training sample is not judged', () => {
    const p = plan([...times(2, 'train/a', 'train/b'), 'test/c', 'test/a']);
    expect(p.classes.map((c) => c.name)).toEqual(['a', 'b']);
    expect(p.heldOut).toEqual([{ split: 'test', rows: Uint32Array.of(5) }]);
    expect(p.leftOut).toContainEqual({ reason: 'class has no training sample', count: 1 });
  });

  test('the only sample of a class trains in every fold and is never held out', () => {
    const p = plan([...times(5, '-/a', '-/b'), '-/rare']);
    expect(p.unjudged).toEqual(['rare']);
    expect(p.foldOf[10]).toBe(neverHeldOut);
    expect([...p.foldOf.subarray(0, 10)].every((fold) => fold < 5)).toBe(true);
  });

  test('with one sample a class nothing can judge, and C is 1', () => {
    expect(plan(['-/a', '-/b'])).toMatchObject({ judge: { by: 'default', C: 1 }, folds: 0, unjudged: ['a', 'b'] });
  });

  test('a given C is taken, folds can be switched off', () => {
    expect(plan(times(3, '-/a', '-/b'), { C: 0.5, folds: 0 })).toMatchObject({
      judge: { by: 'given', C: 0.5 },
      folds: 0,
    });
  });

  test('a subsample keeps every class, and says what it left', () => {
    const p = plan([...times(90, '-/a'), ...times(9, '-/b'), '-/c'], { subsample: 20 });
    expect(p.train.length).toBe(20);
    const drawn = [...p.train].map((row) => p.targets[row]);
    expect(drawn.filter((t) => t === 0).length).toBeGreaterThan(15);
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2]));
    expect(p.leftOut).toContainEqual({ reason: 'not drawn into the subsample', count: 80 });
  });

  test('what cannot be trained is refused with a sentence that says what to do', () => {
    const cases: [ReturnType<typeof refusal>, string, RegExp][] = [
      [refusal([]), 'no-data', /Embed the pictures/],
      [refusal(['-/-', '-/-']), 'no-data', /No embedded picture has a label/],
      [refusal(['-/cat', '-/cat']), 'no-data', /Only one class .*: cat\. Label/],
      [refusal(['train/-', 'test/a', 'test/b']), 'no-data', /split train/],
      [refusal(times(2, 'train/a', 'train/b'), { trainSplit: 'day' }), 'not-found', /no split named day.*train/],
      [refusal(times(2, '-/a', '-/b'), { trainSplit: 'day' }), 'not-found', /has no splits/],
      [refusal(times(2, 'train/a', 'train/b'), { validationSplit: 'train' }), 'bad-input', /both train and judge/],
      [refusal([...times(2, 'train/a', 'train/b'), 'val/-'], { validationSplit: 'val' }), 'no-data', /split val/],
      [refusal(times(2, '-/a', '-/b'), { C: 0 }), 'bad-input', /C has to be/],
      [refusal(times(2, '-/a', '-/b'), { folds: 1 }), 'bad-input', /Folds/],
      [refusal(times(9, '-/a', '-/b', '-/c'), { subsample: 2 }), 'bad-input', /all 3 classes/],
    ];
    for (const [error, code, message] of cases) {
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
    }
  });
});

const targetsOf = fc.array(fc.nat(6), { minLength: 2, maxLength: 120 }).map((t) => Int32Array.from(t));

describe('folds', () => {
  test('are of even size, spread each class evenly, and leave every class in training', () => {
    fc.assert(
      fc.property(targetsOf, fc.integer({ min: 2, max: 9 }), fc.nat(), (targets, wanted, seed) => {
        const { folds, foldOf } = stratifiedFolds(targets, 7, wanted, seed);
        const counts = Array.from({ length: 7 }, (_, c) => targets.filter((t) => t === c).length);
        expect(folds).toBe(Math.max(...counts) < 2 ? 0 : Math.min(wanted, Math.max(...counts)));
        const sizes = Array.from({ length: folds }, (_, f) => foldOf.filter((fold) => fold === f).length);
        if (folds > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        counts.forEach((count, c) => {
          const inFold = Array.from(
            { length: folds },
            (_, f) => targets.filter((t, i) => t === c && foldOf[i] === f).length,
          );
          if (count < 2) expect(inFold.every((n) => n === 0)).toBe(true);
          else expect(Math.max(...inFold) - Math.min(...inFold)).toBeLessThanOrEqual(1);
          for (const held of inFold) if (count > 0) expect(count - held).toBeGreaterThan(0);
        });
      }),
    );
  });

  test('are the same for the same seed and differ for another', () => {
    const targets = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    const of = (seed: number) => [...stratifiedFolds(targets, 3, 5, seed).foldOf];
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});

describe('subsample', () => {
  test('has the wanted size, no row twice, and each class by its share to within one sample', () => {
    fc.assert(
      fc.property(targetsOf, fc.integer({ min: 7, max: 150 }), fc.nat(), (targets, size, seed) => {
        const drawn = stratifiedSubsample(targets, 7, size, seed);
        expect(drawn.length).toBe(Math.min(size, targets.length));
        expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        for (let c = 0; c < 7; c++) {
          const all = targets.filter((t) => t === c).length;
          const kept = [...drawn].filter((row) => targets[row] === c).length;
          if (all > 0) expect(kept).toBeGreaterThan(0);
          if (size < targets.length && all > 0) {
            // one each, the rest in proportion to what is left of each class
            const present = new Set(targets).size;
            const exact = 1 + ((all - 1) * (size - present)) / (targets.length - present);
            expect(Math.abs(kept - exact)).toBeLessThan(1 + 1e-9);
          }
        }
      }),
    );
  });
});

describe('path over C', () => {
  test('has thirteen half decades whose place follows the scale of the features', () => {
    const path = pathOfC(400);
    expect(path.length).toBe(13);
    expect(path[0]).toBeCloseTo(1e-4, 15);
    expect(path[12]).toBeCloseTo(100, 10);
    path.slice(1).forEach((C, i) => {
      expect(C / (path[i] ?? 0)).toBeCloseTo(Math.sqrt(10), 10);
    });
    expect(pathOfC(4)[0]).toBeCloseTo(0.01, 12);
    expect(pathOfC(0)).toEqual(path);
  });

  test('of equal scores the better probabilities win, then the smaller C, and the path ends two decades later', () => {
    const points = [0.4, 0.6, 0.6, 0.5, 0.6, 0.6].map((score, i) => ({
      C: 10 ** i,
      objective: 0,
      iterations: 0,
      score,
      loss: 1,
    }));
    expect(bestPoint(points)?.C).toBe(10);
    expect(bestPoint(points.map((p) => ({ ...p, loss: p.C === 100 ? 0.5 : 1 })))?.C).toBe(100);
    expect(bestPoint(points.map((p) => ({ ...p, loss: p.C === 1 ? 0.5 : 1 })))?.C).toBe(10);
    expect(pathIsDone(points.slice(0, 5))).toBe(false);
    expect(pathIsDone(points)).toBe(true);
    expect(bestPoint([])).toBeUndefined();
  });

  test('cost counts fits: the path on a split or in every fold, and the folds', () => {
    const rows = times(50, 'train/a', 'train/b');
    expect(estimateCost(plan(rows, { C: 1, folds: 0 })).fits).toBe(1);
    expect(estimateCost(plan(rows, { C: 1 })).fits).toBe(6);
    expect(estimateCost(plan(rows)).fits).toBe(46);
    expect(estimateCost(plan([...rows, 'val/a'])).fits).toBe(14);
    const twice = estimateCost(plan([...rows, ...rows]));
    expect(twice.rowEvaluations).toBe(2 * estimateCost(plan(rows)).rowEvaluations);
  });
});
