// A zip as a read-only folder: dropped, shown, remembered, labelled and written again; names without a code page are chosen by a person.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { listZip } from '../../src/source/zip/list.ts';
import { readZipEntry } from '../../src/source/zip/read.ts';
import { dropPaths } from '../support/launch.ts';
import { samplePictures } from '../support/sample.ts';
import { makeZip, type ZipFile } from '../support/zip.ts';
import { type Application, finish, openRecent, start } from './application.ts';

test.setTimeout(180_000);

const pictures = [...(await samplePictures()).values()].slice(0, 6);

async function zipOnDisk(folder: string, files: readonly ZipFile[]): Promise<string> {
  const path = join(folder, 'trial.zip');
  writeFileSync(path, new Uint8Array(await makeZip(files).arrayBuffer()));
  return path;
}

/** Six pictures with labels, and an entry that leads out. */
const deepqFiles: ZipFile[] = [
  ...pictures.map((data, i) => ({ path: `image/p${i}.jpg`, data })),
  { path: '../escape.jpg', data: new Uint8Array(8) },
  {
    path: 'label.csv',
    data: new TextEncoder().encode(
      pictures.map((_, i) => `p${i}.jpg,cat,${i % 2}\np${i}.jpg,dog,${(i + 1) % 2}\n`).join(''),
    ),
    deflate: true,
  },
];

const walked = (app: Application): Promise<unknown> =>
  app.page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');

/** Width of every picture, decoded. */
const widths = (app: Application): Promise<number[]> =>
  app.page.evaluate(async () => {
    const dataset = window.vitrine.dataset;
    const all: number[] = [];
    for (let id = 0; dataset && id < dataset.size; id++) all.push((await dataset.pixels(id)).width);
    return all;
  });

test('a dropped DeepQ zip is shown, labelled and written again, and opens from the list', async ({ baseURL }) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
  const app = await start(baseURL ?? '');
  try {
    await dropPaths(app.page, 'body', [await zipOnDisk(folder, deepqFiles)]);
    await walked(app);
    const state = await app.page.evaluate(() => window.vitrine.dataset?.state);
    expect(state).toMatchObject({ kind: 'zip', name: 'trial', writable: false, size: 6 });
    const leftOut = await app.page.evaluate(() => window.vitrine.dataset?.leftOut());
    expect(leftOut).toContainEqual({ path: '../escape.jpg', reason: 'zip-leaves' });
    for (const width of await widths(app)) expect(width).toBeGreaterThan(0);
    await app.page.waitForFunction(() => window.vitrine.dataset?.state.factsKnown === 6);

    await expect(app.page.getByRole('region', { name: 'Files beside the pictures' })).toContainText('label.csv');
    await app.page.evaluate(async () => {
      const plan = await window.vitrine.dataset?.import();
      await plan?.commit();
    });
    const classes = await app.page.evaluate(() => window.vitrine.dataset?.classes.map(({ name }) => name));
    expect(classes?.toSorted()).toEqual(['cat', 'dog']);

    const written = await app.page.evaluate(async () => {
      const { files } = (await window.vitrine.dataset?.export({
        format: 'system',
        system: 'deepq',
        options: { version: '2', rows: 'one-hot', layout: 'image', original: 'label.csv' },
        to: 'blobs',
      })) ?? { files: [] };
      const blob = files[0]?.blob;
      return blob ? Array.from(new Uint8Array(await blob.arrayBuffer())) : [];
    });
    const zip = new Blob([new Uint8Array(written)]);
    const entries = [...(await listZip(zip, 'trial.zip')).entries];
    expect(entries.map(({ path }) => path)).toEqual([...pictures.map((_, i) => `image/p${i}.jpg`), 'label.csv']);
    for (const [i, data] of pictures.entries()) {
      const entry = entries[i];
      expect(entry && (await readZipEntry(zip, entry))).toEqual(new Uint8Array(data));
    }

    await app.page.reload();
    await app.page.waitForFunction(() => window.vitrine !== undefined);
    await openRecent(app.page);
    await walked(app);
    const again = await app.page.evaluate(() => window.vitrine.dataset?.state);
    expect(again).toMatchObject({ kind: 'zip', size: 6, permission: 'granted' });
    expect(await widths(app)).toHaveLength(6);
    expect(app.errors).toEqual([]);
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('names that do not say their code page are shown in each, and read as a person chooses', async ({ baseURL }) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
  const app = await start(baseURL ?? '');
  const shiftJis = [0x8e, 0xca, 0x90, 0x5e]; // 写真
  const files = pictures.map((data, i) => ({
    path: '',
    rawName: new Uint8Array([...shiftJis, 0x30 + i, ...Buffer.from('.jpg')]),
    data,
  }));
  try {
    await dropPaths(app.page, 'body', [await zipOnDisk(folder, files)]);
    await walked(app);
    const strip = app.page.getByRole('region', { name: 'Names in the zip' });
    await expect(strip).toContainText('6 names');
    await strip.getByRole('combobox').selectOption('shift_jis');
    await expect(strip).toContainText('写真0.jpg');
    await strip.getByRole('button', { name: 'Use these names' }).click();
    await app.page.waitForFunction(async () => {
      const dataset = window.vitrine.dataset;
      if (dataset?.state.scan.state !== 'done' || dataset.size !== 6) return false;
      // while it is opened anew under the other names nothing is open
      const rows = await dataset
        .query()
        .rows(0, 6)
        .catch(() => []);
      return rows.length === 6 && rows.every(({ path }) => path.startsWith('写真'));
    });
    await expect(strip).toBeHidden();
    expect(app.errors).toEqual([]);
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a script opens a zip from a File', async ({ baseURL }) => {
  const app = await start(baseURL ?? '');
  try {
    const bytes = Array.from(new Uint8Array(await makeZip(deepqFiles).arrayBuffer()));
    const size = await app.page.evaluate(async (content) => {
      const dataset = await window.vitrine.open(new File([new Uint8Array(content)], 'made.zip'));
      return dataset.size;
    }, bytes);
    expect(size).toBe(6);
    for (const width of await widths(app)) expect(width).toBeGreaterThan(0);
  } finally {
    await finish(app);
  }
});
