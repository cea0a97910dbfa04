// The solver and the data term by their laws: known minima, finite differences, symmetric and extreme cases, rounding, stopping.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/learn/folds.ts';
import { centreRows, chunkedEvaluator, chunkRows, signsOf } from '../../../src/learn/solver/chunks.ts';
import { fitProbe, startingWeights, uncentred } from '../../../src/learn/solver/fit.ts';
import { minimise, type ValueGradient } from '../../../src/learn/solver/lbfgs.ts';
import { searchLine } from '../../../src/learn/solver/line-search.ts';
import { covariance, createPreconditioner, curvatureOf } from '../../../src/learn/solver/precondition.ts';
import { logisticReference, softmaxReference } from '../../../src/learn/solver/reference.ts';
import type { Evaluator } from '../../../src/learn/types.ts';

const numbers = (n: number, seed: number, scale = 1): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => scale * (2 * random() - 1));
};

/** Minimises a synchronous function from a point. */
async function minimum(
  f: (x: Float64Array) => ValueGradient,
  point: Float64Array,
  options: Partial<Parameters<typeof minimise>[2]> = {},
) {
  return minimise(async (x) => f(x), { point, ...f(point) }, { tolerance: 1e-8, maxIterations: 500, ...options });
}

const rosenbrock = (x: Float64Array): ValueGradient => {
  const [a = 0, b = 0] = x;
  return {
    value: (1 - a) ** 2 + 100 * (b - a * a) ** 2,
    gradient: Float64Array.of(-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)),
  };
};

describe('L-BFGS', () => {
  test('finds the bottom of the Rosenbrock valley and leaves its start alone', async () => {
    const start = Float64Array.of(-1.2, 1);
    const { point, reason, value } = await minimum(rosenbrock, start);
    expect(reason).toBe('converged');
    expect(value).toBeLessThan(1e-15);
    expect(point[0]).toBeCloseTo(1, 6);
    expect([...start]).toEqual([-1.2, 1]);
  });

  test('solves convex quadratics of any conditioning up to 1e4', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.integer(), async (n, seed) => {
        const scales = numbers(n, seed).map((u) => 10 ** (2 * u));
        const centre = numbers(n, seed + 1, 10);
        const quadratic = (x: Float64Array): ValueGradient => {
          const gradient = x.map((v, i) => (scales[i] ?? 0) * (v - (centre[i] ?? 0)));
          return {
            value: gradient.reduce((sum, g, i) => sum + (g * ((x[i] ?? 0) - (centre[i] ?? 0))) / 2, 0),
            gradient,
          };
        };
        const { point, reason } = await minimum(quadratic, new Float64Array(n), {
          tolerance: 1e-7,
          maxIterations: 3000,
        });
        expect(reason).toBe('converged');
        point.forEach((v, i) => {
          expect(Math.abs(v - (centre[i] ?? 0)) * (scales[i] ?? 0)).toBeLessThanOrEqual(1e-7);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('needs no step at a minimum', async () => {
    const { iterations, evaluations, reason } = await minimum(rosenbrock, Float64Array.of(1, 1));
    expect({ iterations, evaluations, reason }).toEqual({ iterations: 0, evaluations: 1, reason: 'converged' });
  });

  test('ends by itself where rounding hides any further progress', async () => {
    const random = seededRandom(4);
    const rounded = (x: Float64Array): ValueGradient => {
      const { value, gradient } = rosenbrock(x);
      // a value near 1 with errors of float32, and a gradient that never gets below its own rounding
      return { value: Math.fround(1 + value), gradient: gradient.map((g) => g + 1e-5 * (random() - 0.5)) };
    };
    const { reason, point, iterations } = await minimum(rounded, Float64Array.of(-1.2, 1), {
      tolerance: 1e-12,
      maxIterations: 5000,
    });
    expect(reason).toBe('stalled');
    expect(iterations).toBeLessThan(500);
    expect(rosenbrock(point).value).toBeLessThan(1e-4);
  });

  test('stops at the iteration limit', async () => {
    const { iterations, reason } = await minimum(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 3 });
    expect({ iterations, reason }).toEqual({ iterations: 3, reason: 'iterations' });
  });

  test('asks for no more evaluations once it is stopped', async () => {
    const controller = new AbortController();
    let calls = 0;
    const start = Float64Array.of(-1.2, 1);
    const run = minimise(
      async (x) => {
        if (++calls === 4) controller.abort();
        return rosenbrock(x);
      },
      { point: start, ...rosenbrock(start) },
      { tolerance: 1e-8, maxIterations: 100, signal: controller.signal },
    );
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(calls).toBe(4);
  });
});

describe('line search', () => {
  test('accepted steps lower the value and meet the curvature condition', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        async (target, first) => {
          // a lopsided valley whose minimum lies at `target`
          const at = async (step: number) => {
            const u = step / target;
            return { step, value: u - Math.log(u + 1e-3), slope: (1 - 1 / (u + 1e-3)) / target };
          };
          const origin = await at(0);
          const found = await searchLine(origin, first, 0, at);
          expect(found).not.toBeNull();
          if (!found) return;
          // the approximate Wolfe condition may replace the sufficient decrease by one on the slope
          expect(found.value).toBeLessThan(origin.value);
          expect(found.slope).toBeLessThanOrEqual((2e-4 - 1) * origin.slope);
          expect(Math.abs(found.slope)).toBeLessThanOrEqual(-0.9 * origin.slope);
        },
      ),
    );
  });

  test('steps back from where the function is not a number', async () => {
    const found = await searchLine({ step: 0, value: 0, slope: -1 }, 8, 0, async (step) =>
      step > 1
        ? { step, value: Number.NaN, slope: Number.NaN }
        : { step, value: step * step - step, slope: 2 * step - 1 },
    );
    expect(found?.value).toBeLessThan(0);
  });

  test('gives up on a direction that only rises', async () => {
    const found = await searchLine({ step: 0, value: 0, slope: -1 }, 1, 0, async (step) => ({
      step,
      value: step,
      slope: 1,
    }));
    expect(found).toBeNull();
  });
});

describe('data term', () => {
  const [n, dim, k] = [12, 5, 4];
  const matrix = { data: numbers(n * dim, 1), dim };
  const labels = Int32Array.from({ length: n }, (_, i) => (i === 7 ? -1 : i % k));
  const signs = Float32Array.from({ length: n * k }, (_, i) => (i % 5 === 0 ? 0 : i % 3 === 0 ? 1 : -1));
  const cases: [string, Evaluator][] = [
    ['softmax', softmaxReference(matrix, labels, k)],
    ['logistic', logisticReference(matrix, signs, k)],
  ];

  test.each(cases)('the %s gradient is the slope of the loss', async (_, evaluate) => {
    const W = numbers(k * dim, 2);
    const b = numbers(k, 3);
    const { gradW, gradB } = await evaluate(W, b);
    const h = 1e-6;
    for (const [values, gradient] of [
      [W, gradW],
      [b, gradB],
    ] as const)
      for (let i = 0; i < values.length; i++) {
        const kept = values[i] ?? 0;
        values[i] = kept + h;
        const up = (await evaluate(W, b)).loss;
        values[i] = kept - h;
        const down = (await evaluate(W, b)).loss;
        values[i] = kept;
        expect(gradient[i]).toBeCloseTo((up - down) / (2 * h), 6);
      }
  });

  test('zero weights cost log k a row, and rows without a label nothing', async () => {
    const { loss } = await softmaxReference(matrix, labels, k)(new Float64Array(k * dim), new Float64Array(k));
    expect(loss).toBeCloseTo((n - 1) * Math.log(k), 12);
  });

  test('logits of any size keep loss and gradient finite and exact in the limit', async () => {
    const one = { data: Float64Array.of(1), dim: 1 };
    const W = Float64Array.of(1e4, -1e4, 0);
    const right = await softmaxReference(one, Int32Array.of(0), 3)(W, new Float64Array(3));
    const wrong = await softmaxReference(one, Int32Array.of(1), 3)(W, new Float64Array(3));
    expect(right.loss).toBe(0);
    expect(wrong.loss).toBe(2e4);
    expect([...wrong.gradB]).toEqual([1, -1, 0]);
    const logistic = await logisticReference(one, Float32Array.of(-1))(Float64Array.of(1e4), Float64Array.of(0));
    expect(logistic).toEqual({ loss: 1e4, gradW: Float64Array.of(1), gradB: Float64Array.of(1) });
  });

  test('the softmax loss does not see a constant added to all intercepts', async () => {
    const evaluate = softmaxReference(matrix, labels, k);
    const W = numbers(k * dim, 2);
    const here = await evaluate(W, numbers(k, 3));
    const there = await evaluate(
      W,
      numbers(k, 3).map((v) => v + 17),
    );
    expect(there.loss).toBeCloseTo(here.loss, 10);
    expect(here.gradB.reduce((a, v) => a + v, 0)).toBeCloseTo(0, 12);
  });
});

describe('fit', () => {
  const exactly = { tolerance: 1e-10, maxIterations: 2000 };

  test('two mirrored points have the closed-form solution w = 2 C σ(−w), b = 0', async () => {
    for (const C of [0.1, 1, 30]) {
      const fit = await fitProbe({
        evaluate: logisticReference({ data: Float64Array.of(1, -1), dim: 1 }, Float32Array.of(1, -1)),
        ...{ n: 2, dim: 1, C, start: startingWeights(Int32Array.of(1, 0), 2, 1) },
        ...exactly,
      });
      const w = fit.W[0] ?? 0;
      expect(w).toBeCloseTo((2 * C) / (1 + Math.exp(w)), 7);
      expect(fit.b[0]).toBeCloseTo(0, 9);
      expect(fit.objective).toBeCloseTo((w * w) / 2 + 2 * C * Math.log1p(Math.exp(-w)), 9);
    }
  });

  test('softmax with two rows at C is the logistic problem at 2 C, which is why two classes get one vector', async () => {
    const [n, dim] = [30, 4];
    const data = numbers(n * dim, 5);
    const labels = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const softmax = await fitProbe({
      evaluate: softmaxReference({ data, dim }, labels, 2),
      ...{ n, dim, C: 0.7, start: { W: new Float64Array(2 * dim), b: new Float64Array(2) } },
      ...exactly,
    });
    const logistic = await fitProbe({
      evaluate: logisticReference({ data, dim }, signsOf(labels)),
      ...{ n, dim, C: 1.4, start: startingWeights(labels, 2, dim) },
      ...exactly,
    });
    expect(2 * softmax.objective).toBeCloseTo(logistic.objective, 9);
    logistic.W.forEach((w, f) => {
      expect((softmax.W[dim + f] ?? 0) - (softmax.W[f] ?? 0)).toBeCloseTo(w, 6);
    });
  });

  test('centring and the preconditioner change the way, not the end', async () => {
    const [n, dim, k] = [60, 6, 3];
    const data = numbers(n * dim, 8).map((v, i) => v * (1 + (i % dim)) + 5);
    const labels = Int32Array.from({ length: n }, (_, i) => i % k);
    const request = { n, dim, C: 2, start: startingWeights(labels, k, dim), ...exactly };
    const raw = await fitProbe({ ...request, evaluate: softmaxReference({ data, dim }, labels, k) });

    const centre = new Float64Array(dim);
    data.forEach((v, i) => {
      centre[i % dim] = (centre[i % dim] ?? 0) + v / n;
    });
    const moved = data.slice();
    centreRows(moved, centre);
    const shifted = await fitProbe({
      ...request,
      evaluate: softmaxReference({ data: moved, dim }, labels, k),
      precondition: (loss, penalty) =>
        createPreconditioner(covariance({ data: moved, dim }), dim, curvatureOf(loss, k), penalty),
    });
    expect(shifted.objective).toBeCloseTo(raw.objective, 8);
    expect(shifted.evaluations).toBeLessThan(raw.evaluations);
    const folded = uncentred(shifted, centre);
    const constant = (raw.b[0] ?? 0) - (folded.b[0] ?? 0); // softmax intercepts are known up to one
    folded.b.forEach((b, j) => {
      expect(b + constant).toBeCloseTo(raw.b[j] ?? 0, 5);
    });
    shifted.W.forEach((w, i) => {
      expect(w).toBeCloseTo(raw.W[i] ?? 0, 6);
    });
  });

  test('the preconditioner is the inverse of curvature · covariance + penalty · I', () => {
    const [dim, rows] = [7, 20];
    const data = numbers(rows * dim, 4);
    const A = covariance({ data, dim });
    const v = numbers(2 * (dim + 1), 6);
    const solved = v.slice();
    createPreconditioner(A, dim, 0.3, 0.05)(solved);
    for (let j = 0; j < 2; j++) {
      expect((solved[2 * dim + j] ?? 0) * 0.3).toBeCloseTo(v[2 * dim + j] ?? 0, 12);
      for (let r = 0; r < dim; r++) {
        let sum = 0.05 * (solved[j * dim + r] ?? 0);
        for (let c = 0; c < dim; c++)
          sum += 0.3 * (A[Math.max(r, c) * dim + Math.min(r, c)] ?? 0) * (solved[j * dim + c] ?? 0);
        expect(sum).toBeCloseTo(v[j * dim + r] ?? 0, 10);
      }
    }
  });

  test('features that are not numbers are refused with a sentence', async () => {
    const run = fitProbe({
      evaluate: logisticReference({ data: Float64Array.of(1, Number.NaN), dim: 1 }, Float32Array.of(1, -1)),
      ...{ n: 2, dim: 1, C: 1, start: startingWeights(Int32Array.of(1, 0), 2, 1) },
      ...exactly,
    });
    await expect(run).rejects.toMatchObject({ code: 'bad-input', message: /not finite numbers/ });
  });
});

describe('chunks', () => {
  test('features and logits of a chunk fit in 64 MiB', () => {
    expect(chunkRows(384, 1000)).toBe(16777);
    expect(chunkRows(192, 10)).toBe(87381);
    expect(chunkRows(1e9, 2)).toBe(1);
  });

  test('losses far smaller than their sum are not lost', async () => {
    const evaluate = chunkedEvaluator(3, async (chunk) => ({
      loss: new Float32Array(1000).fill(chunk === 0 ? 1e6 : 1e-3),
      gW: Float32Array.of(chunk === 0 ? 1e8 : 1),
      gb: Float32Array.of(0.5),
    }));
    const { loss, gradW, gradB } = await evaluate(new Float64Array(1), new Float64Array(1));
    expect(loss).toBeCloseTo(1e9 + 2000 * Math.fround(1e-3), 3);
    expect(gradW[0]).toBe(1e8 + 2);
    expect(gradB[0]).toBe(1.5);
  });

  test('no chunk is run after the signal', async () => {
    const controller = new AbortController();
    let runs = 0;
    const evaluate = chunkedEvaluator(5, async () => {
      if (++runs === 2) controller.abort();
      return { loss: new Float32Array(1), gW: new Float32Array(1), gb: new Float32Array(1) };
    });
    const run = evaluate(new Float64Array(1), new Float64Array(1), { signal: controller.signal });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(runs).toBe(2);
  });
});
