// Embedding, training and asking the model worker, with real catalog and pixels workers, over a stop and a crash.
import { afterEach, expect, test } from 'vitest';
import type { Progress } from '../../../src/shared/progress.ts';
import { drawPictures, folderOf, type Stack, startStack } from './stack.ts';

const stacks: Stack[] = [];
async function start(): Promise<Stack> {
  const stack = await startStack();
  stacks.push(stack);
  return stack;
}
afterEach(() => {
  for (const stack of stacks.splice(0)) stack.kill();
});

test('embeds a folder, survives a stop and a crash, trains a probe and answers from it', async () => {
  const files = await drawPictures(150);
  files['dots/broken.jpg'] = new Blob(['not a picture at all']);
  const handle = await folderOf('model-worker', files);
  const first = await start();
  const opened = await first.catalog.open({ source: { kind: 'directory', handle } });
  await first.catalog.walked({});
  await first.pool.open({ kind: 'directory', handle });

  // stopped in the middle: what was committed stays
  const stop = new AbortController();
  const progress: Progress[] = [];
  const stopped = first.model.embed(
    {},
    {
      signal: stop.signal,
      onProgress: (p) => {
        progress.push(p);
        if (p.unit === 'pictures' && p.done >= 40) stop.abort();
      },
    },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  await expect
    .poll(async () => (await first.catalog.state({}))?.embeddings[0], { timeout: 20_000 })
    .toMatchObject({ unfinished: true, title: 'Vitrine mini, 96 px' });
  const embeddingKey = (await first.catalog.state({}))?.embeddings[0]?.key;
  expect(first.modelEvents).toContainEqual(expect.objectContaining({ type: 'device' }));
  expect(progress.some((p) => p.device === 'CPU, 1 thread' && p.total === 301)).toBe(true);

  // a crash: no worker closes anything; the next run goes on where the first was
  first.kill();
  const second = await start();
  await second.catalog.open({ dataset: opened.id });
  await second.pool.open({ kind: 'directory', handle });
  const have = (await second.catalog.state({}))?.embeddings[0]?.have ?? 0;
  const report = await second.model.embed({});
  expect(report).toMatchObject({
    key: embeddingKey,
    backbone: 'vitrine-mini',
    embedded: 300 - have,
    failed: 1,
    device: 'CPU, 1 thread',
  });
  const done = await second.catalog.state({});
  expect(done?.embeddings[0]).toMatchObject({ have: 300, unfinished: false });
  expect(done?.unreadable).toBe(1);
  expect((await second.model.embed({})).embedded).toBe(0);

  // vectors are the rows' own: the same picture embedded by two runs of different order is the same
  const view = await second.catalog.openView({ query: {} });
  const ids = await second.catalog.ids({ view: view.view, from: 0, to: 301 });
  const { ids: present, dim, data } = await second.model.embeddings({ ids });
  expect([present.length, dim, data.length]).toEqual([300, 192, 300 * 192]);
  expect(data.every(Number.isFinite)).toBe(true);

  const plan = await second.model.trainPlan({ options: {} });
  expect(plan).toMatchObject({ samples: 300, classes: 2 });
  expect(plan.seconds).toBeGreaterThan(0);
  const evaluation = await second.model.train({ options: { C: 1 } });
  expect(evaluation).toMatchObject({ backbone: 'vitrine-mini', embeddingKey, classes: ['dots', 'stripes'] });
  const [split] = Object.values(evaluation.splits);
  expect(split?.outOfFold).toBe(true);
  expect(split?.top1_acc_micro).toBeGreaterThan(0.95);
  expect((await second.catalog.state({}))?.probe).toMatchObject({ backbone: 'vitrine-mini', editsSince: 0 });

  const some = present.slice(0, 4);
  const said = await second.model.predictions({ ids: some });
  expect(said.classes).toEqual(['dots', 'stripes']);
  for (let i = 0; i < some.length; i++) {
    const { path } = await second.catalog.sample({ id: some[i] ?? -1 });
    const [dots = 0, stripes = 0] = said.probabilities.subarray(2 * i, 2 * i + 2);
    expect(dots + stripes).toBeCloseTo(1, 5);
    expect(dots > stripes).toBe(path.startsWith('dots'));
  }
  const again = await second.model.evaluate({ ids: present });
  expect(again.splits.selection?.n).toBe(300);
  expect(again.splits.selection?.top1_acc_micro).toBeGreaterThan(0.95);

  const { onnx, card } = await second.model.exportProbe({});
  expect(onnx.size).toBeGreaterThan(192 * 4);
  expect(JSON.parse(await card.text())).toMatchObject({ probe: 1, classes: ['dots', 'stripes'] });
  await second.catalog.forget({ dataset: opened.id });
}, 120_000);
