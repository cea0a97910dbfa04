// ONNX files as bytes: read back by onnxruntime, at sizes whose lengths take several bytes on the wire.
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { softmaxLossGraph } from '../../../src/onnx/loss-graphs.ts';
import { createGraph } from '../../../src/onnx/model.ts';
import { probeGraph } from '../../../src/onnx/probe-graph.ts';
import { floats } from '../../support/ort-device.ts';

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

describe('ONNX files', () => {
  test('a probe of 1,000 classes on 384 features is read back weight by weight', async () => {
    const [dim, k] = [384, 1000];
    const classes = Array.from({ length: k }, (_, j) => `Klasse „${j}“`);
    const W = Float64Array.from({ length: k * dim }, (_, i) => Math.fround(Math.sin(i)));
    const b = Float64Array.from({ length: k }, (_, j) => Math.fround(j / 7));
    const bytes = probeGraph({ classes, dim, W, b });
    const session = await ort.InferenceSession.create(bytes);
    // unit vectors give back single weights, each plus its intercept
    const picked = [0, 1, 127, 128, 383];
    const X = new Float32Array(picked.length * dim);
    picked.forEach((f, i) => {
      X[i * dim + f] = 1;
    });
    const { logits } = await session.run({ embedding: new ort.Tensor('float32', X, [picked.length, dim]) });
    const got = await floats(logits);
    picked.forEach((f, i) => {
      for (const j of [0, 1, 500, 999]) expect(got[i * k + j]).toBeCloseTo((W[j * dim + f] ?? 0) + (b[j] ?? 0), 4);
    });
    await session.release();
    // the class names stand in the file, after everything else, as UTF-8 JSON
    const tail = new TextDecoder().decode(bytes.subarray(-40_000));
    expect(tail).toContain(JSON.stringify(classes));
  });

  test('inputs and outputs have the promised names', async () => {
    const session = await ort.InferenceSession.create(softmaxLossGraph(300, 3));
    expect([...session.inputNames].sort()).toEqual(['W', 'X', 'b', 'y']);
    expect(session.outputNames).toEqual(['loss', 'gW', 'gb']);
    await session.release();
  });

  test('equal graphs have equal bytes', () => {
    expect(softmaxLossGraph(5, 3)).toEqual(softmaxLossGraph(5, 3));
    expect(softmaxLossGraph(5, 3)).not.toEqual(softmaxLossGraph(5, 4));
  });

  test('constants of each type arrive', async () => {
    const g = createGraph();
    const x = g.input('x', 'float32', [2, 'n']);
    const half = g.node('Mul', [x, g.constant(Float32Array.of(0.5), [])]);
    const index = g.node('Gather', [half, g.constant(Int32Array.of(1), [1])], { axis: { int: 0 } });
    g.node('ReduceSum', [index, g.constant(BigInt64Array.of(1n), [1])], { keepdims: { int: 0 } }, 'y');
    g.output('y', 'float32', [1]);
    const session = await ort.InferenceSession.create(g.model('constants'));
    const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]) });
    expect([...(await floats(y))]).toEqual([7.5]);
    await session.release();
  });
});
