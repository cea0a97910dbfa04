// The probe's graphs on onnxruntime-web, on WASM and on WebGPU without any node on the CPU, against the float64 evaluator.

import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import * as ort from 'onnxruntime-web/webgpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/learn/folds.ts';
import { probabilitiesOf } from '../../../src/learn/predict.ts';
import { logisticReference, softmaxReference } from '../../../src/learn/solver/reference.ts';
import type { Evaluator, LossGradient } from '../../../src/learn/types.ts';
import { logisticLossGraph, softmaxLossGraph } from '../../../src/onnx/loss-graphs.ts';
import { createGraph } from '../../../src/onnx/model.ts';
import { probeGraph } from '../../../src/onnx/probe-graph.ts';
import { floats } from '../../support/ort-device.ts';

ort.env.wasm.wasmPaths = { mjs, wasm };
ort.env.wasm.numThreads = 1;

type Provider = 'wasm' | 'webgpu';

/** On WebGPU creation fails when any node would run on the CPU provider: the proof that each has a kernel. */
const open = (graph: Uint8Array, provider: Provider): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(graph, {
    executionProviders: [provider],
    ...(provider === 'webgpu' ? { extra: { session: { disable_cpu_ep_fallback: '1' } } } : {}),
  });

const random = (n: number, seed: number, scale = 1): Float32Array => {
  const next = seededRandom(seed);
  return Float32Array.from({ length: n }, () => scale * (2 * next() - 1));
};

interface Problem {
  X: Float32Array;
  dim: number;
  W: Float32Array;
  b: Float32Array;
  targets: { kind: 'softmax'; y: Int32Array } | { kind: 'logistic'; s: Float32Array };
}

async function onDevice(session: ort.InferenceSession, { X, dim, W, b, targets }: Problem) {
  const [n, k] = [X.length / dim, b.length];
  const out = await session.run({
    X: new ort.Tensor('float32', X, [n, dim]),
    ...(targets.kind === 'softmax'
      ? { y: new ort.Tensor('int32', targets.y, [n]) }
      : { s: new ort.Tensor('float32', targets.s, [n, k]) }),
    W: new ort.Tensor('float32', W, [k, dim]),
    b: new ort.Tensor('float32', b, [k]),
  });
  const rows = await floats(out.loss);
  expect(out.loss?.dims).toEqual([n]);
  expect(out.gW?.dims).toEqual([k, dim]);
  expect(out.gb?.dims).toEqual([k]);
  return {
    rows,
    loss: rows.reduce((sum, v) => sum + v, 0),
    gradW: await floats(out.gW),
    gradB: await floats(out.gb),
  };
}

function inFloat64({ X, dim, W, b, targets }: Problem): Promise<LossGradient> {
  const matrix = { data: X, dim };
  const evaluate: Evaluator =
    targets.kind === 'softmax'
      ? softmaxReference(matrix, targets.y, b.length)
      : logisticReference(matrix, targets.s, b.length);
  return evaluate(Float64Array.from(W), Float64Array.from(b));
}

/** Loss within 1e-5 of itself; gradients within 1e-5 of the largest component, for each sums over rows in float32. */
async function expectEqual(session: ort.InferenceSession, problem: Problem): Promise<void> {
  const [got, exact] = [await onDevice(session, problem), await inFloat64(problem)];
  expect(Math.abs(got.loss - exact.loss)).toBeLessThanOrEqual(1e-5 * exact.loss + 1e-12);
  for (const [ours, theirs] of [
    [got.gradW, exact.gradW],
    [got.gradB, exact.gradB],
  ] as const) {
    const largest = theirs.reduce((max, v) => Math.max(max, Math.abs(v)), 1e-3);
    ours.forEach((v, i) => {
      expect(Math.abs(v - (theirs[i] ?? 0))).toBeLessThanOrEqual(1e-5 * largest);
    });
  }
}

describe.each(['wasm', 'webgpu'] as const)('on %s', (provider) => {
  const [n, dim, k] = [12, 5, 4];
  const labels = Int32Array.from({ length: n }, (_, i) => (i * 7) % k);
  const signs = Float32Array.from({ length: n * k }, (_, i) => (i % 5 === 0 ? 0 : i % 3 === 0 ? 1 : -1));
  let softmax: ort.InferenceSession;
  let logistic: ort.InferenceSession;

  beforeAll(async () => {
    if (provider === 'webgpu') expect(await navigator.gpu?.requestAdapter()).toBeTruthy();
    softmax = await open(softmaxLossGraph(dim, k), provider);
    logistic = await open(logisticLossGraph(dim, k), provider);
  });

  test('softmax loss and gradient equal float64', async () => {
    const targets = { kind: 'softmax', y: labels } as const;
    await expectEqual(softmax, { X: random(n * dim, 1, 3), dim, W: random(k * dim, 2), b: random(k, 3), targets });
  });

  test('logistic loss and gradient of several vectors equal float64, unknown labels left out', async () => {
    const targets = { kind: 'logistic', s: signs } as const;
    await expectEqual(logistic, { X: random(n * dim, 4, 3), dim, W: random(k * dim, 5), b: random(k, 6), targets });
  });

  test('one logistic vector is the case of two classes', async () => {
    const session = await open(logisticLossGraph(dim), provider);
    const s = Float32Array.from(labels, (y) => (y % 2 === 0 ? 1 : -1));
    await expectEqual(session, {
      X: random(n * dim, 7),
      dim,
      W: random(dim, 8, 2),
      b: random(1, 9),
      targets: { kind: 'logistic', s },
    });
    await session.release();
  });

  test('padded rows cost nothing, whatever lies in them', async () => {
    const X = random(n * dim, 1, 3);
    const padded = new Float32Array((n + 4) * dim).fill(9);
    padded.set(X);
    const y = new Int32Array(n + 4).fill(-1);
    y.set(labels);
    const s = new Float32Array((n + 4) * k);
    s.set(signs);
    const weights = { dim, W: random(k * dim, 2), b: random(k, 3) };
    for (const [session, plain, filled] of [
      [softmax, { kind: 'softmax', y: labels }, { kind: 'softmax', y }],
      [logistic, { kind: 'logistic', s: signs }, { kind: 'logistic', s }],
    ] as const) {
      const without = await onDevice(session, { ...weights, X, targets: plain });
      const within = await onDevice(session, { ...weights, X: padded, targets: filled });
      expect([...within.rows.subarray(n)]).toEqual([0, 0, 0, 0]);
      expect(within.loss).toBeCloseTo(without.loss, 5);
      within.gradW.forEach((v, i) => {
        expect(v).toBeCloseTo(without.gradW[i] ?? 0, 4);
      });
    }
  });

  test('logits of thousands stay finite, right or wrong', async () => {
    const X = random(n * dim, 1, 50);
    const W = random(k * dim, 2, 100);
    const b = random(k, 3, 1000);
    await expectEqual(softmax, { X, dim, W, b, targets: { kind: 'softmax', y: labels } });
    await expectEqual(logistic, { X, dim, W, b, targets: { kind: 'logistic', s: signs } });
  });

  test('rows that are right and far from the border keep the digits of their small loss', async () => {
    // logits (0, −t, …): a loss of about 3·exp(−t), which 1 + x would round away from t = 17 on
    const X = Float32Array.from({ length: n * dim }, (_, i) => (i % dim === 0 ? 10 + Math.floor(i / dim) : 0));
    const W = Float32Array.from({ length: k * dim }, (_, i) => (i % dim === 0 && i > 0 ? -1 : 0));
    const b = new Float32Array(k);
    const first = { kind: 'softmax', y: new Int32Array(n) } as const;
    const got = await onDevice(softmax, { X, dim, W, b, targets: first });
    got.rows.forEach((loss, i) => {
      expect(loss / Math.log1p(3 * Math.exp(-10 - i))).toBeCloseTo(1, 4);
    });
    await expectEqual(softmax, { X, dim, W, b, targets: first });
    const negative = {
      kind: 'logistic',
      s: Float32Array.from({ length: n * k }, (_, i) => (i % k === 0 ? 0 : -1)),
    } as const;
    await expectEqual(logistic, { X, dim, W, b, targets: negative });
  });

  test('the exported probe gives logits and probabilities, two classes included', async () => {
    for (const classes of [
      ['a', 'b'],
      ['a', 'b', 'ü'],
    ]) {
      const rows = classes.length === 2 ? 1 : classes.length;
      const [W, b] = [Float64Array.from(random(rows * dim, 11)), Float64Array.from(random(rows, 12))];
      const session = await open(probeGraph({ classes, dim, W, b }), provider);
      expect([...session.inputNames, ...session.outputNames]).toEqual(['embedding', 'logits', 'probabilities']);
      const X = random(3 * dim, 13, 2);
      const out = await session.run({ embedding: new ort.Tensor('float32', X, [3, dim]) });
      expect(out.probabilities?.dims).toEqual([3, classes.length]);
      const exact = Float32Array.from({ length: 3 * rows }, (_, i) => {
        const [row, j] = [Math.floor(i / rows), i % rows];
        return X.subarray(row * dim, (row + 1) * dim).reduce((sum, x, f) => sum + x * (W[j * dim + f] ?? 0), b[j] ?? 0);
      });
      const logits = await floats(out.logits);
      exact.forEach((z, i) => {
        const at = rows === 1 ? 2 * i + 1 : i;
        expect(logits[at]).toBeCloseTo(z, 4);
      });
      const expected = probabilitiesOf(exact, 3);
      (await floats(out.probabilities)).forEach((p, i) => {
        expect(p).toBeCloseTo(expected[i] ?? 0, 5);
      });
      await session.release();
    }
  });
});

test('an operator without a WebGPU kernel is refused, so that the sessions above prove something', async () => {
  const g = createGraph();
  g.node('LogSoftmax', [g.input('x', 'float32', ['n', 3])], {}, 'y');
  g.output('y', 'float32', ['n', 3]);
  await expect(open(g.model('missing'), 'webgpu')).rejects.toThrow();
  await (await open(g.model('missing'), 'wasm')).release();
});
