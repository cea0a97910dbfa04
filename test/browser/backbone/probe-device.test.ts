// The training device on real engines against the same arithmetic in float64: on the CPU and WebGPU, in chunks, kept or sent each time.
import { afterEach, expect, test } from 'vitest';
import { createEngine } from '../../../src/backbone/run/engine.ts';
import { requestGpu } from '../../../src/backbone/run/gpu.ts';
import type { Engine, EngineClient } from '../../../src/backbone/run/host.ts';
import { openProbeDevice } from '../../../src/jobs/train/probe-device.ts';
import { seededRandom } from '../../../src/learn/folds.ts';
import { planTraining } from '../../../src/learn/plan.ts';
import { chunkRows } from '../../../src/learn/solver/chunks.ts';
import { referenceDevice } from '../../../src/learn/solver/reference.ts';
import { trainProbe } from '../../../src/learn/train.ts';
import type { VectorFile } from '../../../src/store/vectors.ts';
import { inPage, spawnEngine } from './support.ts';

const engines: Engine[] = [];
function start(): EngineClient {
  const engine = spawnEngine();
  engines.push(engine);
  return engine.calls;
}
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});

/** Features in which each class is a little brighter in its own places, far from zero, so that centring matters. */
function problem(n: number, dim: number, classes: number) {
  const next = seededRandom(7);
  const labels = Int32Array.from({ length: n }, () => Math.floor(next() * classes));
  const data = Float32Array.from({ length: n * dim }, (_, i) => {
    const own = (i % dim) % classes === labels[Math.floor(i / dim)];
    return 3 + 2 * next() + (own ? 0.7 : 0);
  });
  const read = (ids: Uint32Array): Float32Array<ArrayBuffer> => {
    const rows = new Float32Array(ids.length * dim);
    ids.forEach((id, i) => {
      rows.set(data.subarray(id * dim, (id + 1) * dim), i * dim);
    });
    return rows;
  };
  const unused = (): never => {
    throw new Error('only read');
  };
  const file: VectorFile = { dim, readRows: read, writeRows: unused, flush: unused, close: unused };
  return { labels, data, file, rows: Uint32Array.from({ length: n }, (_, i) => i) };
}

test.each([2, 7])('trains %i classes to the same minimum and the same predictions', async (classes) => {
  const n = 400;
  const { labels, data, file, rows } = problem(n, 24, classes);
  const samples = {
    labels,
    split: new Int32Array(n).fill(-1),
    excluded: new Uint8Array(n),
    splits: [],
    classes: Array.from({ length: classes }, (_, id) => ({ id, name: `class ${id}` })),
  };
  const plan = planTraining(samples, { C: 1 });
  const device = await openProbeDevice({
    engine: start(),
    provider: 'wasm',
    threads: 1,
    file,
    ids: rows,
    train: plan.train,
    classes,
  });
  const ours = await trainProbe(plan, device);
  const expected = await trainProbe(plan, referenceDevice({ data, dim: 24 }));
  const gap = (ours.evaluation.objective - expected.evaluation.objective) / expected.evaluation.objective;
  expect(Math.abs(gap)).toBeLessThan(2e-5);
  expect(ours.predictions.predicted).toEqual(expected.predictions.predicted);
  await device.close();
});

test('gives the same sums in several chunks, whether features are kept or sent, and for the rows that are asked for', async () => {
  const [dim, classes] = [4096, 3];
  const n = chunkRows(dim, classes) + 300;
  const { labels, data, file, rows } = problem(n, dim, classes);
  const centre = new Float64Array(dim).fill(4);
  const next = seededRandom(3);
  const W = Float64Array.from({ length: classes * dim }, () => (next() - 0.5) / 50);
  const b = Float64Array.of(0.1, -0.2, 0.1);
  const some = rows.filter((row) => row % 3 !== 1);
  const request = { rows: some, targets: Int32Array.from(some, (row) => labels[row] ?? 0), classes, centre };
  const expected = await (await referenceDevice({ data, dim }).evaluator(request)).evaluate(W, b);
  for (const residentBytes of [undefined, 0]) {
    const device = await openProbeDevice({
      engine: start(),
      provider: 'wasm',
      threads: 1,
      file,
      ids: rows,
      train: rows,
      classes,
      ...(residentBytes === undefined ? {} : { residentBytes }),
    });
    const { evaluate } = await device.evaluator(request);
    for (let repeat = 0; repeat < 2; repeat++) {
      const { loss, gradW, gradB } = await evaluate(W, b);
      expect(Math.abs(loss - expected.loss) / expected.loss).toBeLessThan(1e-5);
      for (const [got, want] of [
        [gradW, expected.gradW],
        [gradB, expected.gradB],
      ] as const) {
        const scale = Math.max(...want.map(Math.abs));
        expect(Math.max(...got.map((v, i) => Math.abs(v - (want[i] ?? 0))))).toBeLessThan(1e-4 * scale);
      }
    }
    await device.close();
  }
});

test('gives the sums of the CPU on WebGPU', async () => {
  const { labels, data, file, rows } = problem(60, 5, 4);
  const engine = createEngine(() => requestGpu({ software: true }));
  // the page's own engine behind the same interface as a worker's
  const calls = Object.fromEntries(
    Object.entries(engine).map(([name, call]) => [name, (args: never) => call(args, inPage)]),
  ) as unknown as EngineClient;
  const device = await openProbeDevice({
    engine: calls,
    provider: 'webgpu',
    threads: 1,
    file,
    ids: rows,
    train: rows,
    classes: 4,
  });
  const request = { rows, targets: labels, classes: 4, centre: new Float64Array(5).fill(4) };
  const next = seededRandom(5);
  const [W, b] = [
    Float64Array.from({ length: 20 }, () => next() - 0.5),
    Float64Array.from({ length: 4 }, () => next()),
  ];
  const got = await (await device.evaluator(request)).evaluate(W, b);
  const want = await (await referenceDevice({ data, dim: 5 }).evaluator(request)).evaluate(W, b);
  expect(Math.abs(got.loss - want.loss)).toBeLessThan(1e-3);
  got.gradW.forEach((value, i) => {
    expect(Math.abs(value - (want.gradW[i] ?? 0))).toBeLessThan(1e-3);
  });
  const scores = await device.logits(rows.slice(0, 3), W, b);
  const exact = await referenceDevice({ data, dim: 5 }).logits(rows.slice(0, 3), W, b);
  scores.forEach((value, i) => {
    expect(Math.abs(value - (exact[i] ?? 0))).toBeLessThan(1e-4);
  });
  await device.close();
}, 120_000);
