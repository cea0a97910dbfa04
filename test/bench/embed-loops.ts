// Embedding with real workers against the bare loops it is made of; built and served by embed.bench.ts, runs in a page.
import { createLibrary } from '../../src/backbone/library/library.ts';
import type { EngineCalls } from '../../src/backbone/run/engine.ts';
import { loadRuntime } from '../../src/backbone/run/runtime.ts';
import { testPictures } from '../../src/backbone/run/test-pictures.ts';
import type { Card, DeviceReport } from '../../src/backbone/types.ts';
import { connect } from '../../src/workers/rpc.ts';
import { drawPictures, folderOf, type Stack, startStack } from '../browser/workers/stack.ts';
import type { Row } from './types.ts';

/** Pictures of each of two kinds, of the size that the targets are stated for. */
const each = 160;
const size: [number, number] = [500, 375];
const rounds = 3;

const best = (values: number[]): number => Math.min(...values);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** An engine worker of our own, opened as the model worker opens it. */
async function startEngine(card: Card, device: DeviceReport) {
  const worker = new Worker(new URL('../../src/workers/engine.ts', import.meta.url), { type: 'module' });
  const { calls } = connect<EngineCalls>(worker);
  const files = await createLibrary().files(card);
  const { provider, threads, batch } = device;
  await calls.open({ card, files, config: { provider, threads, batch } });
  return { calls, files, close: () => worker.terminate() };
}

/** Decodes every picture, and does nothing with it. */
async function decodeLoop(stack: Stack, paths: readonly string[], card: Card): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++])
      await stack.pool.call('modelInput', { path, input: card.input });
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

async function endToEnd(print: (line: string) => void): Promise<Row[]> {
  const files = await drawPictures(each, size);
  const handle = await folderOf('bench-embed', files);
  const workers = Math.max(1, Math.min(navigator.hardwareConcurrency - 1, 8));
  const stack = await startStack(workers);
  const { id } = await stack.catalog.open({ source: { kind: 'directory', handle } });
  await stack.catalog.walked({});
  await stack.pool.open({ kind: 'directory', handle });
  const device = await stack.model.device({});
  const card = await createLibrary().card();
  print(`${device.title}, batch ${device.batch}; ${workers} decoder(s)`);

  const paths = Object.keys(files);
  const view = await stack.catalog.openView({ query: {} });
  const ids = await stack.catalog.ids({ view: view.view, from: 0, to: paths.length });
  const engine = await startEngine(card, device);
  const batch = testPictures(card, device.batch);
  const batches = Math.ceil(paths.length / device.batch);
  const sessionLoop = async (): Promise<void> => {
    for (let i = 0; i < batches; i++) {
      const pictures = batch.slice();
      await engine.calls.run({ pictures, count: device.batch }, { transfer: [pictures.buffer] });
    }
  };
  await stack.model.embed({ rows: ids.slice(0, 2 * device.batch) }); // opens the session
  await sessionLoop();

  const ours: number[] = [];
  const bare: { decode: number; session: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const [decode, session] = await Promise.all([timed(() => decodeLoop(stack, paths, card)), timed(sessionLoop)]);
    bare.push({ decode, session });
    // the rows that have no vector yet: those of one round
    const rows = ids.filter((_, i) => i >= 2 * device.batch && i % rounds === round);
    ours.push(((await timed(() => stack.model.embed({ rows }))) * paths.length) / rows.length);
    print(
      `round ${round + 1}: ours ${seconds(ours.at(-1) ?? 0)}, decode ${seconds(decode)}, session ${seconds(session)}`,
    );
  }
  engine.close();
  await stack.catalog.forget({ dataset: id });
  stack.kill();
  const yardstick = best(bare.map(({ decode, session }) => Math.max(decode, session)));
  return [
    {
      what: `embed a folder of ${paths.length} JPEGs of ${size.join(' × ')} end to end, against a decode loop and a session loop at the same time`,
      target: '≥ 0.9',
      measured: `${seconds(best(ours))} : ${seconds(yardstick)}`,
      ratio: yardstick / best(ours),
      note: `${device.title}; ${(paths.length / (best(ours) / 1000)).toFixed(0)} pictures/s; times for all pictures, from ${rounds} rounds of a third of them`,
    },
  ];
}

async function behindTheQueue(print: (line: string) => void): Promise<Row[]> {
  const card = await createLibrary().card();
  const size = 8;
  const device = { provider: 'wasm', threads: 1, batch: size } as DeviceReport; // what opening reads of it
  const { calls, files, close } = await startEngine(card, device);
  const ort = await loadRuntime(1);
  const session = await ort.InferenceSession.create(new Uint8Array(await files.model.arrayBuffer()), {
    executionProviders: ['wasm'],
    freeDimensionOverrides: { N: size },
  });
  const pictures = testPictures(card, size);
  const runs = 12;
  const queued = () =>
    timed(async () => {
      for (let i = 0; i < runs; i++) {
        const own = pictures.slice();
        await calls.run({ pictures: own, count: size }, { transfer: [own.buffer] });
      }
    });
  const bare = () =>
    timed(async () => {
      for (let i = 0; i < runs; i++)
        await session.run({
          [card.input.name]: new ort.Tensor('float32', pictures as Float32Array, [size, 3, ...card.input.size]),
        });
    });
  await queued();
  await bare();
  const [a, b]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    a.push(await queued());
    b.push(await bare());
  }
  print(`queue ${a.map(seconds).join(' ')}; bare ${b.map(seconds).join(' ')}`);
  close();
  return [
    {
      what: `ONNX session behind the engine worker's queue, against the same session in a bare loop, ready tensors, CPU, 1 thread`,
      target: '≥ 0.95',
      measured: `${seconds(best(a))} : ${seconds(best(b))}`,
      ratio: best(b) / best(a),
      note: `${((runs * size) / (best(a) / 1000)).toFixed(0)} pictures/s, batch ${size}`,
    },
  ];
}

export async function run(print: (line: string) => void): Promise<Row[]> {
  return [...(await behindTheQueue(print)), ...(await endToEnd(print))];
}

Object.assign(window, { runBench: run });
