// Real photographs and a backbone of somebody else's: dropped in, its own classes shown, its embeddings equal to the reference. Needs the shared material.
import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { loadClothing } from '../support/clothing.ts';
import { finish, openFolder, start } from './application.ts';

const clothing = resolve('../shared/datasets/clothing');
const backbone = resolve('../shared/models/deit-tiny');
/** Every fifteenth photograph, all splits and classes. */
const every = 15;

test.setTimeout(400_000);
test('96 photographs embedded with deit-tiny equal the reference, and its own classes show before any training', async ({
  baseURL,
}) => {
  test.skip(!existsSync(clothing) || !existsSync(backbone), 'the shared photographs are not here');
  const paths = readFileSync(join(clothing, 'files.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1] ?? '');
  const chosen = paths
    .map((path, row) => ({ path, row }))
    .filter(({ row }) => row % every === 0)
    .slice(0, 96);
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-photographs-'));
  for (const { path } of chosen) cpSync(join(clothing, path), join(folder, path), { recursive: true });

  const app = await start(baseURL ?? '');
  const { page } = app;
  try {
    await openFolder(page, folder);
    expect(await page.evaluate(() => window.vitrine.dataset?.size)).toBe(96);

    await page.getByRole('button', { name: 'Settings' }).click();
    const files = ['card.json', 'model.onnx', 'labels.txt'].map((name) => join(backbone, name));
    await page.getByLabel('Files of a backbone').setInputFiles(files);
    await expect(page.getByRole('radio', { name: /DeiT-tiny/ })).toBeChecked();
    await page.keyboard.press('Escape');

    const report = await page.evaluate(() => window.vitrine.dataset?.embed({ backbone: 'deit-tiny' }));
    expect(report).toMatchObject({ embedded: 96, failed: 0 });

    const found = await page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const ids = await dataset?.query().ids();
      const { ids: rows, dim, data } = (await dataset?.embeddings(ids ?? [])) ?? { ids: [], dim: 0, data: [] };
      const out: { path: string; vector: number[] }[] = [];
      for (const [i, id] of Array.from(rows).entries())
        out.push({
          path: (await dataset?.sample(id))?.path ?? '',
          vector: Array.from(data.slice(i * dim, (i + 1) * dim)),
        });
      return out;
    });
    const { data, dim } = loadClothing();
    for (const { path, vector } of found) {
      const row = paths.indexOf(path);
      expect(cosine(vector, data.subarray(row * dim, (row + 1) * dim)), path).toBeGreaterThan(0.999);
    }
    expect(found.length).toBe(96);

    // zero-shot: a shoe is a shoe to ImageNet, too
    const seen = await page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const view = dataset?.query({ filter: { field: 'label', is: 'shoes' } });
      const names: unknown[] = [];
      for await (const sample of view ?? []) names.push(sample.fields.backbone_class);
      return names.map(String);
    });
    const shoes = seen.filter((name) => /shoe|sandal|clog|loafer|boot|sneaker|moccasin/i.test(name));
    expect(shoes.length).toBeGreaterThan(seen.length / 2);
  } finally {
    await finish(app);
  }
});

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb);
}

test('more threads than one are really used on the built application', async ({ baseURL }) => {
  const app = await start(baseURL ?? '');
  try {
    await app.page.getByRole('button', { name: 'Try the sample' }).click();
    await app.page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
    const report = await app.page.evaluate(async () => {
      const device = await window.vitrine.device({ provider: 'wasm', threads: 2, backbone: 'vitrine-mini' });
      const ids = await window.vitrine.dataset?.query().ids(0, 16);
      const embedded = await window.vitrine.dataset?.embed({ rows: ids ?? [] });
      return { threads: device.threads, title: device.title, embedded: embedded?.embedded, device: embedded?.device };
    });
    expect(report).toEqual({ threads: 2, title: 'CPU, 2 threads', embedded: 16, device: 'CPU, 2 threads' });
    // each thread is a worker that runs onnxruntime's own glue file
    const glue = app.requests.filter((url) => /ort-wasm-simd-threaded\.[^/]*\.mjs$/.test(url));
    expect(glue.length).toBeGreaterThan(0);
  } finally {
    await finish(app);
  }
});
