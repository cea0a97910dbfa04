// Running the shipped backbone: threads, WebGPU on the software adapter, a lost device, failures that leave the queue intact.
import { afterEach, describe, expect, it } from 'vitest';
import { readOnnxSignature } from '../../../src/backbone/card/onnx-signature.ts';
import { createEngine } from '../../../src/backbone/run/engine.ts';
import { type Gpu, requestGpu } from '../../../src/backbone/run/gpu.ts';
import type { Engine } from '../../../src/backbone/run/host.ts';
import { cosine } from '../../../src/backbone/run/pool.ts';
import { testPictures } from '../../../src/backbone/run/test-pictures.ts';
import type { Card } from '../../../src/backbone/types.ts';
import { createMessage } from '../../../src/onnx/protobuf.ts';
import { inPage, shipped, spawnEngine } from './support.ts';

const engines: Engine[] = [];
const start = (): Engine => {
  const engine = spawnEngine();
  engines.push(engine);
  return engine;
};
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});

describe('an engine on the CPU', () => {
  it('gives the same embeddings with one and with two threads, and for padded batches', async () => {
    expect(crossOriginIsolated).toBe(true);
    const { card, files } = await shipped();
    const rows: Float32Array[] = [];
    for (const [threads, batch] of [
      [1, 1],
      [2, 4],
    ] as const) {
      const { calls } = start();
      const opened = await calls.open({ card, files, config: { provider: 'wasm', threads, batch } });
      expect(opened).toEqual({ title: threads === 1 ? 'CPU, 1 thread' : 'CPU, 2 threads', batch });
      for (let i = 0; i < 2; i++) {
        const all = testPictures(card, 2);
        const picture = all.slice((i * all.length) / 2, ((i + 1) * all.length) / 2);
        rows.push((await calls.run({ pictures: picture, count: 1 })).embeddings);
      }
    }
    const [a, b, c, d] = rows;
    if (!a || !b || !c || !d) throw new Error('four rows');
    expect(a.length).toBe(192);
    expect(cosine(a, b)).toBeLessThan(0.999); // two pictures differ
    expect(cosine(a, c)).toBeGreaterThan(0.999999);
    expect(cosine(b, d)).toBeGreaterThan(0.999999);
  });

  it('does overlapping calls one after the other, and goes on after one that failed', async () => {
    const { card, files } = await shipped();
    const { calls } = start();
    const early = calls.run({ pictures: testPictures(card, 1), count: 1 });
    const opening = calls.open({ card, files, config: { provider: 'wasm', threads: 1, batch: 2 } });
    const wrong = calls.run({ pictures: new Float32Array(5 * 3 * 96 * 96), count: 5 });
    const runs = Array.from({ length: 5 }, () => calls.run({ pictures: testPictures(card, 2), count: 2 }));
    await expect(early).rejects.toMatchObject({ code: 'internal' });
    await opening;
    await expect(wrong).rejects.toMatchObject({ code: 'internal' });
    const all = await Promise.all(runs);
    for (const { embeddings } of all) expect(embeddings).toEqual(all[0]?.embeddings);
  });

  it('refuses a file that is no model with a sentence', async () => {
    const { card } = await shipped();
    const { calls } = start();
    const files = { model: new Blob(['this is not a model']), data: [] };
    await expect(calls.open({ card, files, config: { provider: 'wasm', threads: 1, batch: 1 } })).rejects.toMatchObject(
      {
        code: 'unreadable',
      },
    );
  });
});

describe('an engine on WebGPU', () => {
  it('runs every node there, with the numbers of the CPU, and comes back after the device was lost', async () => {
    const { card, files } = await shipped();
    const { calls } = start();
    await calls.open({ card, files, config: { provider: 'wasm', threads: 1, batch: 1 } });
    const expected = (await calls.run({ pictures: testPictures(card, 1), count: 1 })).embeddings;

    const devices: Gpu[] = [];
    const engine = createEngine(async () => {
      const answer = await requestGpu({ software: true });
      if ('gpu' in answer) devices.push(answer.gpu);
      return answer;
    });
    const config = { provider: 'webgpu', threads: 1, batch: 1 } as const;
    // fails if any node falls back to the CPU
    const { title } = await engine.open({ card, files, config, wholeOnGpu: true }, inPage);
    expect(title).toMatch(/via WebGPU$/);
    const run = async () => (await engine.run({ pictures: testPictures(card, 1), count: 1 }, inPage)).embeddings;
    const first = await run();
    first.forEach((value, i) => {
      expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThan(1e-3);
    });
    devices[0]?.device.destroy();
    await devices[0]?.device.lost;
    const after = await run();
    expect(devices.length).toBe(2);
    expect(cosine(after, expected)).toBeGreaterThan(0.9999);
  }, 300_000);

  it('does not take a software adapter unless told to', async () => {
    const answer = await requestGpu({ software: false });
    expect('refused' in answer && answer.refused).toMatch(/software|adapter/);
  });
});

/** pixels [N, 3, 2, 2] → flat [N, 12] × weights [12, 2]: a model whose weights lie in another file, by the numbers of onnx.proto. */
function modelWithExternalWeights(): { model: Uint8Array<ArrayBuffer>; weights: Float32Array<ArrayBuffer> } {
  const m = createMessage;
  const value = (name: string, dims: (string | number)[]) => {
    const shape = m();
    for (const dim of dims) shape.bytes(1, (typeof dim === 'number' ? m().int(1, dim) : m().text(2, dim)).encoded());
    return m()
      .text(1, name)
      .bytes(2, m().bytes(1, m().int(1, 1).bytes(2, shape.encoded()).encoded()).encoded())
      .encoded();
  };
  const entry = (key: string, text: string) => m().text(1, key).text(2, text).encoded();
  const tensor = m()
    .int(1, 12)
    .int(1, 2)
    .int(2, 1)
    .text(8, 'W')
    .bytes(13, entry('location', 'weights.bin'))
    .bytes(13, entry('offset', '0'))
    .bytes(13, entry('length', '96'))
    .int(14, 1);
  const flatten = m().text(1, 'pixels').text(2, 'flat').text(4, 'Flatten').encoded();
  const product = m().text(1, 'flat').text(1, 'W').text(2, 'embedding').text(4, 'MatMul').encoded();
  const graph = m()
    .bytes(1, flatten)
    .bytes(1, product)
    .text(2, 'g')
    .bytes(5, tensor.encoded())
    .bytes(11, value('pixels', ['N', 3, 2, 2]))
    .bytes(12, value('embedding', ['N', 2]));
  const model = m().int(1, 8).bytes(7, graph.encoded()).bytes(8, m().text(1, '').int(2, 17).encoded()).encoded();
  return { model, weights: Float32Array.from({ length: 24 }, (_, i) => i) };
}

it('a model with external weights gets them under the name that its graph uses', async () => {
  const { model, weights } = modelWithExternalWeights();
  expect(readOnnxSignature(model, 'model.onnx')).toMatchObject({ externalData: ['weights.bin'], params: 24 });
  const { card: mini } = await shipped();
  const card: Card = {
    ...mini,
    name: 'external',
    files: [
      { role: 'model', path: 'model.onnx' },
      { role: 'data', path: 'weights.bin' },
    ],
    input: { ...mini.input, size: [2, 2] },
    outputs: { embedding: { name: 'embedding', dim: 2 } },
  };
  const { calls } = start();
  const files = { model: new Blob([model]), data: [{ path: 'weights.bin', blob: new Blob([weights]) }] };
  await calls.open({ card, files, config: { provider: 'wasm', threads: 1, batch: 2 } });
  const { embeddings } = await calls.run({ pictures: new Float32Array(12).fill(1), count: 1 });
  expect([...embeddings]).toEqual([132, 144]); // sums of the even and the odd weights
});
