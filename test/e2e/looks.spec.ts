// Every screen in light and dark, wide and narrow: accessible by axe's rules, nothing cut off at the sides, and the first screen small and quick to load.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { finish, start } from './application.ts';

test.setTimeout(240_000);

/** Violations as short lines, so that a failure says what is wrong where. */
async function violations(page: Page): Promise<string[]> {
  // colours fade in and out: the last state is what counts
  await page.waitForTimeout(200);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`));
}

async function noSideways(page: Page): Promise<void> {
  const [content, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(seen ?? 0);
}

for (const theme of ['light', 'dark'] as const)
  for (const width of [1280, 800])
    test(`every screen is accessible in ${theme} at ${width} px`, async ({ baseURL }) => {
      const app = await start(baseURL ?? '');
      const { page } = app;
      try {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: theme });
        await noSideways(page);
        expect(await violations(page)).toEqual([]);

        await page.getByRole('button', { name: 'Try the sample' }).click();
        await page.waitForFunction(() => window.vitrine.dataset?.state.scan.state === 'done');
        await expect(page.getByRole('gridcell').first()).toBeVisible();
        await noSideways(page);
        expect(await violations(page)).toEqual([]);

        for (const key of ['?', 'l', 'Control+s', 'Enter']) {
          await page.getByRole('gridcell').first().focus();
          await page.keyboard.press(key);
          await expect(page.getByRole('dialog').first()).toBeVisible();
          expect(await violations(page), `after ${key}`).toEqual([]);
          await page.keyboard.press('Escape');
          await expect(page.getByRole('dialog')).toHaveCount(0);
        }

        await page.evaluate(async () => {
          await window.vitrine.dataset?.embed();
          await window.vitrine.dataset?.train({ C: 0.1 });
        });
        await page.getByRole('button', { name: 'Learn', exact: true }).click();
        await expect(page.getByText(/Top-1 accuracy/)).toBeVisible();
        await noSideways(page);
        expect(await violations(page)).toEqual([]);
      } finally {
        await finish(app);
      }
    });

test('the first screen is under 150 kB of compressed script and style', async ({ baseURL }) => {
  const app = await start(baseURL ?? '');
  try {
    await expect(app.page.getByRole('button', { name: 'Try the sample' })).toBeVisible();
    // what the page itself asked for: the service worker may have begun to cache everything else meanwhile
    const loaded = await app.page.evaluate(() => [
      ...new Set(performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)),
    ]);
    let bytes = 0;
    // workers are scripts of their own
    for (const path of loaded)
      if (/\.(js|css)$/.test(path) && path !== '/sw.js' && !/\/(catalog|pixels|model|engine)-/.test(path))
        bytes += gzipSync(readFileSync(join('dist', path)), { level: 9 }).length;
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
  } finally {
    await finish(app);
  }
});

test('no file of the build names another host in a place that would be fetched', () => {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(html|css)$/.test(name) && statSync(join('dist', name)).isFile(),
  );
  for (const name of files) {
    const text = readFileSync(join('dist', name), 'utf8').replace(
      /http-equiv="Content-Security-Policy" content="[^"]*"/,
      '',
    );
    expect(text, name).not.toMatch(/(src|href)="https?:|url\(["']?https?:|@import/);
  }
});
