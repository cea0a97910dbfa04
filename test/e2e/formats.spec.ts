// A folder with all ten formats: everything is shown, fields filter, windows are dragged and kept, and nothing that identifies a person leaves unasked.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { writeMixed } from '../support/mixed.ts';
import { type Application, finish, makeFolder, openFolder, openRecent, start } from './application.ts';

test.setTimeout(180_000);

let app: Application;
let folder: string;
let files: number;
test.beforeEach(async ({ baseURL }) => {
  const browser = await makeFolder((path) => /[05]\.(jpg|png|webp)$/.test(path));
  folder = mkdtempSync(join(tmpdir(), 'vitrine-mixed-'));
  files = await writeMixed(folder, browser);
  rmSync(browser, { recursive: true });
  app = await start(baseURL ?? '');
  await openFolder(app.page, folder);
  // headers are read behind the walk
  await app.page.waitForFunction(
    () =>
      window.vitrine.dataset?.schema.some((field) => field.name === 'series') &&
      window.vitrine.jobs().every((job) => job.state !== 'running'),
  );
});
test.afterEach(async () => {
  await finish(app);
  rmSync(folder, { recursive: true, force: true });
});

const count = (page: Page, filter: object): Promise<number> =>
  page.evaluate(async (given) => (await window.vitrine.dataset?.query({ filter: given as never }).count) ?? -1, filter);
/** Mean grey of a picture as the grid shows it. */
const shade = (page: Page, name: string): Promise<number> =>
  page.evaluate(async (path) => {
    const dataset = window.vitrine.dataset;
    const [row] = (await dataset?.query({ filter: { field: 'name', contains: path } }).rows(0, 1)) ?? [];
    if (!dataset || !row) throw new Error(`${path} is not there`);
    const { data } = await dataset.pixels(row.id);
    return data.reduce((sum, v, i) => sum + (i % 4 === 0 ? v : 0), 0) / (data.length / 4);
  }, name);
async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name: new RegExp(name) }).click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText(`pictures/${name}`).first()).toBeVisible();
}

test('every picture of every format is shown, and what its header says filters', async () => {
  const { page } = app;
  expect(await page.evaluate(() => window.vitrine.dataset?.size)).toBe(files);
  await expect(page.getByRole('gridcell')).toHaveCount(files);
  await expect.poll(() => count(page, { field: 'readable', is: true })).toBe(files);
  const formats = await page.evaluate(async () => {
    const [facet] = (await window.vitrine.dataset?.query().facets(['format'])) ?? [];
    return facet?.kind === 'values' ? Object.fromEntries(facet.values.map((v) => [v.value, v.count])) : {};
  });
  expect(formats).toEqual({ jpeg: 2, png: 2, webp: 1, bmp: 1, pnm: 2, tiff: 2, dicom: 5 });
  expect(await count(page, { field: 'bits', between: [9, null] })).toBe(8);
  expect(await count(page, { field: 'modality', is: 'CT' })).toBe(5);
  expect(
    await count(page, {
      and: [
        { field: 'series_number', between: [2, 2] },
        { field: 'frames', between: [7, 7] },
      ],
    }),
  ).toBe(1);
  expect(await count(page, { field: 'wrong_extension', is: true })).toBe(1);
  await choose(page, 'really-a-png.jpg');
  await expect(page.getByText('PNG named .jpg')).toBeVisible();
  expect(app.errors).toEqual([]);
});

test('deep pictures that look black are mended by one click, for the grid too', async () => {
  const { page } = app;
  await expect(page.getByText(/These 16-bit pictures look black/)).toBeVisible();
  expect(await shade(page, 'h.tif')).toBeLessThan(16);
  await page.getByRole('button', { name: 'Show 0.5 to 99.5 % of the values' }).click();
  await expect(page.getByText(/look black/)).toHaveCount(0);
  expect(await shade(page, 'h.tif')).toBeGreaterThan(80);
  expect(await page.evaluate(() => window.vitrine.dataset?.state.view)).toEqual({
    range: { percentiles: [0.5, 99.5] },
  });
});

test('a window is dragged, tried, used for all pictures, and there after a reload', async () => {
  const { page } = app;
  await choose(page, 's1-1.dcm');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByLabel('Centre')).toHaveValue('40');
  await expect(inspector.getByLabel('Width')).toHaveValue('400');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(200); // colours fade
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`))).toEqual([]);
  }
  const before = await shade(page, 's2-1.dcm');
  const box = await inspector.locator('canvas').boundingBox();
  if (!box) throw new Error('there is no picture');
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 60, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => Number(await inspector.getByLabel('Width').inputValue())).toBeGreaterThan(600);
  expect(await shade(page, 's2-1.dcm')).toBe(before); // only tried
  await inspector.getByLabel('Window preset').selectOption('Lung');
  await inspector.getByRole('button', { name: 'Use for all pictures' }).click();
  await expect(inspector.getByRole('button', { name: 'Use for all pictures' })).toHaveCount(0);
  const after = await shade(page, 's2-1.dcm');
  expect(Math.abs(after - before)).toBeGreaterThan(10);

  await choose(page, 's2-frames.dcm');
  await expect(inspector.getByText('frame 1 of 7')).toBeVisible();
  await inspector.getByRole('slider', { name: 'Frame' }).focus();
  await page.keyboard.press('End');
  await expect(inspector.getByText('frame 7 of 7')).toBeVisible();

  await page.reload();
  await page.waitForFunction(() => window.vitrine !== undefined);
  await openRecent(page);
  expect(await page.evaluate(() => window.vitrine.dataset?.state.view)).toEqual({
    window: { center: -600, width: 1500 },
  });
  await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
  expect(await shade(page, 's2-1.dcm')).toBeCloseTo(after, 3);
});

test('slices are grouped by patient, study and series', async () => {
  const { page } = app;
  await page.getByRole('button', { name: /^Group/ }).click();
  await page.getByRole('menuitem', { name: 'series', exact: true }).click();
  await expect(
    page.getByRole('rowheader', { name: /Doe\^Jane 4711 › 2024-02-29 Chest …100001 › 1 CT …0001\.1 2 pictures/ }),
  ).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /2 CT …0001\.2 3 pictures/ })).toBeVisible();
});

test('fields that identify a person are in no file unless they are asked for, and are named then', async () => {
  const { page } = app;
  await choose(page, 's1-1.dcm');
  await expect(
    page.getByRole('region', { name: 'Inspector' }).getByRole('img', { name: 'identifies a person' }).first(),
  ).toBeVisible();
  await page.evaluate(async () => {
    const ids = (await window.vitrine.dataset?.query().ids()) ?? [];
    await window.vitrine.dataset?.label([...ids].slice(0, 8), 'one');
    await window.vitrine.dataset?.label([...ids].slice(8), 'two');
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Fields (none)').click();
  await page.getByRole('button', { name: 'All', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Save' });
  await expect(dialog.locator('pre').first()).toContainText('modality');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download 1 file' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  const [header = ''] = text.split('\n');
  expect(header).toContain(',modality,');
  for (const told of [
    'Doe',
    '4711',
    'ACC-77',
    'Refer',
    '1970-01-01',
    '100001',
    'patient_name',
    'study_uid',
    'accession',
  ])
    expect(text, told).not.toContain(told);
  expect(text).toContain('CT');

  await dialog.getByRole('button', { name: 'Done' }).click();
  const plan = await page.evaluate(async () => {
    const csv = { format: 'csv' as const, files: 'one' as const, prefix: '', predictions: false, probabilities: false };
    const blobs = async (options: object) => {
      const written = await window.vitrine.dataset?.export({ ...csv, ...options });
      return (await written?.files[0]?.blob?.text()) ?? '';
    };
    return {
      asked: await blobs({ fields: ['patient_name'], person: true }),
      unasked: await blobs({ fields: ['patient_name'] }),
    };
  });
  expect(plan.asked).toContain('Doe^Jane');
  expect(plan.unasked).not.toContain('Doe');

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Fields (none)').click();
  await page.getByRole('checkbox', { name: /^Also fields that identify a person/ }).check();
  await page.getByRole('checkbox', { name: /^Patient name/ }).check();
  await expect(
    dialog.getByText(/Patient name identifies a person: whoever gets these files can read them/),
  ).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((rule) => rule.id)).toEqual([]);
});

test('after a rescan the grid shows what changed files hold now', async () => {
  const { page } = app;
  /** Mean red and blue of a cell as it is seen. */
  const seen = async (name: string): Promise<number[]> => {
    const shot = await page.getByRole('gridcell', { name: new RegExp(name) }).screenshot();
    return page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const data = [...(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [])];
      return [0, 2].map((c) =>
        Math.round(data.reduce((sum, v, i) => sum + (i % 4 === c ? v : 0), 0) / (data.length / 4)),
      );
    }, shot.toString('base64'));
  };
  const differ = (a: number[], b: number[]): number => Math.max(...a.map((v, i) => Math.abs(v - (b[i] ?? 0))));
  const apart = async (one: string, other: string): Promise<number> => differ(await seen(one), await seen(other));
  await expect.poll(() => count(page, { field: 'readable', is: true })).toBe(files);
  // the cells' selection marks and banners are the same before and after
  await page.getByRole('button', { name: 'Leave them as they are' }).click();
  await expect.poll(() => apart('h.tif', 's1-1.dcm')).toBeGreaterThan(20);
  await expect.poll(() => apart('f.ppm', 'e.bmp')).toBeGreaterThan(20);
  const file = (name: string): string => join(folder, 'pictures', name);
  copyFileSync(file('s1-1.dcm'), file('h.tif'));
  copyFileSync(file('e.bmp'), file('f.ppm'));
  expect(await page.evaluate(() => window.vitrine.dataset?.rescan())).toMatchObject({ changed: 2 });
  await expect.poll(() => apart('h.tif', 's1-1.dcm')).toBeLessThan(4);
  await expect.poll(() => apart('f.ppm', 'e.bmp')).toBeLessThan(4);
});

test('thumbnails of slow files are kept on disk and leave with their dataset', async () => {
  const { page } = app;
  const kept = (): Promise<number> =>
    page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const all = await root.getDirectoryHandle('thumbnails', { create: true });
      let files = 0;
      for await (const folder of all.values())
        if (folder.kind === 'directory') for await (const _ of folder.keys()) files++;
      return files;
    });
  await expect.poll(kept).toBeGreaterThanOrEqual(7);
  await page.evaluate(async () => {
    await window.vitrine.dataset?.close();
  });
  await page.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: 'Forget…' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect.poll(kept).toBe(0);
});
