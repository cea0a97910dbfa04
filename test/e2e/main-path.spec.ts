// The main path as a person walks it: open a folder, look, embed, train, follow a confusion, relabel, undo, reload, save. Files on disk are checked.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { finish, makeFolder, openFolder, openRecent, start } from './application.ts';

test.setTimeout(240_000);

test('a folder is opened, embedded, trained, corrected and saved, and nothing leaves the origin', async ({
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const folder = await makeFolder();
  const app = await start(origin);
  const { page } = app;
  try {
    await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
    await openFolder(page, folder);

    // what was recognised is said, and every file is accounted for
    const state = await page.evaluate(() => window.vitrine.dataset?.state);
    expect(state?.splits.slice().sort()).toEqual(['test', 'train', 'validation']);
    expect(state?.scan.report.found).toBe((state?.size ?? 0) + (state?.scan.report.leftOut ?? 0));
    await expect(page.getByRole('gridcell').first()).toBeVisible();

    // filter by a class from the rail, and back by its chip
    const first = state?.classes[0];
    await page
      .getByRole('button', { name: new RegExp(`^${first?.name} \\d`) })
      .first()
      .click();
    await expect(page.getByText(`${first?.count} of ${state?.size}`)).toBeVisible();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(page.getByText(`${state?.size} of ${state?.size}`)).toBeVisible();

    // the next step leads from embedding to training
    await page.getByRole('button', { name: 'Embed', exact: true }).click();
    await page.waitForFunction(
      () => window.vitrine.dataset?.state.embeddings[0]?.have === window.vitrine.dataset?.size,
      undefined,
      { timeout: 120_000 },
    );
    await page.getByRole('button', { name: 'Train', exact: true }).first().click();
    await page.waitForFunction(() => window.vitrine.dataset?.state.probe != null, undefined, { timeout: 60_000 });

    // threads are used where the page is isolated
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);

    // a wrong cell of the matrix leads to its pictures, and back
    await page
      .getByRole('tab', { name: 'Learn' })
      .or(page.getByRole('button', { name: 'Learn' }))
      .first()
      .click();
    const wrong = page.locator('[data-kind="wrong"]').first();
    await wrong.click();
    await page.getByRole('button', { name: 'Show in Browse' }).click();
    await expect(page.getByRole('gridcell').first()).toBeVisible();

    // the worst label issue is a planted one: relabel it as predicted
    const issue = await page.evaluate(async () => (await window.vitrine.dataset?.labelIssues({ limit: 1 }))?.[0]);
    expect(issue).toBeDefined();
    if (!issue) return;
    const labelOf = (id: number) =>
      page.evaluate(async (sample) => {
        const dataset = window.vitrine.dataset;
        const { labels } = (await dataset?.sample(sample)) ?? { labels: [] };
        return dataset?.classes.find((c) => c.id === labels[0])?.name;
      }, id);
    await page.evaluate(async ([id, name]) => window.vitrine.dataset?.label([id], name), [
      issue.id,
      issue.predicted,
    ] as const);
    expect(await labelOf(issue.id)).toBe(issue.predicted);
    await page.evaluate(() => window.vitrine.dataset?.undo());
    expect(await labelOf(issue.id)).toBe(issue.label);
    await page.evaluate(() => window.vitrine.dataset?.redo());
    expect(await labelOf(issue.id)).toBe(issue.predicted);

    // undo survives a reload
    await page.reload();
    await page.waitForFunction(() => window.vitrine !== undefined);
    await openRecent(page);
    expect(await labelOf(issue.id)).toBe(issue.predicted);
    await page.evaluate(() => window.vitrine.dataset?.undo());
    expect(await labelOf(issue.id)).toBe(issue.label);
    await page.evaluate(() => window.vitrine.dataset?.redo());

    // saved into the folder: what LightlyTrain and Hugging Face read
    await page.evaluate(async () => {
      await window.vitrine.dataset?.export({
        format: 'csv',
        files: 'one',
        prefix: '',
        predictions: false,
        probabilities: false,
        to: 'dataset',
      });
      await window.vitrine.dataset?.export({
        format: 'metadata-jsonl',
        place: 'split-folders',
        labelKey: 'label',
        predictions: false,
        to: 'dataset',
      });
    });
    const split = issue.path.split('/')[0] ?? '';
    const lines = readFileSync(join(folder, split, 'metadata.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.find((line) => `${split}/${line.file_name}` === issue.path)?.label).toBe(issue.predicted);
    expect(lines.every((line) => existsSync(join(folder, split, line.file_name)))).toBe(true);

    // nothing left the origin, and nothing was written to the console as an error
    expect(
      app.requests.filter((url) => !url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:')),
    ).toEqual([]);
    expect(app.errors).toEqual([]);
  } finally {
    await finish(app);
  }
});
