// Choosing a device: measured with real engines, refused with a sentence, chosen by hand.
import { expect, test } from 'vitest';
import type { Engine } from '../../../src/backbone/run/host.ts';
import { createHost } from '../../../src/backbone/run/host.ts';
import { measureDevice } from '../../../src/backbone/run/self-test.ts';
import { testPictures } from '../../../src/backbone/run/test-pictures.ts';
import { VitrineError } from '../../../src/shared/errors.ts';
import { shipped, spawnEngine } from './support.ts';

test('measures one and more threads, refuses the software adapter, and says why it chose', {
  timeout: 120_000,
}, async () => {
  const { card, files } = await shipped();
  const steps: (string | undefined)[] = [];
  const report = await measureDevice(card, files, spawnEngine, {
    cores: 3,
    budgetMs: 60_000,
    isolated: crossOriginIsolated,
    onProgress: (progress) => steps.push(progress.step),
  });
  expect(report).toMatchObject({ provider: 'wasm', forced: false });
  expect(report.title).toBe(report.threads === 1 ? 'CPU, 1 thread' : 'CPU, 2 threads');
  expect(report.reason).toMatch(/^The CPU: .* pictures\/s\. .*(software|adapter)/);
  expect(steps).toEqual(['CPU, 1 thread', 'WebGPU', 'CPU, 2 threads', '']);
  const one = report.trials.find((t) => t.threads === 1);
  const two = report.trials.find((t) => t.threads === 2);
  for (const trial of [one, two]) {
    expect(trial?.cosine).toBeGreaterThan(0.999999);
    expect(trial?.imagesPerSecond).toBeGreaterThan(0);
  }
  expect(report.trials.find((t) => t.provider === 'webgpu')?.refused).toMatch(/software|adapter/);
});

test('takes what a person chose, when it gives the right numbers, and refuses what cannot be', {
  timeout: 120_000,
}, async () => {
  const { card, files } = await shipped();
  const options = { cores: 2, budgetMs: 60_000, isolated: crossOriginIsolated };
  const chosen = await measureDevice(card, files, spawnEngine, { ...options, only: { provider: 'wasm', threads: 2 } });
  expect(chosen).toMatchObject({ threads: 2, forced: true, title: 'CPU, 2 threads', reason: 'Chosen by you.' });
  await expect(
    measureDevice(card, files, spawnEngine, { ...options, only: { provider: 'webgpu' } }),
  ).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/software|adapter/) });
});

/** An engine whose answers on WebGPU are changed on their way: what a wrong kernel does. */
function wrongOnGpu(): Engine {
  const engine = spawnEngine();
  let gpu = false;
  return {
    close: engine.close,
    calls: {
      ...engine.calls,
      open: (args, options) => {
        gpu = args.config.provider === 'webgpu';
        return engine.calls.open({ ...args, config: { ...args.config, provider: 'wasm' } }, options);
      },
      run: async (args, options) => {
        const result = await engine.calls.run(args, options);
        if (gpu) result.embeddings.reverse();
        return result;
      },
    },
  };
}

test('never uses a device with other numbers, however fast', { timeout: 120_000 }, async () => {
  const { card, files } = await shipped();
  const report = await measureDevice(card, files, wrongOnGpu, { cores: 1, isolated: true, budgetMs: 60_000 });
  expect(report.provider).toBe('wasm');
  expect(report.trials.find((t) => t.provider === 'webgpu')?.refused).toMatch(/gives other numbers than the CPU/);
});

test('a host replaces its worker for another setting, but not under a job that holds it', async () => {
  const { card, files } = await shipped();
  let started = 0;
  const engines: Engine[] = [];
  const host = createHost(() => {
    started++;
    const engine = spawnEngine();
    engines.push(engine);
    return engine;
  });
  const open = (threads: number) => host.open(card, async () => files, { provider: 'wasm', threads, batch: 1 });
  await open(1);
  await open(1);
  expect(started).toBe(1);
  const release = host.hold();
  await expect(open(2)).rejects.toMatchObject({ code: 'busy' });
  expect((await host.run(testPictures(card, 1), 1)).embeddings.length).toBe(192);
  release();
  expect(await open(2)).toEqual({ title: 'CPU, 2 threads', batch: 1 });
  expect(started).toBe(2);
  host.close();
  await expect(host.run(testPictures(card, 1), 1)).rejects.toBeInstanceOf(VitrineError);
  for (const engine of engines) engine.close();
});
