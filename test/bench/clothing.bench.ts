// All 1,434 clothing photographs through a backbone that was dropped in, in the built application, against vectors from Python; runs where ../shared is.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasClothing, loadClothing } from '../support/clothing.ts';
import { dropPaths } from '../support/launch.ts';
import type { BenchTools, Row } from './types.ts';

export const name = 'Embedding real photographs';
export const long = true;

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');
const backbone = join(shared, 'models', 'deit-tiny');
const photographs = join(shared, 'datasets', 'clothing');

export async function run({ page, print }: BenchTools): Promise<Row[]> {
  if (!hasClothing || !existsSync(backbone)) {
    print('left out: ../shared has no clothing photographs');
    return [];
  }
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'bench' })),
  );
  const files = readdirSync(backbone).filter((file) => file !== 'reference.json');
  await page.setInputFiles(
    '#bench',
    files.map((file) => join(backbone, file)),
  );
  await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#bench');
    const added = await window.vitrine.addBackbone(input?.files ?? []);
    localStorage.setItem('vitrine-backbone', added.name); // as a choice in the settings does
  });
  await page.reload();
  await page.waitForFunction(() => window.vitrine !== undefined);
  await page.evaluate(() => window.vitrine.backbones());
  await dropPaths(page, 'body', [photographs]);
  await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
  const { title, batch } = await page.evaluate(() => window.vitrine.device({ backbone: 'deit-tiny' }));
  print(`embedding on ${title}, batch ${batch} …`);
  const { report, vectors } = await page.evaluate(async () => {
    const dataset = window.vitrine.dataset;
    if (!dataset) throw new Error('nothing is open');
    const report = await dataset.embed();
    const all = dataset.query();
    const { ids, dim, data } = await dataset.embeddings(all);
    const vectors: [path: string, vector: number[]][] = [];
    for (const [i, id] of ids.entries())
      vectors.push([(await dataset.sample(id)).path, Array.from(data.subarray(i * dim, (i + 1) * dim))]);
    return { report, vectors };
  });
  if (report.backbone !== 'deit-tiny') throw new Error(`embedded with ${report.backbone}`);
  const { paths, data, dim } = loadClothing();
  const found = new Map(vectors);
  const cosines = paths.map((path, row) => cosine(data.subarray(row * dim, (row + 1) * dim), found.get(path) ?? []));
  const smallest = Math.min(...cosines);
  return [
    {
      what: `smallest cosine between the vectors of ${paths.length} photographs and those that Python made (DeiT-tiny, half precision)`,
      target: '≥ 0.999',
      measured: smallest.toFixed(6),
      ratio: smallest,
      note: `mean ${(cosines.reduce((sum, c) => sum + c, 0) / cosines.length).toFixed(6)}; ${report.failed} files failed`,
    },
    {
      what: 'the same folder, end to end',
      target: 'report',
      measured: `${report.imagesPerSecond.toFixed(1)} pictures/s`,
      note: `${report.seconds.toFixed(0)} s; ${title}, batch ${batch}`,
    },
  ];
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
