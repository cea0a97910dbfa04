// Embedding, training and asking the model worker, with real catalog and pixels workers, over a stop and a crash.
import { afterEach, expect, test } from 'vitest';
import type { Progress } from '../../../src/shared/progress.ts';
import { fetchShared } from '../pixels/corpus.ts';
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
  const kept = await second.catalog.state({});
  const have = kept?.embeddings[0]?.have ?? 0;
  const report = await second.model.embed({});
  expect(report).toMatchObject({
    key: embeddingKey,
    backbone: 'vitrine-mini',
    embedded: 300 - have,
    failed: 1 - (kept?.unreadable ?? 0), // a checkpoint may have kept what the first run found out
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
}, 240_000); // an engine is started several times; a busy machine needs its time

const shared = await Promise.all(
  ['card.json', 'model.onnx', 'labels.txt'].map(async (name) => {
    const blob = await fetchShared(`models/deit-tiny/${name}`);
    return blob && new File([blob], name);
  }),
);
const deit = shared.filter((file) => file !== undefined);

test.skipIf(deit.length < 3)(
  'takes a dropped backbone, shows its own classes before any label, and compares two on the same labels',
  { timeout: 180_000 },
  async () => {
    const handle = await folderOf('model-two', await drawPictures(8));
    const { catalog, model, pool } = await start();
    const { id } = await catalog.open({ source: { kind: 'directory', handle } });
    await catalog.walked({});
    await pool.open({ kind: 'directory', handle });
    for (const { name, state } of await model.backbones({}))
      if (state !== 'shipped') await model.removeBackbone({ name });

    const info = await model.addBackbone({ files: deit });
    expect(info).toMatchObject({ name: 'deit-tiny', state: 'added', hasLogits: true, dim: 192 });
    expect((await model.backbones({})).map((b) => b.name)).toEqual(['vitrine-mini', 'deit-tiny']);
    expect(await model.backboneClasses({ name: 'deit-tiny' })).toHaveLength(1000);
    expect(await model.backboneClasses({ name: 'vitrine-mini' })).toBeNull();

    const report = await model.embed({ backbone: 'deit-tiny' });
    expect(report).toMatchObject({ backbone: 'deit-tiny', embedded: 16, failed: 0 });
    const [facet] = await catalog.facets({
      view: (await catalog.openView({ query: {} })).view,
      fields: ['backbone_class'],
    });
    expect(facet?.kind === 'values' && facet.values.reduce((sum, { count }) => sum + count, 0)).toBe(16);
    const top = await model.zeroShot({ path: 'dots/000.jpg', top: 3, backbone: 'deit-tiny' });
    expect(top).toHaveLength(3);
    expect(top[0]?.probability).toBeGreaterThanOrEqual(top[1]?.probability ?? 1);
    const sample = await catalog.sample({ id: 0 });
    const own = await model.zeroShot({ path: sample.path, top: 1, backbone: 'deit-tiny' });
    expect(sample.fields).toMatchObject({ backbone_class: own[0]?.name });
    await expect(model.zeroShot({ path: 'dots/000.jpg', top: 3 })).rejects.toMatchObject({ code: 'no-data' });

    for (const backbone of ['deit-tiny', 'vitrine-mini']) {
      await model.embed({ backbone });
      await model.train({ options: { backbone, C: 1, folds: 2 } });
    }
    const evaluations = await catalog.evaluations({});
    expect(evaluations.map((e) => e.backbone)).toEqual(['vitrine-mini', 'deit-tiny']);
    expect(new Set(evaluations.map((e) => e.embeddingKey)).size).toBe(2);
    expect(evaluations.every((e) => e.trainedOn.samples === 16)).toBe(true);
    await model.removeBackbone({ name: 'deit-tiny' });
    await catalog.forget({ dataset: id });
  },
);
