// Two tabs on one dataset: the second reads and follows, and takes over when the first dies.
import { expect, type Page, test } from '@playwright/test';
import { finish, makeFolder, openFolder, openRecent, start } from './application.ts';

test.setTimeout(120_000);

const labelsOf = (page: Page, id: number): Promise<string[]> =>
  page.evaluate(async (row) => {
    const { dataset } = window.vitrine;
    const names = new Map(dataset?.classes.map((info) => [info.id, info.name]));
    return ((await dataset?.sample(row))?.labels ?? []).map((label) => names.get(label) ?? '');
  }, id);

test('the second tab follows the first without reloading, and takes over when the first dies', async ({ baseURL }) => {
  const app = await start(baseURL ?? '');
  const first = app.page;
  try {
    await openFolder(first, await makeFolder((path) => path.startsWith('validation/')));
    const second = await app.context.newPage();
    await second.goto(baseURL ?? '');
    await second.waitForFunction(() => window.vitrine !== undefined);
    await openRecent(second);
    expect(await second.evaluate(() => window.vitrine.dataset?.state.access)).toBe('reader');
    const takeOver = second.getByRole('button', { name: /take over/i });
    await expect(takeOver).toBeVisible();
    const refused = await second.evaluate(() =>
      window.vitrine.dataset?.label([0], 'nobody').catch((error: { code: string }) => error.code),
    );
    expect(refused).toBe('read-only');

    // edits, bulk edits and undo of the first tab are seen in the second
    await first.evaluate(() => window.vitrine.dataset?.label([0, 1, 2], 'seen'));
    await expect.poll(() => labelsOf(second, 2)).toEqual(['seen']);
    await first.evaluate(() => window.vitrine.dataset?.undo());
    await expect.poll(() => labelsOf(second, 2)).not.toContain('seen');
    await first.evaluate(() => window.vitrine.dataset?.label([3], 'last words'));

    // the second asks to take over and waits; then the first tab's process is gone, as in a crash
    await takeOver.click();
    const devtools = await app.context.newCDPSession(first);
    devtools.send('Page.crash').catch(() => undefined); // never answered
    await second.waitForFunction(() => window.vitrine.dataset?.state.access === 'owner');
    await expect.poll(() => labelsOf(second, 3)).toEqual(['last words']);
    await second.evaluate(() => window.vitrine.dataset?.label([3], 'mine now'));
    await expect.poll(() => labelsOf(second, 3)).toEqual(['mine now']);
    await second.evaluate(() => window.vitrine.dataset?.undo());
    await expect.poll(() => labelsOf(second, 3)).toEqual(['last words']);
    await expect(takeOver).toBeHidden();
  } finally {
    await finish(app);
  }
});
