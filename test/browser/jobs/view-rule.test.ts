// How a dataset's deep pictures are looked at: stored with it, what embeddings belong to, and the same pixels everywhere.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setView } from '../../../src/jobs/session/keeping.ts';
import { decode } from '../../../src/pixels/decode.ts';
import { modelInput } from '../../../src/pixels/model-input.ts';
import { thumbnail } from '../../../src/pixels/thumbnail.ts';
import type { ModelInputSpec, PixelView } from '../../../src/pixels/types.ts';
import { openStore, type Store } from '../../../src/store/schema.ts';
import { makeFolder } from './folder.ts';
import { openAndWalk, openSession, TEST_DATABASE } from './open.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore(TEST_DATABASE);
});
afterEach(() => store.close());

test('the rule survives closing, and what is no rule is refused', async () => {
  const folder = await makeFolder('view-rule', { 'a.pgm': 'P2 1 1 65535 7' });
  const first = await openAndWalk(store, folder);
  expect(first.state()).not.toHaveProperty('view');
  await setView(first.core, { range: { percentiles: [0.5, 99.5] }, frame: 'middle' });
  await expect(setView(first.core, { range: { low: 9, high: 9 } })).rejects.toMatchObject({ code: 'bad-input' });
  await expect(setView(first.core, { window: { center: 9, width: 0 } })).rejects.toMatchObject({ code: 'bad-input' });
  const dataset = first.core.record.id;
  await first.close();
  const second = await openSession(store, { dataset });
  expect(second.state().view).toEqual({ range: { percentiles: [0.5, 99.5] }, frame: 'middle' });
  await second.close();
});

test('embeddings count only under the rule that they were made under', async () => {
  const folder = await makeFolder('view-keys', { 'a.pgm': 'P2 1 1 65535 7' });
  const session = await openAndWalk(store, folder);
  const plan = (key: string, view: { range?: 'file' }) =>
    session.embeddings.plan({ key, backbone: 'mini', title: 'Mini', dim: 4, view });
  await plan('plain', {});
  expect(session.state().embeddings.map(({ key }) => key)).toEqual(['plain']);
  await setView(session.core, { range: 'file' });
  expect(session.state().embeddings).toEqual([]);
  await plan('ranged', { range: 'file' });
  expect(session.state().embeddings.map(({ key }) => key)).toEqual(['ranged']);
  await setView(session.core, {});
  expect(session.state().embeddings.map(({ key }) => key)).toEqual(['plain']);
  await session.close();
});

test('a 16-bit picture that uses 3 % of its range is black by declaration and not under its own range, for eye, grid and model', async () => {
  const samples = Array.from({ length: 64 * 64 }, (_, i) => i % 2_000);
  const file = new File([`P2 64 64 65535 ${samples.join(' ')}`], 'dark.pgm');
  const spec: ModelInputSpec = {
    size: [64, 64],
    color: 'RGB',
    layout: 'NHWC',
    dtype: 'uint8',
    resize: { mode: 'squash', size: [64, 64], interpolation: 'nearest', antialias: false },
    crop: 'none',
    scale: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
  };
  const brightest = async (view: PixelView) => {
    const pixels = await decode(file, view);
    const small = (await thumbnail(file, 64, view)).bitmap;
    const context = new OffscreenCanvas(64, 64).getContext('2d');
    context?.drawImage(small, 0, 0);
    const model = await modelInput(file, view, spec);
    const reds = (data: ArrayLike<number> | undefined, step: number) =>
      Array.from({ length: 64 * 64 }, (_, i) => data?.[i * step] ?? 0).reduce((a, b) => Math.max(a, b), 0);
    return [reds(pixels.data, 4), reds(context?.getImageData(0, 0, 64, 64).data, 4), reds(model.data, 3)];
  };
  expect(Math.max(...(await brightest({})))).toBeLessThan(10);
  expect(await brightest({ range: 'file' })).toEqual([255, 255, 255]);
  expect(await brightest({ range: { percentiles: [0.5, 99.5] } })).toEqual([255, 255, 255]);
});
